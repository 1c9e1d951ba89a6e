import type { ReactNode } from 'react';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { RefusalCard } from '../../ui/RefusalCard.tsx';

/** Why nothing came. Without a line the copy is read (`hasCopy`), and its age says so. */
export function LoadRefusal({
  refusal,
  hasCopy,
}: Readonly<{ refusal: ScreenRefusal | undefined; hasCopy: boolean }>): ReactNode {
  return refusal === undefined || (refusal.code === 'NO_LINE' && hasCopy) ? null : <RefusalCard refusal={refusal} />;
}

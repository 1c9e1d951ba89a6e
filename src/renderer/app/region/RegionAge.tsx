import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Kept } from '../../../contract/views-region.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { useCounter } from '../status.tsx';
import styles from './RegionAge.module.css';
import type { RegionLoad } from './use-region-load.ts';

function ageLine(kept: Kept | undefined, load: RegionLoad, now: number): string {
  if (load.busy) return REGION_TEXT.loading;
  const loadedAt = kept?.loadedAt ?? null;
  if (loadedAt === null) return '';
  if (load.refusal?.code === 'NO_LINE') return REGION_TEXT.ageNoLine(loadedAt, now);
  if (load.refusal?.code === 'REGION_BUSY') return REGION_TEXT.ageBusy(loadedAt, now);
  return REGION_TEXT.age(loadedAt, now);
}

/** How old what stands on the screen is, and the key that loads it again. */
export function RegionAge({ kept, load }: Readonly<{ kept: Kept | undefined; load: RegionLoad }>): ReactNode {
  const { now } = useCounter();
  const isCut = !load.busy && load.refusal !== undefined;
  return (
    <>
      <span className={styles['age']} data-cut={isCut} role="status">
        {isCut ? <IconCloudOff size="1.125rem" aria-hidden /> : null}
        {ageLine(kept, load, now)}
      </span>
      <KeyButton
        action="reload"
        label={REGION_TEXT.reload}
        icon={<IconRefresh size="1.125rem" aria-hidden />}
        busy={load.busy}
        onPress={load.again}
      />
    </>
  );
}

import type { Reading } from '../../contract/views-documents.ts';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

/** What a field does with a value that was read from a page and that a person took. */
export type ReadingTakes = Readonly<Partial<Record<Reading['field'], (value: string) => void>>>;

/** What the capture sheet is asked for: pages of one kind of paper of one service. */
export type CaptureRequest = Readonly<{
  /** The transaction or application that the pages belong to. */
  stream: string;
  kind: string;
  /** The paper in words. */
  label: string;
  /** `take`: bring pages in; `pages`: look at those that are there. */
  open: 'take' | 'pages';
  /** A page that is taken again. */
  replaces?: string;
  /** Called after pages were kept. */
  onKept?: () => void;
  /** Fields that may take what was read from a page, when a person says so. */
  takes?: ReadingTakes;
}>;

type Capture = Readonly<{
  request: CaptureRequest | undefined;
  open: (request: CaptureRequest) => void;
  close: () => void;
}>;

const CaptureContext = createContext<Capture | undefined>(undefined);

/** Holds which pages are asked for; the frame shows the sheet, any screen may ask. */
export function CaptureProvider({ children }: Readonly<{ children: ReactNode }>): ReactNode {
  const [request, setRequest] = useState<CaptureRequest | undefined>();
  const close = useCallback(() => setRequest(undefined), []);
  const value = useMemo(() => ({ request, open: setRequest, close }), [request, close]);
  return <CaptureContext value={value}>{children}</CaptureContext>;
}

/** The way to the capture sheet; throws outside the provider, which is a bug. */
export function useCapture(): Capture {
  const capture = useContext(CaptureContext);
  if (capture === undefined) throw new Error('capture is used outside CaptureProvider');
  return capture;
}

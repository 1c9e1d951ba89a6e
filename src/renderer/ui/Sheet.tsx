import { Modal } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { focusFirst, keepWayBack, wayBack } from './focus-return.ts';
import { useHidden } from './hidden.ts';
import { LAYER } from './keyboard/key-layers.ts';
import { useKeys } from './keyboard/use-keys.tsx';
import { SheetActsContext } from './sheet-acts.ts';

/** A sheet gives the focus back to where it was opened, unless something else has taken it meanwhile. */
function useFocusReturn(): (sheet: HTMLDivElement | null) => void {
  const [way] = useState(wayBack);
  useEffect(
    () => () => {
      if (document.activeElement === document.body) focusFirst(way);
    },
    [way],
  );
  return useCallback(
    (sheet) => {
      if (sheet !== null) keepWayBack(sheet, way);
    },
    [way],
  );
}

/** Counts the acts under way in a sheet. */
function useActs() {
  const [count, setCount] = useState(0);
  const begin = useCallback(() => {
    setCount((now) => now + 1);
    return () => setCount((now) => now - 1);
  }, []);
  const underWay = count > 0;
  return useMemo(() => ({ underWay, begin }), [underWay, begin]);
}

/**
 * A sheet above the screen. During a lock it stays as it was, unseen. While an act of it is under way, nothing closes
 * it: what becomes of the act is said here.
 */
export function Sheet({
  title,
  width,
  closeLabel,
  onClose,
  children,
}: Readonly<{
  title: string;
  width: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
}>): ReactNode {
  const hidden = useHidden();
  const sheet = useFocusReturn();
  const acts = useActs();
  useKeys({}, { level: LAYER.act, exclusive: acts.underWay });
  return (
    <Modal
      ref={sheet}
      data-sheet
      opened
      hidden={hidden}
      onClose={acts.underWay ? () => undefined : onClose}
      title={title}
      size={width}
      closeButtonProps={{ 'aria-label': closeLabel }}
      closeOnEscape={false}
      trapFocus={!hidden}
      returnFocus={false}
    >
      <SheetActsContext value={acts}>{children}</SheetActsContext>
    </Modal>
  );
}

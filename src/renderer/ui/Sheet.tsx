import { Modal } from '@mantine/core';
import { createContext, type ReactNode, useContext } from 'react';

const HiddenContext = createContext(false);

/** While the screen is locked, nothing that floats above it may be seen: sheets and explanations read this. */
export const SheetsHidden = HiddenContext;

/** Whether floating parts must not show now. */
export function useHidden(): boolean {
  return useContext(HiddenContext);
}

/** A sheet above the screen. What is typed in it belongs to the caller, so a lock in between loses nothing. */
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
  return (
    <Modal
      opened={!hidden}
      onClose={onClose}
      title={title}
      size={width}
      closeButtonProps={{ 'aria-label': closeLabel }}
      closeOnEscape={false}
    >
      {children}
    </Modal>
  );
}

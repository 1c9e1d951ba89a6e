import { createContext, useContext } from 'react';

const HiddenContext = createContext(false);

/** While the screen is locked, the work behind keeps everything and shows nothing: sheets, explanations and keys read this. */
export const SheetsHidden = HiddenContext;

/** Whether floating parts must not show now, nor hear a key. */
export function useHidden(): boolean {
  return useContext(HiddenContext);
}

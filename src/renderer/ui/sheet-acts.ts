import { createContext, useContext, useEffect } from 'react';

/** The acts of one sheet that are under way. */
type SheetActs = Readonly<{
  underWay: boolean;
  /** Says that an act has begun; the answer says that it has ended. */
  begin: () => () => void;
}>;

const NO_SHEET: SheetActs = { underWay: false, begin: () => () => undefined };

export const SheetActsContext = createContext<SheetActs>(NO_SHEET);

/** Tells the sheet around a button that its act is under way; answers whether any act of that sheet is. */
export function useSheetAct(busy: boolean): boolean {
  const { underWay, begin } = useContext(SheetActsContext);
  useEffect(() => (busy ? begin() : undefined), [busy, begin]);
  return underWay;
}

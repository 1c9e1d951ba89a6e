/** The way back of every open sheet, by the sheet's own element. */
const waysBack = new WeakMap<Element, readonly HTMLElement[]>();

/** What has the focus now, and where a sheet around it will give the focus back to: that sheet may go first. */
export function wayBack(): readonly HTMLElement[] {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body) return [];
  const around = focused.closest('[data-sheet]');
  return [focused, ...(around === null ? [] : (waysBack.get(around) ?? []))];
}

/** Remembers the way back of a sheet, for the sheets that are opened from it. */
export function keepWayBack(sheet: Element, way: readonly HTMLElement[]): void {
  waysBack.set(sheet, way);
}

/** Puts the focus on the first of these that is still on the page. */
export function focusFirst(way: readonly HTMLElement[]): void {
  way.find((element) => element.isConnected)?.focus({ preventScroll: true });
}

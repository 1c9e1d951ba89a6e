/** `1.2.3`: three numbers, nothing else; what a release of this program is called. */
const VERSION = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})$/u;

const partsOf = (version: string): readonly number[] | undefined => VERSION.exec(version)?.slice(1).map(Number);

/** Whether `version` is a later release than `than`; false where one of them is no release at all. */
export function isNewerVersion(version: string, than: string): boolean {
  const [left, right] = [partsOf(version), partsOf(than)];
  if (left === undefined || right === undefined) return false;
  for (const [index, part] of left.entries()) {
    const other = right[index] ?? 0;
    if (part !== other) return part > other;
  }
  return false;
}

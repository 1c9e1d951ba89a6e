/** Where a page ended: the parts of its last row's key, opaque to whoever sends it back. */
export function writeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a cursor of ours; none for the first page, and none for anything that is not ours. */
export function readCursor(cursor: string | null, parts: number): readonly string[] {
  if (cursor === null) return [];
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isOurs = Array.isArray(read) && read.length === parts && read.every((part) => typeof part === 'string');
    return isOurs ? read : [];
  } catch (_notOurs) {
    return []; // a cursor that is not ours begins anew, as the contract says
  }
}

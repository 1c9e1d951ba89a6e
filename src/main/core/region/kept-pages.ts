import type { Kept } from '../../../contract/views-region.ts';
import type { KeptPage } from './region-page-store.ts';

/** A kept list as a whole. */
export type KeptList<A, R> = Kept & {
  /** The newest first page; undefined while nothing was ever loaded. */
  readonly head: A | undefined;
  readonly rows: readonly { readonly row: R; readonly loadedAt: number }[];
};

/**
 * Pages of two walks as one list: what the newest walk brought, then what only the older one knows. A row of both stands
 * once, as it was loaded last.
 */
export function keptList<A, R>(
  pages: readonly KeptPage[],
  parse: (text: string) => A,
  rowsOf: (answer: A) => readonly R[],
  idOf: (row: R) => string,
): KeptList<A, R> {
  const newest = pages[0]?.sweep;
  const ofNewest = pages.filter(({ sweep }) => sweep === newest);
  const seen = new Set<string>();
  const rows: { row: R; loadedAt: number }[] = [];
  let head: A | undefined;
  for (const { text, loadedAt } of pages) {
    const answer = parse(text);
    head ??= answer;
    for (const row of rowsOf(answer)) {
      if (seen.has(idOf(row))) continue;
      seen.add(idOf(row));
      rows.push({ row, loadedAt });
    }
  }
  return {
    head,
    rows,
    loadedAt: ofNewest.at(-1)?.loadedAt ?? null,
    complete: ofNewest.at(-1)?.next === null,
  };
}

/** A stretch of a list, with the length of the whole. */
export function stretch<R>(
  rows: readonly R[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly count: number; readonly rows: R[] } {
  return { count: rows.length, rows: rows.slice(offset, offset + limit) };
}

/** A stretch of what was loaded: its rows, when they were loaded, and whether they are all. */
export function keptPart<R>(
  { rows, loadedAt, complete }: Omit<KeptList<unknown, R>, 'head'>,
  part: { readonly offset: number; readonly limit: number },
) {
  const whole = rows.map(({ row }) => row);
  return { loadedAt, complete, ...stretch(whole, part) };
}

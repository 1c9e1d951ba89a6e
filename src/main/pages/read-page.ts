import type { ReadFile } from './page-jobs.ts';
import { withPages } from './page-file.ts';
import type { ReadCodes } from './read-codes.ts';
import { openTextReader, type TextReader } from './text-reader.ts';

/** A kept page has at most so many pixels on its long side, and a code may need all of them. */
const READ_LONGEST = 2000;

/** Codes and text of a page as it is kept. Throws what the file is not fit for. */
type ReadPage = (file: Uint8Array) => Promise<ReadFile>;

/**
 * The text recognition takes a second to start, so it starts with the first page and stays until this process ends, which
 * the desk sees to after a minute without work.
 */
export function createPageReader(readCodes: ReadCodes): ReadPage {
  let started: Promise<TextReader> | undefined;
  return (file) =>
    withPages(file, async (pages) => {
      const pixels = await (await pages.page(1)).pixels(READ_LONGEST);
      const codes = await readCodes(pixels);
      started ??= openTextReader();
      const { width, lines, fields } = await (await started).read(pixels);
      return {
        codes: [...codes],
        page: { width, lines: lines.map(({ words }) => ({ words: [...words] })), fields: [...fields] },
      };
    });
}

import { fileKindOf } from './file-kind.ts';
import { openPdf } from './pdf-file.ts';
import { openPicture, type PageFile } from './picture.ts';

/** Opens a file by its content, lends its pages and closes it, whatever happens. */
export async function withPages<T>(
  file: Uint8Array,
  work: (pages: PageFile, isPdf: boolean) => Promise<T>,
): Promise<T> {
  const kind = fileKindOf(file);
  const pages = kind === 'pdf' ? await openPdf(file) : await openPicture(file, kind);
  try {
    return await work(pages, kind === 'pdf');
  } finally {
    pages.close();
  }
}

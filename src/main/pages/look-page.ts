import type { LookedPage } from '../../contract/views-documents.ts';
import { findPaper } from './find-paper.ts';
import { greyOf } from './grey.ts';
import { judgePicture } from './judge-picture.ts';
import { PageFaultError } from './page-fault.ts';
import { withPages } from './page-file.ts';
import { type LookedFile, PAGES_PER_LOOK } from './page-jobs.ts';
import type { ReadCodes } from './read-codes.ts';
import { jpegOf, type PageSource } from './picture.ts';

const PREVIEW_LONGEST = 1000;
const PREVIEW_QUALITY = 70;

async function lookAt(page: PageSource, pageNo: number, readCodes: ReadCodes): Promise<LookedPage> {
  const pixels = await page.pixels(PREVIEW_LONGEST);
  const grey = greyOf(pixels);
  const preview = await jpegOf(pixels, PREVIEW_QUALITY);
  const quad = findPaper(grey);
  return {
    pageNo,
    width: page.width,
    height: page.height,
    preview: `data:image/jpeg;base64,${preview.toString('base64')}`,
    quad: quad === null ? null : [...quad],
    ...judgePicture(grey),
    codes: [...(await readCodes(pixels))],
  };
}

/** Looks at up to eight pages of a file, from `fromPage` on. Throws what the file is not fit for. */
export async function lookAtFile(file: Uint8Array, fromPage: number, readCodes: ReadCodes): Promise<LookedFile> {
  return await withPages(file, async (source) => {
    if (fromPage > source.pages) throw new PageFaultError('PAGE_DAMAGED', { found: 'no-such-page' });
    const last = Math.min(source.pages, fromPage + PAGES_PER_LOOK - 1);
    const pages: LookedPage[] = [];
    for (let pageNo = fromPage; pageNo <= last; pageNo += 1)
      pages.push(await lookAt(await source.page(pageNo), pageNo, readCodes));
    return { pages, left: source.pages - last };
  });
}

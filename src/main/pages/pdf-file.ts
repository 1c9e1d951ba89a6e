import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium';
import { PageFaultError } from './page-fault.ts';
import { LONGEST_FILE } from './page-jobs.ts';
import type { PageFile, Pixels } from './picture.ts';

/** Long side of a page as it is drawn at most: an A4 page in 250 dpi. */
const DRAWN_LONGEST = 2900;
/** A strip of paper longer than this for its width is no page. */
const MOST_LONG_FOR_WIDTH = 20;

/** PDFium tells by text what its error codes mean. */
function faultOf(error: unknown): PageFaultError {
  const text = error instanceof Error ? error.message : String(error);
  return /password|security/i.test(text)
    ? new PageFaultError('PDF_LOCKED')
    : new PageFaultError('PAGE_DAMAGED', { found: 'pdf' });
}

/** Four bytes, red first, drawn on white: the fourth says nothing. */
function rgbOf(rgba: Uint8Array, width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = rgba[from] ?? 0;
    data[to + 1] = rgba[from + 1] ?? 0;
    data[to + 2] = rgba[from + 2] ?? 0;
  }
  return { data, width, height };
}

function drawPage(document: PDFiumDocument, pageNo: number): Awaited<ReturnType<PageFile['page']>> {
  const page = document.getPage(pageNo - 1);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const [short, long] = [Math.min(originalWidth, originalHeight), Math.max(originalWidth, originalHeight)];
  if (!(short >= 1) || long / short > MOST_LONG_FOR_WIDTH)
    throw new PageFaultError('PAGE_DAMAGED', { found: 'pdf-page' });
  const sizeFor = (longest: number): { width: number; height: number } => ({
    width: Math.max(1, Math.round((originalWidth / long) * longest)),
    height: Math.max(1, Math.round((originalHeight / long) * longest)),
  });
  return {
    ...sizeFor(DRAWN_LONGEST),
    pixels: async (longest) => {
      const size = sizeFor(Math.min(longest, DRAWN_LONGEST));
      const drawn = await page.render({ ...size, render: 'bitmap', renderFormFields: false });
      return rgbOf(drawn.data, drawn.width, drawn.height);
    },
  };
}

/** The drawing program of PDF pages: WebAssembly, so that what breaks it stays inside its own memory. */
async function loadPdfProgram(): Promise<PDFiumLibrary> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'));
  const bytes = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  return await PDFiumLibrary.init({ wasmBinary: bytes });
}

/** Opens a PDF without running anything in it. Throws PDF_LOCKED, PDF_TOO_LONG or PAGE_DAMAGED. */
export async function openPdf(file: Uint8Array): Promise<PageFile> {
  const library = await loadPdfProgram();
  let document: PDFiumDocument;
  try {
    document = await library.loadDocument(file);
  } catch (error) {
    library.destroy();
    throw faultOf(error);
  }
  const close = (): void => {
    document.destroy();
    library.destroy();
  };
  const pages = document.getPageCount();
  if (pages < 1 || pages > LONGEST_FILE) {
    close();
    throw pages < 1
      ? new PageFaultError('PAGE_DAMAGED', { found: 'pdf' })
      : new PageFaultError('PDF_TOO_LONG', { pages });
  }
  return {
    pages,
    page: async (pageNo) => {
      try {
        return drawPage(document, pageNo);
      } catch (error) {
        throw error instanceof PageFaultError ? error : faultOf(error);
      }
    },
    close,
  };
}

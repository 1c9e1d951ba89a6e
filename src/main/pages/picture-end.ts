import { assertNever } from '../../domain/result.ts';

/** Pictures that a decoder reads in one go. */
export type PictureKind = 'jpeg' | 'png' | 'webp' | 'tiff';

const view = (file: Uint8Array): DataView => new DataView(file.buffer, file.byteOffset, file.byteLength);

/** Markers without a length: start of image, restarts, TEM. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** The place after the picture's own end marker; undefined when the file ends before. Thumbnails lie inside segments. */
function endOfJpeg(file: Uint8Array): number | undefined {
  let at = 2;
  while (at + 1 < file.length) {
    const marker = file[at + 1] ?? 0;
    if (file[at] !== 0xff) {
      // Inside a scan: on to the next marker, over stuffed bytes and restarts.
      at = file.indexOf(0xff, at);
      if (at === -1) return undefined;
      continue;
    }
    if (marker === 0xd9) return at + 2;
    if (marker === 0xff) at += 1;
    else if (marker === 0x00 || isAlone(marker)) at += 2;
    else if (at + 4 > file.length) return undefined;
    else at += 2 + view(file).getUint16(at + 2);
  }
  return undefined;
}

/** The place after IEND. */
function endOfPng(file: Uint8Array): number | undefined {
  let at = 8;
  while (at + 12 <= file.length) {
    const length = view(file).getUint32(at);
    const isEnd = view(file).getUint32(at + 4) === 0x49454e44;
    at += 12 + length;
    if (at > file.length) return undefined;
    if (isEnd) return at;
  }
  return undefined;
}

function endOfWebp(file: Uint8Array): number | undefined {
  if (file.length < 12) return undefined;
  const end = 8 + view(file).getUint32(4, true);
  return end > file.length ? undefined : end;
}

/** Where the picture ends inside its file, in bytes; undefined when the file was cut before. A TIFF has no end of its own. */
export function bytesAfterPicture(file: Uint8Array, kind: PictureKind): number | undefined {
  switch (kind) {
    case 'jpeg':
      return endOfJpeg(file);
    case 'png':
      return endOfPng(file);
    case 'webp':
      return endOfWebp(file);
    case 'tiff':
      return file.length;
    default:
      return assertNever(kind);
  }
}

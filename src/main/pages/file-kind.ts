import { PageFaultError } from './page-fault.ts';
import { bytesAfterPicture, type PictureKind } from './picture-end.ts';

/** Kinds of file from which pages are taken. */
export type FileKind = PictureKind | 'pdf';

const ascii = (file: Uint8Array, from: number, to: number): string =>
  Buffer.from(file.buffer, file.byteOffset, file.byteLength).toString('latin1', from, to);

const beginsWith = (file: Uint8Array, bytes: readonly number[]): boolean =>
  bytes.every((byte, place) => file[place] === byte);

/** The kind that the first bytes say; undefined for everything that is not one of ours. */
function kindOf(file: Uint8Array): FileKind | undefined {
  if (beginsWith(file, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (beginsWith(file, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (ascii(file, 0, 4) === 'RIFF' && ascii(file, 8, 12) === 'WEBP') return 'webp';
  if (beginsWith(file, [0x49, 0x49, 0x2a, 0x00]) || beginsWith(file, [0x4d, 0x4d, 0x00, 0x2a])) return 'tiff';
  if (ascii(file, 0, 5) === '%PDF-') return 'pdf';
  return undefined;
}

/** What an officer may have picked by mistake; a word for the log and the sentence, never a part of the file. */
function foundInstead(file: Uint8Array): string {
  const head = ascii(file, 0, 512).trimStart().toLowerCase();
  if (/^ftyp(heic|heix|hevc|mif1|msf1|heim|heis)/.test(head.slice(4))) return 'heic';
  if (head.startsWith('gif8')) return 'gif';
  if (head.startsWith('pk\u0003\u0004')) return 'zip';
  if (head.startsWith('mz') || head.startsWith('\u007felf')) return 'program';
  if (head.includes('<svg')) return 'svg';
  if (head.includes('<html') || head.includes('<!doctype')) return 'html';
  return 'unknown';
}

/** Text that makes a browser or a reader take the file for something else (a polyglot). */
const OTHER_LANGUAGES = /<(?:html|script|svg|body|iframe|!doctype|\?php)|%PDF-/i;
const WINDOW = 4096;
/** End of the central directory of a zip; it may be followed by a comment of at most 65,535 bytes. */
const ZIP_END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const ZIP_END_BYTES = 22;

/** Whether an archive program opens the file: a zip is read from its end, whatever stands before it. */
function endsAsZip(file: Uint8Array): boolean {
  const tail = Buffer.from(file.subarray(Math.max(0, file.length - 65_535 - ZIP_END_BYTES)));
  for (let at = tail.lastIndexOf(ZIP_END); at !== -1; at = at === 0 ? -1 : tail.lastIndexOf(ZIP_END, at - 1)) {
    if (at + ZIP_END_BYTES > tail.length) continue;
    if (at + ZIP_END_BYTES + tail.readUInt16LE(at + 20) === tail.length) return true;
  }
  return false;
}

/**
 * A picture that is another file too is refused, although only its pixels would be kept: somebody made it so on purpose.
 * What phones append (a second picture, a film of the moment) is no such thing and is left behind with the metadata.
 */
function refuseSecondFile(file: Uint8Array, kind: FileKind): void {
  if (endsAsZip(file)) throw new PageFaultError('PAGE_HOSTILE', { found: 'archive' });
  if (kind === 'pdf') return;
  const after = bytesAfterPicture(file, kind);
  if (after === undefined) throw new PageFaultError('PAGE_DAMAGED', { found: 'torn' });
  const windows = [ascii(file, 0, WINDOW), ascii(file, after, after + WINDOW)];
  if (windows.some((text) => OTHER_LANGUAGES.test(text))) throw new PageFaultError('PAGE_HOSTILE', { found: 'script' });
}

/** The kind of the file by its content, never by its name. Throws PAGE_EMPTY, PAGE_NOT_A_PICTURE, PAGE_HOSTILE or PAGE_DAMAGED. */
export function fileKindOf(file: Uint8Array): FileKind {
  if (file.length === 0) throw new PageFaultError('PAGE_EMPTY');
  const kind = kindOf(file);
  if (kind === undefined) throw new PageFaultError('PAGE_NOT_A_PICTURE', { found: foundInstead(file) });
  refuseSecondFile(file, kind);
  return kind;
}

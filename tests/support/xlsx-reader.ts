import { inflateRawSync } from 'node:zlib';

/** A cell as a spreadsheet holds it: a formula would be a cell with `f`, and there must be none. */
export type XlsxCell = { readonly type: string; readonly value: string; readonly isFormula: boolean };
export type XlsxSheet = { readonly name: string; readonly rows: readonly (readonly XlsxCell[])[] };

const END_OF_DIRECTORY = 0x06054b50;

/** The parts of a zip archive, by its central directory. */
function partsOf(bytes: Buffer): ReadonlyMap<string, string> {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const parts = new Map<string, string>();
  for (let one = 0; one < count; one += 1) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const [nameLength = 0, extra = 0, comment = 0] = lengths;
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const raw = bytes.subarray(start, start + packed);
    parts.set(name, (method === 0 ? raw : inflateRawSync(raw)).toString('utf8'));
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}

const unescaped = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&amp;', '&');

const textsOf = (xml: string): string =>
  [...xml.matchAll(/<t(?: [^>]*)?>([\s\S]*?)<\/t>/g)].map(([, text = '']) => unescaped(text)).join('');

function cellOf(attributes: string, inner: string, shared: readonly string[]): XlsxCell {
  const type = /\bt="(\w+)"/.exec(attributes)?.[1] ?? 'n';
  const raw = /<v>([\s\S]*?)<\/v>/.exec(inner)?.[1] ?? '';
  const value = type === 's' ? (shared[Number(raw)] ?? '') : type === 'inlineStr' ? textsOf(inner) : unescaped(raw);
  return { type: type === 's' || type === 'inlineStr' ? 'text' : type, value, isFormula: /<f[ >/]/.test(inner) };
}

/** Reads a workbook as a program that has never seen our writer: zip, relations, shared strings, cells. */
export function readXlsx(file: Uint8Array): readonly XlsxSheet[] {
  const parts = partsOf(Buffer.from(file));
  const part = (name: string): string => parts.get(name) ?? '';
  const shared = [...part('xl/sharedStrings.xml').matchAll(/<si>([\s\S]*?)<\/si>/g)].map(([, si = '']) => textsOf(si));
  const targets = new Map(
    [...part('xl/_rels/workbook.xml.rels').matchAll(/<Relationship ([^>]*)>/g)].map(([, attributes = '']) => [
      /\bId="([^"]+)"/.exec(attributes)?.[1] ?? '',
      /\bTarget="([^"]+)"/.exec(attributes)?.[1] ?? '',
    ]),
  );
  return [...part('xl/workbook.xml').matchAll(/<sheet ([^>]*)>/g)].map(([, attributes = '']) => {
    const target = targets.get(/\br:id="([^"]+)"/.exec(attributes)?.[1] ?? '') ?? '';
    const xml = part(`xl/${target.replace(/^\/?(?:xl\/)?/, '')}`);
    return {
      name: unescaped(/\bname="([^"]+)"/.exec(attributes)?.[1] ?? ''),
      rows: [...xml.matchAll(/<row [^>]*?(?:\/>|>([\s\S]*?)<\/row>)/g)].map(([, row = '']) =>
        [...row.matchAll(/<c ([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)].map(([, of = '', inner = '']) =>
          cellOf(of, inner, shared),
        ),
      ),
    };
  });
}

import type { DarkRect } from './qr-reader.ts';

/** The drawing operators of an uncompressed PDF, page after page. */
function streamsOf(pdf: Uint8Array): readonly string[] {
  const text = Buffer.from(pdf).toString('latin1');
  return [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map((found) => found[1] ?? '');
}

/** Every filled square-built row of an uncompressed PDF: the modules of its QR code. */
export function darkRectsOf(pdf: Uint8Array): readonly DarkRect[] {
  const rects = streamsOf(pdf).flatMap((stream) =>
    [...stream.matchAll(/(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re/g)].map((found) => {
      const [x = 0, y = 0, w = 0, h = 0] = found.slice(1, 5).map(Number);
      return { x, y, w, h };
    }),
  );
  const heights = new Map<string, DarkRect[]>();
  for (const rect of rects) heights.set(rect.h.toFixed(3), [...(heights.get(rect.h.toFixed(3)) ?? []), rect]);
  // A QR code is the many rectangles of one height; table lines are the few of others.
  return [...heights.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** The text of an uncompressed PDF: glyph numbers are turned back by the fonts' own ToUnicode tables. */
export function textOf(pdf: Uint8Array): string {
  const streams = streamsOf(pdf);
  const tables = fontTables(Buffer.from(pdf).toString('latin1'));
  return streams
    .filter((stream) => / Tf/.test(stream))
    .map((stream) => {
      let table: ReadonlyMap<string, string> = new Map();
      return [...stream.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-fA-F]+)>/g)]
        .map(([, font, hex]) => {
          if (font !== undefined) table = tables.get(font) ?? new Map();
          return (hex?.match(/.{4}/g) ?? []).map((glyph) => table.get(glyph.toLowerCase()) ?? '?').join('');
        })
        .join('');
    })
    .join('\n');
}

function objectOf(pdf: string, reference: string): string {
  return new RegExp(`(?:^|\\n)${reference} 0 obj\\n([\\s\\S]*?)\\nendobj`).exec(pdf)?.[1] ?? '';
}

function fontTables(pdf: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const fonts = new Map([...pdf.matchAll(/\/(F\d+) (\d+) 0 R/g)].map((found) => [found[1] ?? '', found[2] ?? '']));
  return new Map(
    [...fonts].map(([name, reference]) => {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objectOf(pdf, reference))?.[1] ?? '';
      return [name, tableOf(objectOf(pdf, unicode))];
    }),
  );
}

/** `<0000> <00ff> [<0041> <0042> ...]`: the only form that our PDF writer uses. */
function tableOf(cmap: string): ReadonlyMap<string, string> {
  const entries = [...cmap.matchAll(/<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})> \[([^\]]*)\]/g)].flatMap((range) => {
    const first = Number.parseInt(range[1] ?? '0', 16);
    return [...(range[3] ?? '').matchAll(/<([0-9a-fA-F ]+)>/g)].map((found, index): [string, string] => [
      (first + index).toString(16).padStart(4, '0'),
      (found[1]?.match(/[0-9a-fA-F]{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join(''),
    ]);
  });
  return new Map(entries);
}

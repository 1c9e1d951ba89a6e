import type { Box, Line, ReadField, Word } from './recognised.ts';

/** Words that stand before a value, as STNK, e-KTP and notice print them; letters only. */
const LABELS: readonly { readonly field: ReadField; readonly words: string }[] = [
  { field: 'nrkb', words: 'NOMORREGISTRASI' },
  { field: 'nrkb', words: 'NOREGISTRASI' },
  { field: 'nrkb', words: 'NOMORPOLISI' },
  { field: 'nrkb', words: 'NOPOLISI' },
  { field: 'nrkb', words: 'NRKB' },
  { field: 'chassis', words: 'NOMORRANGKANIKVIN' },
  { field: 'chassis', words: 'NOMORRANGKANIK' },
  { field: 'chassis', words: 'NOMORRANGKA' },
  { field: 'chassis', words: 'NORANGKANIKVIN' },
  { field: 'chassis', words: 'NORANGKANIK' },
  { field: 'chassis', words: 'NORANGKA' },
  { field: 'engine', words: 'NOMORMESIN' },
  { field: 'engine', words: 'NOMESIN' },
  { field: 'nik', words: 'NIK' },
];

/** Words that begin the next column. */
const NEXT_COLUMN = ['WARNA', 'BAHAN', 'TAHUN', 'NOMOR', 'KODE', 'BERLAKU', 'LOKASI', 'URUT'];

/** A field's label on the page, and what stands behind it. */
type FoundField = {
  readonly field: ReadField;
  /** Words of the value as they were recognised, in one text. */
  readonly text: string;
  readonly confidence: number;
  /** Where the value stands or should stand. */
  readonly region: Box;
};

const letters = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replaceAll('0', 'O')
    .replaceAll('1', 'I');

/** How many characters must be put in, taken out or changed to make one text the other. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (const [at, character] of [...left].entries()) {
    const next = [at + 1];
    for (const [place, other] of [...right].entries()) {
      const change = (row[place] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(change, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const isNear = (found: string, wanted: string): boolean =>
  Math.abs(found.length - wanted.length) <= 2 && editDistance(found, wanted) <= Math.floor(wanted.length / 5);

type Label = { readonly field: ReadField; readonly words: number; readonly away: number };

/** The label that starts with this word of the line, and how many words it takes; the nearest wins, then the longest. */
function labelAt(line: Line, from: number): Label | null {
  let best: Label | null = null;
  for (const count of [4, 3, 2, 1]) {
    const part = line.words.slice(from, from + count);
    const text = letters(part.map((word) => word.text).join(''));
    if (part.length < count || !/^[NMH]/.test(text)) continue;
    for (const { field, words } of LABELS) {
      const away = isNear(text, words) ? editDistance(text, words) : Number.POSITIVE_INFINITY;
      if (away < (best?.away ?? Number.POSITIVE_INFINITY)) best = { field, words: count, away };
    }
  }
  return best;
}

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

const heightOf = ({ box }: Word): number => box.bottom - box.top;

/** Words of the value: up to the next column, or to a gap that no value has inside. */
function valueWords(rest: readonly Word[]): readonly Word[] {
  const value: Word[] = [];
  for (const word of rest) {
    const before = value.at(-1);
    if (NEXT_COLUMN.some((next) => isNear(letters(word.text), next))) break;
    if (before !== undefined && word.box.left - before.box.right > 2.5 * Math.max(heightOf(before), heightOf(word)))
      break;
    // `$` is how the recognition sees an S that stands alone, as the area of a plate does.
    if (/[A-Z0-9$]/i.test(word.text)) value.push(word);
  }
  return value;
}

function fieldAfter(
  line: Line,
  from: number,
  label: { field: ReadField; words: number },
  pageWidth: number,
): FoundField {
  const labelWords = line.words.slice(from, from + label.words);
  const last = labelWords.at(-1);
  const rest = line.words.slice(from + label.words);
  const value = valueWords(rest);
  // A speck makes a word's box tall, a slip of the recognition takes two rows for one: such words do not say where the line is.
  const labelTall = median(labelWords.map(heightOf));
  const plain = value.filter((word) => heightOf(word) <= 1.6 * labelTall);
  const tall = median([...labelWords, ...plain].map(heightOf));
  const centre = median((plain.length > 0 ? plain : labelWords).map(({ box }) => (box.top + box.bottom) / 2));
  const left = value[0]?.box.left ?? (last?.box.right ?? 0) + tall;
  const right = value.at(-1)?.box.right ?? Math.min(pageWidth, left + pageWidth * 0.3);
  return {
    field: label.field,
    text: value.map((word) => word.text.replaceAll('$', 'S')).join(' '),
    confidence: value.reduce((least, word) => Math.min(least, word.confidence), value.length === 0 ? 0 : 1),
    region: {
      left: left - tall * 0.5,
      right: right + tall * 0.7,
      top: centre - tall * 0.95,
      bottom: centre + tall * 0.95,
    },
  };
}

/** Fields whose label was recognised, in the order of the page; a label may be found twice. */
export function findFields(lines: readonly Line[], pageWidth: number): readonly FoundField[] {
  return lines.flatMap((line) => {
    const found: FoundField[] = [];
    let at = 0;
    while (at < line.words.length) {
      const label = labelAt(line, at);
      if (label !== null) found.push(fieldAfter(line, at, label, pageWidth));
      at += label?.words ?? 1;
    }
    return found;
  });
}

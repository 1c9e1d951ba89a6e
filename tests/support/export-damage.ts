import { createSeededRandom } from './seeded-random.ts';

/** One damage to an export: what was done, and the entry (0: the header) that a verifier must name. */
export type Damage = { readonly what: string; readonly seq: number; readonly bytes: Buffer };

type Draw = { readonly below: (limit: number) => number };

/** The bytes of each line, its end included; line 0 is the header, line n the entry with seq n. */
function linesOf(whole: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < whole.length; ) {
    const end = whole.indexOf(10, start) + 1;
    lines.push(whole.subarray(start, end));
    start = end;
  }
  return lines;
}

function flipped(lines: readonly Buffer[], { below }: Draw): Damage {
  const seq = below(lines.length);
  const line = Buffer.from(lines[seq] ?? []);
  const [at, bit] = [below(line.length), below(8)];
  line[at] = (line[at] ?? 0) ^ (1 << bit);
  return { what: `bit ${String(bit)} of byte ${String(at)}`, seq, bytes: Buffer.concat(lines.with(seq, line)) };
}

function deleted(lines: readonly Buffer[], { below }: Draw): Damage {
  const seq = below(lines.length);
  const count = 1 + below(Math.min(3, lines.length - seq));
  return { what: `${String(count)} lines deleted`, seq, bytes: Buffer.concat(lines.toSpliced(seq, count)) };
}

function swapped(lines: readonly Buffer[], { below }: Draw): Damage {
  const one = 1 + below(lines.length - 2);
  const other = one + 1 + below(lines.length - one - 1);
  const [left = Buffer.alloc(0), right = Buffer.alloc(0)] = [lines[one], lines[other]];
  return {
    what: `swapped with ${String(other)}`,
    seq: one,
    bytes: Buffer.concat(lines.with(one, right).with(other, left)),
  };
}

function doubled(lines: readonly Buffer[], { below }: Draw): Damage {
  const seq = 1 + below(lines.length - 1);
  // The second one stands where the next entry should.
  return { what: 'twice', seq: seq + 1, bytes: Buffer.concat(lines.toSpliced(seq, 0, lines[seq] ?? Buffer.alloc(0))) };
}

/** Signed by the same key and put in another's place: only the chain can tell. */
function replaced(lines: readonly Buffer[], { below }: Draw): Damage {
  const seq = 1 + below(lines.length - 1);
  const from = 1 + ((seq + below(lines.length - 2)) % (lines.length - 1));
  return {
    what: `replaced by ${String(from)}`,
    seq,
    bytes: Buffer.concat(lines.with(seq, lines[from] ?? Buffer.alloc(0))),
  };
}

function cut(lines: readonly Buffer[], { below }: Draw): Damage {
  const whole = Buffer.concat(lines);
  const at = below(whole.length);
  const before = whole.subarray(0, at);
  // The entry in which the cut falls: as many lines as have ended before it.
  return { what: `cut at byte ${String(at)}`, seq: linesOfCut(before), bytes: before };
}

const linesOfCut = (bytes: Buffer): number => bytes.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);

const KINDS = [flipped, flipped, flipped, deleted, swapped, doubled, replaced, cut];

/** `count` damages to the bytes of an export; the same seed gives the same ones. */
export function damagesOf(whole: Buffer, count: number, seed: number): readonly Damage[] {
  const random = createSeededRandom(`damage/${String(seed)}`);
  const draw: Draw = { below: (limit) => Math.floor(random.fraction() * limit) };
  const lines = linesOf(whole);
  return Array.from({ length: count }, (_one, index) => {
    const damage = (KINDS[index % KINDS.length] ?? flipped)(lines, draw);
    return { ...damage, what: `seed ${String(seed)}, ${String(index)}: ${damage.what}` };
  });
}

import fc from 'fast-check';

// A property that fails names its own seed; `npm run hostile -- fuzz --seed S` repeats a whole run.
if (process.env['SEED'] !== undefined) fc.configureGlobal({ seed: Number(process.env['SEED']) });

/** How often a property of `tests/fuzz` is tried; `npm run hostile -- fuzz --runs N` asks for more than a commit has time for. */
export function fuzzRuns(onCommit: number): number {
  const asked = Number(process.env['FUZZ_RUNS'] ?? '0');
  return asked > 0 ? asked : onCommit;
}

const DEEP = 10_000;
const nested = (open: string, inner: string, close: string): string => open.repeat(DEEP) + inner + close.repeat(DEEP);

/** JSON texts that parsers choke on: depth, length, wrong types, names of JavaScript's own, numbers that are none. */
const HOSTILE: readonly string[] = [
  'null',
  'true',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e999',
  '-1e999',
  '9007199254740993',
  '99999999999999999999999999999999',
  '""',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u0000"',
  '"2026-02-31"',
  '"../../../etc/passwd"',
  '"__proto__"',
  '"constructor"',
  JSON.stringify("'; DROP TABLE entry; --"),
  JSON.stringify('é\u202e\u2028\ufeff'),
  JSON.stringify('x'.repeat(300_000)),
  JSON.stringify('A'.repeat(43)),
  JSON.stringify('A'.repeat(86)),
  '[]',
  '{}',
  '[[]]',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"length":4294967295,"0":1}',
  '{"toString":1,"toJSON":"x","then":"y"}',
  nested('[', '1', ']'),
  nested('{"a":', '1', '}'),
  `[${'0,'.repeat(20_000)}0]`,
];

/** One change to a JSON value: somewhere in it, by a number that any size of value understands. */
type Mutation = {
  readonly at: number;
  readonly kind: 'replace' | 'remove' | 'double' | 'add';
  readonly hostile: string;
  readonly name: string;
};

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat({ max: 10_000 }),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'double', 'add'),
  hostile: fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.jsonValue().map((value) => JSON.stringify(value)),
  ),
  name: fc.constantFrom('__proto__', 'constructor', 'toJSON', 'then', 'extra', 'v', 'mustUnderstand', ''),
});

/** One to three changes. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(mutation, { minLength: 1, maxLength: 3 });

type Spot = { readonly parent: Record<string, unknown> | unknown[]; readonly key: string | number };

function spotsOf(value: unknown): readonly Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown> | unknown[];
  const keys = Array.isArray(parent) ? parent.keys() : Object.keys(parent);
  return [...keys].flatMap((key) => [{ parent, key }, ...spotsOf(Reflect.get(parent, key))]);
}

/** A text in the place of a value; it becomes raw JSON when the whole is written. */
const markerOf = (index: number): string => `@@${String(index)}@@`;

/** The JSON text of a value after these changes. */
export function mutatedText(value: unknown, changes: readonly Mutation[]): string {
  const root = { value: structuredClone(value) };
  const raw: { readonly marker: string; readonly text: string }[] = [];
  for (const [index, { at, kind, hostile, name }] of changes.entries()) {
    const spots = spotsOf(root);
    const spot = spots[at % spots.length];
    if (spot === undefined) continue;
    const marker = markerOf(index);
    const { parent, key } = spot;
    if (kind === 'remove' && parent !== root) {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else Reflect.deleteProperty(parent, key);
    } else if (kind === 'double' && Array.isArray(parent)) {
      parent.splice(Number(key), 0, structuredClone(parent[Number(key)]));
    } else if (kind === 'add' && !Array.isArray(parent) && parent !== root) {
      parent[`${marker}name`] = marker;
      raw.push({ marker: `${marker}name`, text: JSON.stringify(name) }, { marker, text: hostile });
    } else {
      Reflect.set(parent, key, marker);
      raw.push({ marker, text: hostile });
    }
  }
  const text = JSON.stringify(root.value) ?? 'null';
  return raw.reduce((whole, one) => whole.replace(JSON.stringify(one.marker), () => one.text), text);
}

/** One change to bytes. */
type ByteDamage = {
  readonly kind: 'flip' | 'cut' | 'insert' | 'repeat' | 'zero';
  readonly at: number;
  readonly size: number;
};

const byteDamage: fc.Arbitrary<ByteDamage> = fc.record({
  kind: fc.constantFrom('flip', 'flip', 'cut', 'insert', 'repeat', 'zero'),
  at: fc.nat({ max: 10_000_000 }),
  size: fc.integer({ min: 1, max: 200 }),
});

/** One to four changes to bytes. */
export const byteDamages: fc.Arbitrary<readonly ByteDamage[]> = fc.array(byteDamage, { minLength: 1, maxLength: 4 });

/** Bytes after these changes. */
export function damagedBytes(whole: Uint8Array, damages: readonly ByteDamage[]): Buffer {
  return damages.reduce<Buffer>((bytes, { kind, at, size }) => {
    const from = bytes.length === 0 ? 0 : at % bytes.length;
    const [before, piece, after] = [
      bytes.subarray(0, from),
      bytes.subarray(from, from + size),
      bytes.subarray(from + size),
    ];
    switch (kind) {
      case 'flip': {
        const flipped = Buffer.from(bytes);
        flipped[from] = (flipped[from] ?? 0) ^ (1 << (size % 8));
        return flipped;
      }
      case 'cut':
        return size % 2 === 0 ? Buffer.from(before) : Buffer.concat([before, after]);
      case 'insert':
        return Buffer.concat([before, Buffer.alloc(size, size), piece, after]);
      case 'repeat':
        return Buffer.concat([before, piece, piece, after]);
      case 'zero':
        return Buffer.concat([before, Buffer.alloc(piece.length), after]);
      default:
        throw new Error('every kind of damage was named');
    }
  }, Buffer.from(whole));
}

/** CPU milliseconds that this process spent on some work: a hang shows on a busy machine as on an idle one, and a wait does not. */
export async function cpuMsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** "No hang over 1 s": of computing, whatever else the machine does. */
export const LONGEST_CPU_MS = 1000;

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runLoket } from '../support/loket-process.ts';

type Schema = Readonly<Record<string, unknown>>;

const schemaSchema = z.record(z.string(), z.unknown());
const listedSchema = z.object({
  method: z.string(),
  kind: z.string(),
  access: z.string(),
  errors: z.array(z.string()),
  input: schemaSchema,
  output: schemaSchema,
});

/** Words of JSON Schema that say where to look further, and not what a value is. */
const NESTING = [
  '$schema',
  'properties',
  'required',
  'items',
  'prefixItems',
  'anyOf',
  'additionalProperties',
  'propertyNames',
];

/** One line per value of a schema: its path and everything that it is held to. */
function linesOf(path: string, schema: Schema): string[] {
  const { properties, items, anyOf, additionalProperties } = schema;
  const own = Object.entries(schema).filter(([key]) => !NESTING.includes(key));
  const facts = own.map(([key, value]) => (key === 'type' ? String(value) : `${key}=${JSON.stringify(value)}`));
  const isClosed = additionalProperties === false && facts.includes('object');
  const line = `  ${path}: ${[...facts, ...(isClosed ? ['closed'] : [])].join(' ')}`;
  const inner = (name: string, value: unknown): string[] => linesOf(`${path}${name}`, schemaSchema.parse(value));
  const required = z.array(z.string()).parse(schema['required'] ?? []);
  return [
    line,
    ...Object.entries(schemaSchema.parse(properties ?? {})).flatMap(([key, value]) =>
      inner(`.${key}${required.includes(key) ? '' : '?'}`, value),
    ),
    ...(typeof items === 'object' ? inner('[]', items) : []),
    // A tuple: each place has a schema of its own, and nothing comes after the last.
    ...z
      .array(z.unknown())
      .parse(schema['prefixItems'] ?? [])
      .flatMap((value, index) => inner(`[${String(index)}]`, value)),
    ...(typeof additionalProperties === 'object' ? inner('{}', additionalProperties) : []),
    ...z
      .array(z.unknown())
      .parse(anyOf ?? [])
      .flatMap((value, index) => inner(`|${String(index)}`, value)),
  ];
}

describe('the contract as `loket call --list` prints it', () => {
  it('changes only where somebody sees it: every procedure, value and refusal is a line of this snapshot', async () => {
    const { lines } = await runLoket(['call', '--list']);
    const listed = lines.map((line) => listedSchema.parse(line));
    const text = listed.map(({ method, kind, access, errors, input, output }) =>
      [
        `${kind} ${method} (${access})`,
        `  errors: ${errors.join(' ')}`,
        ...linesOf('input', input),
        ...linesOf('output', output),
        '',
      ].join('\n'),
    );
    expect(listed.length).toBeGreaterThan(35);
    await expect(text.join('\n')).toMatchFileSnapshot('./api-snapshot.txt');
  });
});

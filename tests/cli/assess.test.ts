import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import golden from '../support/golden-cases.json' with { type: 'json' };
import { runLoket } from '../support/loket-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PACKS = ['jatim-2025.json', 'jatim-2026.json'].map((name) =>
  fileURLToPath(new URL(`../../resources/rule-packs/${name}`, import.meta.url)),
);
const rules = PACKS.flatMap((file) => ['--rules', file]);
const expectSchema = z.union([
  z.object({ lines: z.record(z.string(), z.int()), total: z.int() }),
  z.object({ refusals: z.array(z.string()) }),
]);
const cases = golden.cases.map(({ expect: expected, note: _note, ...line }) => ({
  line,
  expected: expectSchema.parse(expected),
}));
const [first] = cases;

describe('loket assess', () => {
  it('reckons the worked cases of the design to the rupiah, in order', async () => {
    const stdin = cases.map(({ line }) => JSON.stringify(line)).join('\n');
    const { code, lines, stderr } = await runLoket(['assess', ...rules], { stdin });
    expect(stderr).toBe('');
    expect(lines).toEqual(cases.map(({ line, expected }) => ({ id: line.id, ...expected })));
    expect(lines.length).toBeGreaterThan(5);
    expect(code).toBe(0);
  });

  it('answers each bad line in its place, goes on with the next, and ends with 2', async () => {
    const bad = [
      'no json',
      '[]',
      JSON.stringify({ ...first?.line, id: 'B', paidOn: '2026-02-30' }),
      JSON.stringify({ ...first?.line, id: 'C', vehicle: { ...first?.line.vehicle, kind: 'tank' } }),
    ];
    const good = JSON.stringify(first?.line);
    const { code, lines } = await runLoket(['assess', ...rules], { stdin: [good, ...bad, '', good].join('\r\n') });
    expect(code).toBe(2);
    expect(lines).toHaveLength(6);
    expect(lines.at(0)).toEqual(lines.at(-1));
    expect(lines[1]).toMatchObject({ error: { code: 'NOT_JSON' } });
    expect(lines[2]).toMatchObject({ error: { code: 'NOT_AN_OBJECT' } });
    expect(lines[3]).toMatchObject({ id: 'B', error: { code: 'NOT_A_DATE', path: 'paidOn' } });
    expect(lines[4]).toMatchObject({ id: 'C', error: { code: 'UNKNOWN_VALUE', path: 'vehicle.kind' } });
  });

  it('says which rule pack it cannot use, and why', async () => {
    const folder = join(temporaryFolder(), 'packs');
    mkdirSync(folder, { recursive: true });
    const torn = join(folder, 'torn.json');
    writeFileSync(torn, '{');
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, '{"id":"x"}');
    const pack = PACKS[1] ?? '';
    for (const [files, problem] of [
      [[join(folder, 'none.json')], 'RULES_UNREADABLE'],
      [[torn], 'RULES_UNREADABLE'],
      [[wrong], 'RULES_INVALID'],
      [[pack, pack], 'RULES_INVALID'],
    ] as const) {
      const { code, lines } = await runLoket(['assess', ...files.flatMap((file) => ['--rules', file])]);
      expect(code, problem).toBe(2);
      expect(lines, problem).toMatchObject([{ error: { code: problem } }]);
    }
  });

  it('takes the packs that were shipped when none are named', async () => {
    const { lines, code } = await runLoket(['assess'], { stdin: JSON.stringify(first?.line) });
    expect(lines).toEqual([{ id: first?.line.id, ...first?.expected }]);
    expect(code).toBe(0);
  });
});

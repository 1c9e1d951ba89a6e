import { describe, expect, it } from 'vitest';
import { readFiles } from '../../scripts/house-figures.mjs';
import { entryBodySchemas } from '../../src/contract/journal-entry.ts';
import { readRepositoryFile } from './repository.ts';

const document = readRepositoryFile('docs/sync-protocol.md');
const code = readFiles(/^src\/.+[.]tsx?$/u);

const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();
const rules = sorted([...document.matchAll(/^\| (\d+[.]\d+) \|/gmu)].map((match) => match[1] ?? ''));

/** `OPOP-Sync/1 5.2` and `OPOP-Sync/1 5.2, 5.6` in the code. */
function quotedRules(text: string): readonly string[] {
  return [...text.matchAll(/OPOP-Sync\/1 ((?:\d+[.]\d+(?:, | and )?)+)/gu)].flatMap((match) =>
    [...(match[1] ?? '').matchAll(/\d+[.]\d+/gu)].map((rule) => rule[0]),
  );
}

const quoted = sorted(code.flatMap(({ text }) => quotedRules(text)));

describe('the protocol as it is written', () => {
  it('has every one of its rules quoted beside the code that obeys it', () => {
    expect(rules.length).toBeGreaterThan(40);
    expect(rules.filter((rule) => !quoted.includes(rule))).toEqual([]);
  });

  it('knows every rule that the code quotes', () => {
    expect(quoted.filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  it('lists the entry types of the contract, all of them and no other', () => {
    const rows = [...document.matchAll(/^\| (`[a-z-]+[.][a-z-]+`.*) \| .+ \|$/gmu)].flatMap((row) =>
      [...(row[1] ?? '').matchAll(/`([a-z.-]+)`/gu)].map((name) => name[1] ?? ''),
    );
    expect(sorted(rows)).toEqual(sorted(Object.keys(entryBodySchemas)));
  });
});

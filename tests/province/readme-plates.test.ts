import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SHOW_PLATES } from '../../src/province/demo/show-plates.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('the page of plates in the README', () => {
  it('says of every plate of the demonstration what it shows', () => {
    const rows = SHOW_PLATES.map((plate) => `| \`${plate.nrkb}\` | \`${plate.chassisTail}\` | ${plate.shows} |`);
    expect(rows.filter((row) => !README.includes(row))).toEqual([]);
  });

  it('names no plate that the demonstration does not have', () => {
    const named = [...README.matchAll(/^\| `([^`]+)` \| `\d{5}` \|/gm)].map((match) => match[1]);
    expect(named).toEqual(SHOW_PLATES.map((plate) => plate.nrkb));
  });
});

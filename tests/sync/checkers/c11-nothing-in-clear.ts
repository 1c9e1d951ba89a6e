import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERSONAL_MARKS } from '../world/registry.ts';
import { type Checker, text } from './final-state.ts';

function* filesOf(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
  }
}

/** C11: "no personal data in clear outside the sealed parts": not on a disk, not on a line, not in the province's journal. */
export const nothingInClear: Checker = async ({ counters, province, truth }) => {
  const problems = truth.seen.filter((one) => one.check === 'C11').map((one) => one.problem);
  for (const { index, folder } of counters) {
    for (const file of filesOf(folder)) {
      const bytes = readFileSync(file);
      const found = PERSONAL_MARKS.find((mark) => bytes.includes(mark));
      if (found !== undefined)
        problems.push(`counter ${String(index)}: ${found} stands in ${file.slice(folder.length + 1)}`);
    }
  }
  const like = PERSONAL_MARKS.map((mark) => `%${mark}%`);
  const readable: readonly (readonly [string, string])[] = [
    ['entry', 'text'],
    ['suspended_entry', "encode(raw, 'escape')"],
    ['decision', 'item::text'],
    ['notification', 'sealed'],
    ['feed_page', 'text'],
    ['incident', 'facts::text'],
  ];
  for (const [table, column] of readable) {
    const rows = await province(`select count(*)::int as n from ${table} where ${column} like any($1)`, [like]);
    const [row] = rows;
    if (row !== undefined && text(row, 'n') !== '0')
      problems.push(`province: ${text(row, 'n')} rows of ${table} name a person`);
  }
  return problems;
};

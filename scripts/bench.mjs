// `npm run bench`: every program in bench/, one after the other, so that none measures its neighbour. Each prints its
// figures as NDJSON and exits 2 when a figure is not kept; `npm run bench -- assess` runs one.
import { readdirSync } from 'node:fs';
import { root, runProgram } from './run-program.mjs';

const wanted = process.argv.slice(2);
const programs = readdirSync(`${root}bench`)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .toSorted();

const missed = [];
for (const program of programs) {
  process.stderr.write(`\n=== bench/${program}.ts\n`);
  const exit = await runProgram(process.execPath, [`${root}bench/${program}.ts`], { minutes: 30 });
  if (exit.code !== 0) missed.push(`${program} (${exit.reason})`);
}
process.stderr.write(missed.length === 0 ? `\n${programs.length} kept\n` : `\nnot kept: ${missed.join(', ')}\n`);
process.exitCode = missed.length === 0 && programs.length > 0 ? 0 : 1;

// `npm run measure`: the figures the house is held to, beside the best seen elsewhere. Exit 1 when one of ours is not kept.
import {
  CODE,
  findAny,
  findSkippedTests,
  findSuppressions,
  lawFigures,
  lineCount,
  longFiles,
  migrations,
  PRODUCTION,
  procedures,
  readFiles,
} from './house-figures.mjs';
import { fences } from './lint-fences.mjs';

const production = readFiles(PRODUCTION);
const code = readFiles(CODE);
const lines = production.reduce((sum, file) => sum + lineCount(file.text), 0);
const longest = longFiles(production, 0)[0] ?? { path: '-', lines: 0 };
const anyPlaces = production.flatMap(findAny);
const suppressions = code.flatMap(findSuppressions);
const withoutReason = suppressions.filter((suppression) => suppression.reason === undefined);
const skipped = readFiles(/^tests\/.+[.]tsx?$/).flatMap(findSkippedTests);
const law = await lawFigures();
const contract = await procedures();
const steps = migrations();

/** One line of the table: what is measured, the best seen elsewhere, ours, our limit, and whether it is kept. */
const figures = [
  ['longest production file', '727 lines', `${longest.lines} lines (${longest.path})`, '300', longest.lines <= 300],
  ['import cycles', '4', `${law.cycles}`, '0', law.cycles === 0],
  ['breaches of the law of imports', '-', `${law.broken} of ${law.rules} rules`, '0', law.broken === 0],
  ['fences around raw APIs', '-', `${fences.length}`, '-', true],
  ['`any` per 1,000 lines', '0.69', ((anyPlaces.length / lines) * 1000).toFixed(2), '0', anyPlaces.length === 0],
  [
    'suppressions, without a reason',
    '0.16 per 1,000',
    `${suppressions.length}, ${withoutReason.length}`,
    'at most 5, 0',
    suppressions.length <= 5 && withoutReason.length === 0,
  ],
  [
    'procedures with checked input',
    '14 %',
    `${contract.all - contract.unchecked.length} of ${contract.all}`,
    'all',
    contract.unchecked.length === 0,
  ],
  [
    'migrations named by a test',
    'most',
    `${steps.all.length - steps.untested.length} of ${steps.all.length}`,
    'all',
    steps.untested.length === 0,
  ],
  ['disabled tests', '0', `${skipped.length}`, '0', skipped.length === 0],
  ['production', '-', `${production.length} files, ${lines} lines`, '-', true],
];

const widths = [0, 1, 2, 3].map((column) => Math.max(...figures.map((row) => row[column].length), 10));
const row = (cells, mark) => `${cells.map((cell, column) => cell.padEnd(widths[column])).join('  ')}  ${mark}\n`;
process.stdout.write(row(['measure', 'best seen', 'ours', 'limit'], ''));
for (const [measure, best, ours, limit, kept] of figures) {
  process.stdout.write(row([measure, best, ours, limit], kept ? 'kept' : 'NOT KEPT'));
}
process.exitCode = figures.every((figure) => figure[4]) ? 0 : 1;

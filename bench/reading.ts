// What is read from papers: cards with invented data are drawn, photographed badly (aslant, turned up to 8 degrees, blurred,
// noisy, in shadow, glaring, dark, JPEG 40 to 80) and go the whole way of a page: looked at, cut out by the edges that were
// found, made small, read. Printed for each field: the share that is right, and the share that is wrong and shown as sure.
// The cards are ours, so the figures say how the reader stands against itself, not how it reads a worn STNK.
// Run: `npm run bench -- reading`. `node bench/reading.ts [--cards 240] [--seed 1] [--misses]`
import { parseArgs } from 'node:util';
import { forkPageWorker } from '../src/main/core/documents/fork-page-worker.ts';
import { createPageDesk } from '../src/main/core/documents/page-desk.ts';
import type { Card } from '../tests/support/cards/card-set.ts';
import { makeCards } from '../tests/support/cards/card-set.ts';
import { tallyCards } from '../tests/support/cards/read-cards.ts';
import { figuresOf, machine, printer } from './scene/figures.ts';

/** Least share that is right, and largest share that is wrong and shown as sure. */
const LIMITS: Readonly<Record<string, { readonly right: number; readonly surelyWrong: number }>> = {
  'ktp.nik': { right: 0.9, surelyWrong: 0.01 },
  'stnk.nrkb': { right: 0.8, surelyWrong: 0.02 },
  'stnk.chassis': { right: 0.7, surelyWrong: 0.02 },
  'stnk.engine': { right: 0.55, surelyWrong: 0 },
  'notice.nrkb': { right: 0.9, surelyWrong: 0.02 },
  'notice.chassis': { right: 0.35, surelyWrong: 0.02 },
  'notice.engine': { right: 0.45, surelyWrong: 0 },
};

const { values } = parseArgs({
  options: {
    cards: { type: 'string', default: '240' },
    seed: { type: 'string', default: '1' },
    misses: { type: 'boolean', default: false },
  },
});
const print = printer('reading');
const desk = createPageDesk({
  start: () => forkPageWorker(),
  // How long a card takes is measured here, not limited: a busy machine must not look like a poor reader.
  wait: (_ms, signal) => new Promise((done) => signal.addEventListener('abort', () => done(), { once: true })),
  log: { write: (level, event) => process.stderr.write(`${level} ${event}\n`) },
});

const times: number[] = [];
/** Drawing a card is no part of the figure: the clock runs between two cards. */
async function* clocked(cards: AsyncIterable<Card>): AsyncGenerator<Card> {
  for await (const card of cards) {
    const began = performance.now();
    yield card;
    times.push(performance.now() - began);
  }
}

const tallies = await tallyCards(desk, clocked(makeCards(Number(values.seed), Number(values.cards))), (miss) => {
  if (values.misses) print(miss);
});
await desk.stop();
const rounded = (share: number): number => Math.round(share * 1000) / 1000;
let kept = true;
for (const [paper, tally] of tallies) {
  const limit = LIMITS[paper];
  if (limit === undefined) throw new Error(`no limit for ${paper}`);
  const right = rounded(tally.right / tally.cards);
  const surelyWrong = rounded(tally.surelyWrong / tally.cards);
  const ok = right >= limit.right && surelyWrong <= limit.surelyWrong;
  kept &&= ok;
  print({ paper, ...tally, rightShare: right, surelyWrongShare: surelyWrong, limit, ok });
}
print({
  cards: Number(values.cards),
  seed: Number(values.seed),
  msPerCard: figuresOf(times),
  machine: machine(),
  ok: kept,
});
process.exitCode = kept ? 0 : 2;

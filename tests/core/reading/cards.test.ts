import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkPageWorker } from '../../../src/main/core/documents/fork-page-worker.ts';
import { createPageDesk, type PageDesk } from '../../../src/main/core/documents/page-desk.ts';
import { makeCard, makeCards } from '../../support/cards/card-set.ts';
import { tallyCards } from '../../support/cards/read-cards.ts';
import { createRecordingLog } from '../../support/recording-log.ts';

/** The whole set is `npm run bench -- reading`; these twelve are the same on every machine. */
const [SEED, CARDS] = [11, 12];
const held: { desk?: PageDesk } = {};
const desk = (): PageDesk => held.desk ?? expect.fail('no desk');

beforeAll(() => {
  held.desk = createPageDesk({
    start: () => forkPageWorker(),
    // Nothing is too slow for a test.
    wait: (_ms, signal) => new Promise((done) => signal.addEventListener('abort', () => done(), { once: true })),
    log: createRecordingLog(),
  });
});
afterAll(() => held.desk?.stop());

describe('papers that were photographed badly', () => {
  it('are read well enough to propose, and what is shown as sure is right', { timeout: 600_000 }, async () => {
    const misses: unknown[] = [];
    const tallies = await tallyCards(desk(), makeCards(SEED, CARDS), (miss) => misses.push(miss));
    const sum = (of: 'cards' | 'right' | 'surelyWrong' | 'rightAndSure', papers: readonly string[]): number =>
      papers.reduce((total, paper) => total + (tallies.get(paper)?.[of] ?? 0), 0);
    const all = [...tallies.keys()];
    const figures = JSON.stringify([...tallies, ...misses]);
    expect(sum('right', ['ktp.nik']), figures).toBeGreaterThanOrEqual(4);
    expect(sum('right', ['stnk.nrkb', 'notice.nrkb']), figures).toBeGreaterThanOrEqual(5);
    expect(sum('right', all) / sum('cards', all), figures).toBeGreaterThan(0.6);
    expect(sum('surelyWrong', all), figures).toBe(0);
    expect(sum('rightAndSure', all), figures).toBeGreaterThan(4);
  });

  it('give nothing where the value is covered: a torn number is not completed', { timeout: 120_000 }, async () => {
    const card = await makeCard(5, 'ktp', { facts: { nik: '35060141' } });
    const found: string[] = [];
    const one = (async function* () {
      yield card;
    })();
    const tallies = await tallyCards(desk(), one, ({ read }) => found.push(read));
    expect(found).toEqual(['']);
    expect(tallies.get('ktp.nik')).toMatchObject({ nothing: 1 });
  });
});

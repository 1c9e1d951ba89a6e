import { describe, expect, it } from 'vitest';
import { evidenceReported } from './checkers/c05-evidence-reported.ts';
import { papersInJournal } from './checkers/c07-papers-in-journal.ts';
import type { FinalState } from './checkers/final-state.ts';
import { createTruth, type Evidence, type Paper, type Truth } from './world/truth.ts';

type Row = Readonly<Record<string, unknown>>;

const NUMBER = '3506-008-01-2AD-000518-WG';
const paper = (payable: number, number = NUMBER): Paper => ({
  counter: 0,
  at: 0,
  kind: 'receipt',
  number,
  payable,
  proof: null,
});
const sale = (payable: number, receiptNumber = NUMBER): Row => ({
  text: JSON.stringify({ body: { receiptNumber, payable } }),
});

/** The end of a world in which computers of one device hold these rows; the province answers each question with its own. */
function stateOf(
  truth: Truth,
  computers: readonly (readonly Row[])[],
  province: (sql: string) => readonly Row[],
): FinalState {
  return {
    counters: computers.map((held, index) => ({
      index,
      deviceId: 'device',
      folder: '',
      markFiles: [],
      rows: () => held,
    })),
    province: (sql) => Promise.resolve(province(sql)),
    rootKey: '',
    papers: truth.papers,
    truth,
  };
}

describe('the checker of papers', () => {
  const problems = (
    papers: readonly Paper[],
    there: readonly Row[],
    lose: (truth: Truth) => void = () => undefined,
  ) => {
    const truth = createTruth();
    truth.papers.push(...papers);
    lose(truth);
    return papersInJournal(stateOf(truth, [[sale(284_000)]], () => there));
  };

  it('finds a number that no journal has, and one with another sum', async () => {
    expect(await problems([paper(284_000)], [])).toEqual([]);
    expect(await problems([paper(294_400)], [])).toMatchObject([expect.stringContaining('says 294400')]);
    expect(await problems([paper(284_000, '3506-008-01-2AD-000519-AA')], [])).toMatchObject([
      expect.stringContaining('in no journal'),
    ]);
  });

  it('takes two papers of one number where both sales are somewhere: here, or at the province beside the chain', async () => {
    expect(await problems([paper(284_000), paper(294_400)], [sale(294_400)])).toEqual([]);
  });

  it('knows a paper whose sale was lost with the province by number and sum, also where the number was given again', async () => {
    const lose = (restored: boolean) => (truth: Truth) => {
      truth.destroyed.push({ deviceId: 'device', stick: '', sent: [{ number: NUMBER, payable: 294_400 }] });
      if (restored) Object.assign(truth.rollback, { from: 1, to: 2 });
    };
    expect(await problems([paper(284_000), paper(294_400)], [], lose(true))).toEqual([]);
    expect(await problems([paper(294_500)], [], lose(true))).toHaveLength(1);
    expect(await problems([paper(294_400)], [], lose(false))).toHaveLength(1);
  });
});

describe('the checker of evidence', () => {
  const journal = (...hashes: readonly string[]): readonly Row[] => hashes.map((hash) => ({ hash }));
  const PARTED = [journal('a', 'b', 'c'), journal('a', 'b', 'd')];
  const problems = (
    evidence: Evidence,
    incidents: readonly (readonly [string, number])[],
    forks: readonly Row[] = [],
    computers = PARTED,
  ) => {
    const truth = createTruth();
    truth.evidence.push(evidence);
    const rows = incidents.map(([kind, at]) => ({ device_id: 'device', kind, at }));
    return evidenceReported(stateOf(truth, computers, (sql) => (sql.includes('incident') ? rows : forks)));
  };
  const putBack: Evidence = { kind: 'device-rollback', deviceId: 'device', at: 10 };

  it('asks for a report of the same device after the fact', async () => {
    expect(await problems(putBack, [['DEVICE_ROLLBACK', 11]])).toEqual([]);
    expect(await problems(putBack, [['DEVICE_ROLLBACK', 9]])).toHaveLength(1);
    expect(await problems({ ...putBack, deviceId: 'other' }, [['DEVICE_ROLLBACK', 11]])).toHaveLength(1);
    expect(await problems(putBack, [['GAP_REFUSED', 11]])).toHaveLength(1);
  });

  it('takes the word that a device exists twice for a computer that was put back, and not the other way round', async () => {
    expect(await problems(putBack, [['CLONE', 5]])).toEqual([]);
    expect(await problems(putBack, [['FORK', 11]])).toEqual([]);
    const cloned: Evidence = { ...putBack, kind: 'clone' };
    expect(await problems(cloned, [['FORK', 11]])).toEqual([]);
    expect(await problems(cloned, [['DEVICE_ROLLBACK', 11]])).toMatchObject([
      expect.stringContaining('DEVICE_ROLLBACK at 11'),
    ]);
    // Of two computers of which only one has written nobody can know.
    expect(await problems(cloned, [], [], [journal('a'), journal('a', 'b')])).toEqual([]);
    expect(await problems(cloned, [])).toHaveLength(1);
    const restored: Evidence = { kind: 'server-rollback', deviceId: null, at: 10 };
    expect(await problems(restored, [['FORK', 11]])).toHaveLength(1);
  });

  it('asks for a report of every fork that is kept', async () => {
    expect(await problems(putBack, [['DEVICE_ROLLBACK', 11]], [{ device_id: 'device' }])).toHaveLength(1);
    expect(await problems(putBack, [['FORK', 11]], [{ device_id: 'device' }])).toEqual([]);
  });
});

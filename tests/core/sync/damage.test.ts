import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { openForBusiness, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { byFlashdisk } from '../../support/flashdisk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';

/** Bits of the disk change under the running counter: triggers guard against a program, not against that. */
function rot(counter: TestCounter, seqs: readonly number[]): void {
  const file = join(counter.config.dataDir, DATABASE_FILE);
  const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 5000 });
  handle.exec('DROP TRIGGER IF EXISTS entry_refuses_update');
  handle.exec('PRAGMA ignore_check_constraints = ON');
  for (const seq of seqs) handle.exec(`UPDATE entry SET text = replace(text, '"v":1', '"v":7') WHERE seq = ${seq}`);
  handle.close();
}

const arrivals = async (counter: TestCounter, count: number): Promise<readonly number[]> => {
  for (let citizen = 0; citizen < count; citizen += 1) {
    await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
  }
  await expect.poll(() => counter.bodies('print.settled').length).toBeGreaterThanOrEqual(count);
  return counter
    .rows(`SELECT seq FROM entry WHERE type = 'arrival.recorded' ORDER BY seq`)
    .map(({ seq }) => Number(seq));
};
const verdicts = (counter: TestCounter): ReadonlyMap<number, string> =>
  new Map(
    counter.rows('SELECT seq, state, verdict FROM delivery').map(({ seq, verdict }) => [Number(seq), String(verdict)]),
  );
const damagedEpochs = (counter: TestCounter) =>
  counter.bodies('epoch.opened').filter(({ reason }) => reason === 'damaged');

describe('rotten rows of the journal', () => {
  const province = useProvince();

  it('are sent once as bytes, declared by an epoch each, and hold up no good entry', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    const seqs = await arrivals(counter, 12);
    const rotten = [seqs[2], seqs[5], seqs[9]].map(Number);
    rot(counter, rotten);
    counter.line.set('pass');
    const good = counter.rows('SELECT max(seq) AS seq FROM entry')[0]?.['seq'];
    const { items } = await sync(counter);
    const said = verdicts(counter);
    for (let seq = 1; seq <= Number(good); seq += 1) {
      expect(said.get(seq), String(seq)).toMatch(rotten.includes(seq) ? /^QUARANTINED:DAMAGED$/ : /ACCEPTED$/);
    }
    // No good entry waited for a second batch: the first push named all of them.
    const firstLate = items.findIndex(({ seq }) => seq > Number(good));
    expect(items.slice(firstLate).every(({ seq }) => seq > Number(good))).toBe(true);
    expect(damagedEpochs(counter).map(({ declaredGap }) => declaredGap)).toMatchObject(
      rotten.map((seq) => ({ fromSeq: seq, toSeq: seq })),
    );
    // Shown for ever, and never sent again; also where only the newest of all are asked for.
    expect(await counter.get('outbox.view', {})).toMatchObject({ quarantined: rotten.length, unsent: 0 });
    const newest = await counter.get('outbox.view', { show: 'all', limit: 2 });
    expect(newest.rows.map(({ state }) => state)).toEqual([
      ...rotten.map(() => 'quarantined'),
      ...['acknowledged', 'acknowledged'],
    ]);
    expect(newest.rows.slice(0, rotten.length).map(({ seq }) => seq)).toEqual(rotten);
    // Each is a case of its own, of a supervisor who has the paper; its page and its letter need nothing that is rotten.
    const cases = await counter.get('exceptions.list', {});
    expect(cases.map(({ kind, owner, caseId }) => [kind, owner, caseId])).toEqual(
      rotten.map((seq) => ['damaged-entry', 'supervisor', `entry-${String(seq)}`]),
    );
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: rotten.length });
    const caseId = `entry-${String(rotten[0])}`;
    expect((await counter.get('cases.page', { caseId })).steps).toMatchObject([
      { step: 'send-again', state: 'done' },
      { step: 'compare-entries', state: 'next' },
      { step: 'wait-for-province', state: 'later' },
    ]);
    expect(await counter.get('cases.print-letter', { caseId })).toMatchObject({ kind: 'case-letter' });
    await sync(counter);
    const epochs = counter.bodies('epoch.opened').length;
    await sync(counter);
    expect(counter.bodies('epoch.opened')).toHaveLength(epochs);
    expect(await counter.get('outbox.view', {})).toMatchObject({ quarantined: rotten.length, unsent: 0 });
  });

  it('travel on a flashdisk as they do over a line', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    const seqs = await arrivals(counter, 4);
    rot(counter, [Number(seqs[1]), Number(seqs[2])]);
    const stick = temporaryFolder();
    const { taken } = await byFlashdisk(counter, province(), stick);
    expect(taken).toMatchObject({ quarantined: 2 });
    expect(damagedEpochs(counter).length).toBeGreaterThan(0);
    const { taken: rest } = await byFlashdisk(counter, province(), stick);
    expect(rest).toMatchObject({ quarantined: 0, problems: [] });
    counter.line.set('pass');
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 2 });
  });

  it('are declared also where the first answer was lost on its way', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    const seqs = await arrivals(counter, 4);
    rot(counter, [Number(seqs[1])]);
    counter.line.set('pass');
    counter.line.next('/v1/push', 'lose-answer');
    await counter.ask('outbox.send-now', {});
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 1 });
    expect(damagedEpochs(counter)).toMatchObject([{ declaredGap: { fromSeq: seqs[1], toSeq: seqs[1] } }]);
    expect(verdicts(counter).get(Number(seqs[1]))).toBe('QUARANTINED:DAMAGED');
  });

  it('beyond what one push may carry wait for the next push, and the good ones before them go', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    const seqs = await arrivals(counter, 26);
    rot(counter, seqs.slice(1, 25));
    counter.line.set('pass');
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 24 });
    const said = verdicts(counter);
    expect(said.get(Number(seqs[0]))).toMatch(/ACCEPTED$/);
    expect(said.get(Number(seqs[25]))).toMatch(/ACCEPTED$/);
  });
});

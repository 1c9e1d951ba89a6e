import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledByFile, enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { byFlashdisk, carried, feedsOnStick, filesOn } from '../../support/flashdisk.ts';
import { TEST_PRINTERS } from '../../support/test-printer.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const states = (counter: TestCounter) =>
  counter.rows(`SELECT state FROM delivery WHERE lane = 'money' ORDER BY seq`).map(({ state }) => state);
const receipts = (counter: TestCounter) => counter.rows('SELECT hash FROM custody_receipt ORDER BY hash');
const cursors = (counter: TestCounter) =>
  counter.rows(`SELECT feed, scope, version, page_hash FROM feed_cursor WHERE feed <> 'registry' ORDER BY feed, scope`);

/** Papers of a citizen: money's lane without a sale, so that one province serves many tests. */
const leavePapers = (counter: TestCounter) =>
  counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });

describe('entries on a flashdisk', () => {
  const province = useProvince();
  const offline = async (): Promise<TestCounter> => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    return counter;
  };

  it('reach the province, and its answer closes each item exactly as a line would', async () => {
    const counter = await offline();
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    await sellOffline(counter, 'AG 3456 EF');
    const stick = temporaryFolder();
    await changePolicy(province(), 'complaintPhone=(031) 555-0101');
    const { exported, imported, taken } = await byFlashdisk(counter, province(), stick);
    expect(filesOn(stick)[0]).toMatch(new RegExp(`^3506-017-\\d\\d-${exported.fromSeq}-${exported.toSeq}[.]opop$`));
    expect(imported).toMatchObject({ complete: true, problems: [] });
    expect(taken).toMatchObject({ closed: exported.entries, quarantined: 0, complete: true, problems: [] });
    expect(states(counter)).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
    // The answer brought the feeds as well, and what was carried counts as a contact.
    expect(counter.rows('SELECT text FROM policy ORDER BY applied_no DESC LIMIT 1')[0]?.['text']).toContain('555-0101');
    expect(counter.bodies('bundle.exported')).toMatchObject([{ fromSeq: exported.fromSeq, toSeq: exported.toSeq }]);
    expect(counter.bodies('answer.imported')).toMatchObject([{ bundleId: exported.bundleId }]);
    await province().book();
    const again = await byFlashdisk(counter, province(), stick);
    expect(again.taken.pages).toBeGreaterThan(0);
    const view = await counter.get('transactions.get', { transactionId });
    expect(view.row.axes).toMatchObject({ delivery: 'acknowledged', central: 'booked' });
  });

  it('are `exported` before the first byte is written, and can be written again when the stick fails', async () => {
    const counter = await offline();
    await leavePapers(counter);
    const media = temporaryFolder();
    // The folder of a stick goes with it, and nothing of its name may stay behind on the computer itself.
    for (const nowhere of [join(media, 'pulled'), join(media, 'pulled', 'folder')]) {
      const refused = await counter.refusal('bundle.export', { to: nowhere });
      expect(refused).toEqual({ code: 'EXPORT_FAILED', details: { reason: 'NOT_THERE' } });
    }
    expect(readdirSync(media)).toEqual([]);
    // Nothing could have left, so nothing is said.
    expect(states(counter)).toEqual(['queued', 'queued']);
    expect(counter.bodies('bundle.exported')).toEqual([]);
    const stick = temporaryFolder();
    mkdirSync(join(stick, 'full.opop.unfinished'));
    const full = await counter.refusal('bundle.export', { to: join(stick, 'full.opop') });
    expect(full).toMatchObject({ code: 'EXPORT_FAILED' });
    // Bytes may have left: the rows say so, and nothing keeps them from going again.
    expect(states(counter)).toEqual(['exported', 'exported']);
    const { taken } = await byFlashdisk(counter, province(), stick);
    expect(taken).toMatchObject({ quarantined: 0, problems: [] });
    expect(states(counter)).toEqual(['acknowledged', 'acknowledged']);
  });

  it('are not written where nothing waits, or where no key of the province is known to seal them', async () => {
    const counter = await enrolledCounter(province());
    await sync(counter);
    expect(await counter.refusal('bundle.export', { to: temporaryFolder() })).toEqual({ code: 'NOTHING_TO_SEND' });
  });

  it('are all the road that a counter ever has: enrolled by two files, fed by one, it sells, sends and hears of the booking', async () => {
    const counter = await enrolledByFile(province());
    const stick = temporaryFolder();
    const deviceId = String(counter.rows('SELECT device_id FROM device')[0]?.['device_id']);
    const fed = await counter.get('answer.import', { file: await feedsOnStick(province(), deviceId, stick) });
    expect(fed).toMatchObject({ complete: true, problems: [], closed: 0 });
    await openForBusiness(counter);
    await counter.get('printing.set-printers', { printers: [...TEST_PRINTERS] });
    const { transactionId } = await sellOffline(counter, 'AG 1111 HI');
    const { exported, taken } = await byFlashdisk(counter, province(), stick);
    expect(taken).toMatchObject({ closed: exported.entries, quarantined: 0, problems: [] });
    await province().book();
    await byFlashdisk(counter, province(), stick);
    const view = await counter.get('transactions.get', { transactionId });
    expect(view.row.axes).toMatchObject({ delivery: 'acknowledged', central: 'booked' });
    expect(counter.line.requests).toEqual([]);
  });

  it('can be read by the province alone: no name, plate, or number stands in the file', async () => {
    const counter = await offline();
    await leavePapers(counter);
    const { file, bytes } = await counter.get('bundle.export', { to: temporaryFolder() });
    const written = readFileSync(file);
    expect(written.length).toBe(bytes);
    expect(written.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    for (const word of ['ZZZ', 'Umi', 'arrival', 'deviceId']) expect(written.includes(word)).toBe(false);
  });

  it('have the same end by line, by stick, or by both in any order and any number of times', async () => {
    const ends: unknown[] = [];
    const roads = ['line', 'stick', 'stick-line', 'line-stick', 'twice', 'late-answer'] as const;
    for (const road of roads) {
      const counter = await offline();
      await leavePapers(counter);
      const stick = temporaryFolder();
      const exported = road === 'line' ? null : await counter.get('bundle.export', { to: stick });
      const first = exported === null || road === 'line-stick' ? null : await carried(province(), exported.file);
      counter.line.set('pass');
      if (road === 'line' || road.endsWith('line') || road === 'late-answer' || road === 'line-stick')
        await sync(counter);
      const second = exported === null ? null : await carried(province(), exported.file);
      for (const answer of [second?.answer, first?.answer]) {
        if (answer !== undefined) await counter.get('answer.import', { file: answer });
        if (answer !== undefined && road === 'twice') await counter.get('answer.import', { file: answer });
      }
      await sync(counter);
      const [device] = counter.rows('SELECT device_id FROM device');
      const { db } = province().province.context;
      const entries = await db
        .selectFrom('entry')
        .select(['type', 'verdict'])
        .where('device_id', '=', String(device?.['device_id']))
        .where('type', 'in', ['arrival.recorded', 'cash-session.opened'])
        .orderBy('seq')
        .execute();
      const verdicts = counter
        .rows(`SELECT state, verdict FROM delivery WHERE lane = 'money' ORDER BY seq`)
        .map(({ state, verdict }) => [state, String(verdict).replace('DUPLICATE:', '')]);
      const feeds = counter.rows(`SELECT feed, version FROM feed_cursor WHERE scope = 'all' ORDER BY feed`);
      ends.push({ entries, verdicts, feeds, view: (await counter.get('outbox.view', {})).unsent });
    }
    for (const end of ends) expect(end).toEqual(ends[0]);
  });

  it('are closed as far as an answer verifies, wherever it was cut, and the rest by the next one', async () => {
    const counter = await offline();
    await leavePapers(counter);
    const stick = temporaryFolder();
    const { file } = await counter.get('bundle.export', { to: stick });
    const { answer } = await carried(province(), file);
    const whole = readFileSync(answer);
    const cutFile = join(stick, 'cut.opop');
    let before = states(counter);
    for (const part of [0, 0.02, 0.3, 0.6, 0.95, 1 - 1 / whole.length]) {
      writeFileSync(cutFile, whole.subarray(0, Math.floor(whole.length * part)));
      const taken = await counter.ask('answer.import', { file: cutFile });
      if (taken.ok) expect(taken.value.complete).toBe(false);
      else expect(taken.error).toMatchObject({ code: 'ANSWER_REFUSED' });
      // Never back: what one cut has closed stays closed.
      const after = states(counter);
      for (const [index, state] of before.entries()) if (state === 'acknowledged') expect(after[index]).toBe(state);
      before = after;
    }
    expect(await counter.get('answer.import', { file: answer })).toMatchObject({ complete: true, problems: [] });
    expect(states(counter)).toEqual(['acknowledged', 'acknowledged']);
    const [closed, kept, feeds] = [states(counter), receipts(counter), cursors(counter)];
    const entries = counter.rows('SELECT count(*) AS n FROM entry');
    expect(await counter.get('answer.import', { file: answer })).toMatchObject({ closed: 0, pages: 0, problems: [] });
    expect([states(counter), receipts(counter), cursors(counter)]).toEqual([closed, kept, feeds]);
    // An answer that brought nothing new leaves no entry.
    expect(counter.rows('SELECT count(*) AS n FROM entry')).toEqual(entries);
  });

  it('are not closed by an answer to another counter, by a bundle, by noise, or by no file at all', async () => {
    const counter = await offline();
    await leavePapers(counter);
    const other = await offline();
    await leavePapers(other);
    const stick = temporaryFolder();
    const { file } = await other.get('bundle.export', { to: join(stick, 'other.opop') });
    const { answer } = await carried(province(), file);
    writeFileSync(join(stick, 'noise.opop'), Buffer.alloc(5000, 7));
    const before = [states(counter), receipts(counter), cursors(counter)];
    for (const [asked, reason] of [
      [answer, 'NOT_SEALED_TO_US'],
      [file, 'NOT_SEALED_TO_US'],
      [join(stick, 'noise.opop'), 'NOT_A_SEALED_FILE'],
      [join(stick, 'none.opop'), 'NOT_THERE'],
      [stick, 'NOT_THERE'],
      // The system answers EIO, as it does for a stick that goes away while it is read.
      ...(process.platform === 'linux' ? ([['/proc/self/mem', 'NOT_READABLE']] as const) : []),
    ] as const) {
      expect(await counter.refusal('answer.import', { file: asked })).toEqual({
        code: 'ANSWER_REFUSED',
        details: { reason },
      });
    }
    expect([states(counter), receipts(counter), cursors(counter)]).toEqual(before);
  });

  it('leave no half file behind on a stick that cannot be written', async () => {
    const counter = await offline();
    await leavePapers(counter);
    const stick = temporaryFolder();
    chmodSync(stick, 0o500);
    const answer = await counter.ask('bundle.export', { to: stick });
    chmodSync(stick, 0o700);
    // Root writes everywhere; whoever is not root is refused in words.
    if (process.getuid?.() !== 0) expect(answer).toMatchObject({ error: { details: { reason: 'NOT_WRITABLE' } } });
    expect(filesOn(stick).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
  });
});

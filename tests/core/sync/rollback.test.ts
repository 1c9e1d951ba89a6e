import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { helloAnswerSchema } from '../../../src/contract/sync-protocol.ts';
import { declareRestore } from '../../../src/province/restore/declare-restore.ts';
import { enterAs, openForBusiness, sellOnline, sync, unlock } from '../../support/at-the-counter.ts';
import { copiedCounter, enrolledCounter, restarted } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import type { LineAnswer } from '../../../src/main/core/ports.ts';
import type { Fate } from '../../support/test-line.ts';
import { openTestProvince, type TestProvince } from '../../support/test-province.ts';

const PUSH = '/v1/push';
const HELLO = '/v1/hello';
const POLICY = '/v1/feeds/policy';
const HOUR = 3_600_000;

const deviceIdOf = (counter: TestCounter): string =>
  String(counter.rows('SELECT device_id FROM device')[0]?.['device_id']);
const unsettled = (counter: TestCounter) =>
  counter.rows(`SELECT seq, state FROM delivery WHERE state <> 'acknowledged' ORDER BY seq`);
const epochs = (counter: TestCounter) => counter.bodies('epoch.opened');
const pagesOf = (counter: TestCounter, feed: string) =>
  counter.rows('SELECT to_version, incarnation FROM feed_page WHERE feed = ? ORDER BY rowid', feed);
const asked = (counter: TestCounter, path: string): number =>
  counter.line.requests.filter((one) => one.includes(path)).length;

/** A province for one test: what it loses, no other test misses. */
async function ownProvince(): Promise<TestProvince> {
  const province = await openTestProvince();
  onTestFinished(() => province.close());
  return province;
}

/** An old backup is at work: rows of one device after a place are gone. Triggers guard against a DELETE. */
async function loseAfter(province: TestProvince, counter: TestCounter, seq: number, pages = 0): Promise<void> {
  await province.province.context.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    const deviceId = deviceIdOf(counter);
    for (const table of ['entry', 'entry_waiting', 'sale', 'booking_work', 'decision'] as const) {
      const there = await sql<{ n: number }>`select count(*)::int as n from information_schema.columns
        where table_name = ${table} and column_name = 'seq'`.execute(tx);
      if ((there.rows[0]?.n ?? 0) === 0) continue;
      await sql`delete from ${sql.table(table)} where device_id = ${deviceId} and seq > ${seq}`.execute(tx);
    }
    if (pages > 0) {
      await sql`delete from feed_page where feed = 'policy' and to_version >
        (select max(to_version) - ${pages} from feed_page where feed = 'policy')`.execute(tx);
    }
  });
}

/** Time for a new hello. */
function later(province: TestProvince, counter: TestCounter): void {
  province.clock.now += HOUR + 100_000;
  counter.clock.pass(HOUR + 100_000);
}

/** Changes the answer to the hello on its way. */
function hello(change: (said: ReturnType<typeof helloAnswerSchema.parse>) => unknown): Fate {
  return {
    bend: (answer) => ({ ...answer, body: JSON.stringify(change(helloAnswerSchema.parse(JSON.parse(answer.body)))) }),
  };
}

describe('a province that came back from an older backup', () => {
  it('gets pushed again what it lost, is told in the journal once, and goes on after the restore was declared', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    await sellOnline(counter, 'AG 10 AP');
    await sync(counter);
    await changePolicy(province, 'complaintPhone=(031) 111');
    await changePolicy(province, 'complaintPhone=(031) 222');
    await sync(counter);
    const [{ seq: paid } = {}] = counter.rows(`SELECT seq FROM entry WHERE type = 'transaction.paid'`);
    await loseAfter(province, counter, Number(paid), 1);
    later(province, counter);
    const sent = await sync(counter);
    expect(sent).toMatchObject({ unsent: 0, quarantined: 0 });
    expect(sent.items.every(({ seq }) => seq > Number(paid))).toBe(true);
    expect(unsettled(counter)).toEqual([]);
    // Feeds stand still until a person has declared the restore; that is shown, and nothing is asked for.
    const status = await counter.get('counter.status', {});
    expect(status.notices.map(({ code }) => code)).toContain('FEEDS_FROZEN');
    await unlock(counter);
    const [one, ...others] = await counter.get('exceptions.list', {});
    expect(others).toEqual([]);
    expect(one).toMatchObject({ kind: 'server-rollback', owner: 'province', moneyPlace: 'beneficiaries', reason: '0' });
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: 1 });
    const rollback = { caseId: one?.caseId ?? '' };
    expect((await counter.get('cases.page', rollback)).steps.map(({ state }) => state)).toEqual(['next', 'later']);
    const pulls = asked(counter, '/v1/feeds/') + asked(counter, '/v1/news');
    await sync(counter);
    expect(asked(counter, '/v1/feeds/') + asked(counter, '/v1/news')).toBe(pulls);
    expect(counter.bodies('province.rolled-back')).toHaveLength(1);
    await declareRestore(province.province.context);
    await changePolicy(province, 'complaintPhone=(031) 333');
    await sync(counter);
    await sync(counter);
    expect((await counter.get('counter.status', {})).notices.map(({ code }) => code)).not.toContain('FEEDS_FROZEN');
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    // The newest page of the new incarnation stands on one that both sides hold; the last word received is in force.
    expect(counter.rows('SELECT text FROM policy ORDER BY applied_no DESC LIMIT 1')[0]?.['text']).toContain('333');
    const held = pagesOf(counter, 'policy');
    expect(new Set(held.map(({ incarnation }) => incarnation)).size).toBe(2);
    expect(counter.bodies('province.rolled-back')).toHaveLength(2);
    expect(await counter.get('device.verify', {})).toMatchObject({ ok: true });
  });

  /** The counter took a policy of before the restore once more, from an answer that came late, after it had gone back. */
  async function overtaken() {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    await changePolicy(province, 'complaintPhone=(031) 111');
    await sync(counter);
    await changePolicy(province, 'complaintPhone=(031) 222');
    const kept: LineAnswer[] = [];
    counter.line.next(POLICY, {
      bend: (answer) => {
        kept.push(answer);
        return answer;
      },
    });
    await sync(counter);
    const [answer] = kept;
    if (answer === undefined) throw new Error('the policy was pulled');
    const cursor = () => counter.rows(`SELECT version FROM feed_cursor WHERE feed = 'policy'`)[0]?.['version'];
    const before = Number(cursor());
    await loseAfter(province, counter, Number.MAX_SAFE_INTEGER, 1);
    await declareRestore(province.province.context);
    later(province, counter);
    await sync(counter);
    expect(cursor()).toBe(before - 1);
    counter.line.next('/v1/news', { bend: (said) => ({ ...said, body: JSON.stringify({ moved: [1] }) }) });
    counter.line.next(POLICY, { answer });
    await sync(counter);
    expect(cursor()).toBe(before);
    return { province, counter, cursor, before, answer };
  }

  it('is not overtaken for good by an answer of before the restore that comes late', async () => {
    const { counter, cursor, before } = await overtaken();
    await sync(counter);
    expect(cursor()).toBe(before - 1);
    await unlock(counter);
    expect(await counter.get('device.verify', {})).toMatchObject({ ok: true });
  });

  it.each([1, 2, 3])('nor where it wrote %d pages itself since', async (pages) => {
    const { province, counter, cursor, before } = await overtaken();
    for (let page = 0; page < pages; page += 1) await changePolicy(province, `complaintPhone=(031) 33${page}`);
    await sync(counter);
    expect(cursor()).toBe(before - 1 + pages);
    const inForce = counter.rows('SELECT text FROM policy ORDER BY applied_no DESC LIMIT 1')[0]?.['text'];
    expect(inForce).toContain(`33${pages - 1}`);
    await unlock(counter);
    expect(await counter.get('device.verify', {})).toMatchObject({ ok: true });
  });

  it('nor where another late answer told it that its place is known', async () => {
    const { province, counter, cursor, before, answer } = await overtaken();
    await changePolicy(province, 'complaintPhone=(031) 330');
    await changePolicy(province, 'complaintPhone=(031) 331');
    // It looks back from what it took, and again what it hears is of before the restore.
    counter.line.next(POLICY, { answer });
    await sync(counter);
    expect(cursor()).toBe(before + 1);
    expect(counter.rows('SELECT text FROM policy ORDER BY applied_no DESC LIMIT 1')[0]?.['text']).toContain('331');
    expect(counter.rows('SELECT reason FROM feed_problem')).toEqual([]);
    await unlock(counter);
    expect(await counter.get('device.verify', {})).toMatchObject({ ok: true });
  });

  it('gets back the decisions that it gave out and lost, once, and the sale keeps its official number', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    const { transactionId } = await sellOnline(counter, 'AG 10 AP');
    await sync(counter);
    await province.book();
    await sync(counter);
    const before = await counter.get('transactions.get', { transactionId });
    expect(before.finalReceipt).not.toBeNull();
    const { db } = province.province.context;
    const deviceId = deviceIdOf(counter);
    await db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`delete from feed_page where feed = 'decisions' and scope = ${deviceId}`.execute(tx);
    });
    later(province, counter);
    await sync(counter);
    const returned = asked(counter, '/v1/returned-pages');
    expect(returned).toBe(1);
    expect(counter.log.lines.filter(({ event }) => event === 'pages.returned')).toHaveLength(1);
    later(province, counter);
    await sync(counter);
    // The province shows itself as before: the same pages are not sent again.
    expect(asked(counter, '/v1/returned-pages')).toBe(1);
    await unlock(counter);
    expect((await counter.get('transactions.get', { transactionId })).finalReceipt).toEqual(before.finalReceipt);
  });
});

describe('a gap that only the push finds', () => {
  it('is closed from the common place that the province names, in the same round', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    await sync(counter);
    const [{ seq: last } = {}] = counter.rows('SELECT max(seq) AS seq FROM entry');
    await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    // Between the hello and the push the province loses two entries: the link stays open.
    await loseAfter(province, counter, Number(last) - 2);
    const hellos = asked(counter, HELLO);
    const { items } = await sync(counter);
    expect(items[0]?.seq).toBe(Number(last) - 1);
    expect(unsettled(counter)).toEqual([]);
    expect(asked(counter, HELLO)).toBe(hellos);
  });

  it('is a reason on every row where the province names a place that this counter does not hold', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    const gap = { answer: 'GAP', common: { seq: 2, hash: 'A'.repeat(43) } };
    for (let time = 0; time < 3; time += 1)
      counter.line.next(PUSH, { answer: { status: 200, body: JSON.stringify(gap), headers: {} } });
    expect(await counter.refusal('outbox.send-now', {})).toMatchObject({
      code: 'PROVINCE_REFUSED',
      details: { reason: 'GAP' },
    });
    const { rows } = await counter.get('outbox.view', {});
    expect(rows.every(({ lastReason, state }) => lastReason === 'GAP' && state === 'sending')).toBe(true);
    await sync(counter);
    expect(unsettled(counter)).toEqual([]);
  });
});

describe('a device that was put back to an old image', () => {
  it('opens one new epoch that declares what it does not know any more, and goes on', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    await sync(counter);
    await counter.stop();
    const image = await copiedCounter(counter.folder, {
      folder: temporaryFolder(),
      clock: counter.clock,
      line: counter.line,
    });
    await image.stop();
    // The counter goes on after the image was taken ...
    const ahead = await restarted(counter);
    await openForBusinessAgain(ahead);
    await sync(ahead);
    const [{ seq: newest } = {}] = ahead.rows('SELECT max(seq) AS seq FROM entry');
    await ahead.stop();
    // ... and then the image is put to work in its place.
    const old = await copiedCounter(image.folder, {
      folder: temporaryFolder(),
      clock: counter.clock,
      line: counter.line,
    });
    const [{ seq: mine } = {}] = old.rows('SELECT max(seq) AS seq FROM entry');
    expect(await sync(old)).toMatchObject({ unsent: 0, quarantined: 0 });
    expect(epochs(old).at(-1)).toMatchObject({
      reason: 'rotate',
      declaredGap: { fromSeq: Number(mine) + 1, toSeq: Number(newest) },
    });
    const opened = epochs(old).length;
    later(province, old);
    await sync(old);
    expect(epochs(old)).toHaveLength(opened);
    expect(unsettled(old)).toEqual([]);
    await enterAs(old, 'petugas-1');
    expect(await old.get('device.verify', {})).toMatchObject({ ok: true });
  });
});

/** Somebody signs in and works on, in the session that stands open. */
async function openForBusinessAgain(counter: TestCounter): Promise<void> {
  await enterAs(counter, 'petugas-1');
  await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
}

describe('the province’s word in its hello', () => {
  it('that asks for a new epoch again and again gets one for each place that it names', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    await sync(counter);
    const { epoch } = JSON.parse(String(counter.rows('SELECT text FROM entry WHERE seq = 1')[0]?.['text'])) as {
      epoch: { n: number; nonce: string };
    };
    const before = epochs(counter).length;
    const aheads = [
      { epoch, seq: 90, hash: 'A'.repeat(43) },
      { epoch, seq: 90, hash: 'A'.repeat(43) },
      { epoch, seq: 91, hash: 'B'.repeat(43) },
    ];
    for (const ahead of aheads) {
      later(province, counter);
      counter.line.next(
        HELLO,
        hello((said) => ({ ...said, action: 'ROTATE', ahead })),
      );
      await sync(counter);
    }
    const opened = epochs(counter).slice(before);
    expect(opened.map(({ reason, declaredGap }) => [reason, declaredGap?.toSeq])).toEqual([
      ['rotate', 90],
      ['rotate', 91],
    ]);
  });

  it('that does not take lost pages is not given them again until it shows itself otherwise', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    await sync(counter);
    const taken = { status: 200, body: '{"adopted":0,"known":0,"refused":1}', headers: {} };
    const forget = (): void => {
      later(province, counter);
      counter.line.next(
        HELLO,
        hello((said) => ({ ...said, decisionsHead: null })),
      );
      counter.line.next('/v1/returned-pages', { answer: taken });
    };
    expect(pagesOf(counter, 'decisions').length).toBeGreaterThan(0);
    forget();
    await sync(counter);
    expect(asked(counter, '/v1/returned-pages')).toBe(1);
    forget();
    await sync(counter);
    expect(asked(counter, '/v1/returned-pages')).toBe(1);
  });

  it('is shown with its cause: what is asked of this device, and since when no version is common', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    for (const action of ['CLONE', 'REENROL', 'STOP_SELLING'] as const) {
      later(province, counter);
      counter.line.next(
        HELLO,
        hello((said) => ({ ...said, action })),
      );
      await sync(counter);
      const status = await counter.get('counter.status', {});
      expect(
        status.notices.map(({ code }) => code),
        action,
      ).toContain(action);
      expect(status.sellingStopped, action).toEqual([{ code: 'SELLING_STOPPED', details: { because: action } }]);
    }
    later(province, counter);
    const unsupported = JSON.stringify({ error: { code: 'PROTOCOL_UNSUPPORTED', message: 'PROTOCOL_UNSUPPORTED' } });
    counter.line.next(HELLO, { answer: { status: 409, body: unsupported, headers: {} } });
    await unlock(counter);
    await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    expect(await counter.refusal('outbox.send-now', {})).toMatchObject({ details: { reason: 'PROTOCOL_UNSUPPORTED' } });
    const status = await counter.get('counter.status', {});
    expect(status.notices).toContainEqual({
      code: 'PROTOCOL_UNSUPPORTED',
      sinceAt: counter.clock.wallMs(),
      details: {},
    });
    // Nothing is lost, and the next round asks again.
    expect(await sync(counter)).toMatchObject({ unsent: 0 });
    expect((await counter.get('counter.status', {})).notices).toEqual([]);
  });

  it('bounds what one push carries', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    await sync(counter);
    counter.line.set('down');
    for (let citizen = 0; citizen < 6; citizen += 1) {
      await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    }
    const [{ n: waiting } = {}] = counter.rows(`SELECT count(*) AS n FROM delivery WHERE state = 'queued'`);
    later(province, counter);
    counter.line.set('pass');
    counter.line.next(
      HELLO,
      hello((said) => ({ ...said, limits: { ...said.limits, pushMaxEntries: 2 } })),
    );
    const pushes = asked(counter, PUSH);
    await sync(counter);
    expect(unsettled(counter)).toEqual([]);
    expect(asked(counter, PUSH) - pushes).toBeGreaterThanOrEqual(Math.ceil(Number(waiting) / 2));
  });
});

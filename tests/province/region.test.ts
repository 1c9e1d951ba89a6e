import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decisionItemSchema } from '../../src/contract/feeds.ts';
import type { RegionDayAnswer, RegionDayEntriesAnswer, RegionDaysAnswer } from '../../src/contract/region-day.ts';
import type { RegionDayPaper } from '../../src/contract/day-paper.ts';
import type { RegionQualityAnswer, RegionSignalsAnswer } from '../../src/contract/region-insight.ts';
import type { RegionAnswer, RegionMonthAnswer, RegionQueueAnswer } from '../../src/contract/region.ts';
import { entryEnvelopeSchema } from '../../src/contract/journal-entry.ts';
import { BINDING_CONTEXT, bindingText } from '../../src/domain/approval.ts';
import { reversedLedgerLines } from '../../src/domain/ledger-lines.ts';
import { addDays, type LocalDate } from '../../src/domain/local-date.ts';
import { type Rupiah, rupiah } from '../../src/domain/rupiah.ts';
import { SHOW_PLATES } from '../../src/province/demo/show-plates.ts';
import { confirmDeposit } from '../../src/province/deposits/confirm-deposit.ts';
import { receiveCarried } from '../../src/province/ingest/carried.ts';
import { setOfficerActive } from '../../src/province/enrolment/officer-administration.ts';
import {
  announceClosure,
  delegate,
  endDelegation,
  giveRegion,
  moveOutlet,
  putHours,
  putRegion,
} from '../../src/province/region/regions.ts';
import { loadDay } from '../../src/province/region/load-day.ts';
import { readRegion } from '../../src/province/region/region-page.ts';
import { readPrincipals } from '../../src/province/region/scope.ts';
import { ProblemList } from '../../src/province/verify/problem-list.ts';
import { verifyDays } from '../../src/province/verify/verify-days.ts';
import { useProvince } from '../support/enrolled-counter.ts';
import { CounterDay, counterOf, SupervisorDesk } from '../support/outlet-days.ts';
import { sha, type TestDevice } from '../support/test-device.ts';
import { TEST_TODAY } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

const world = useProvince();
const [YESTERDAY, TWO_AGO, THREE_AGO] = [addDays(TEST_TODAY, -1), addDays(TEST_TODAY, -2), addDays(TEST_TODAY, -3)];
const [KEDIRI, NGANJUK, MALANG, JEMBER] = ['3506-017', '3518-004', '3507-012', '3509-031'] as const;
const PLATES = SHOW_PLATES.filter(({ decision }) => decision === 'booked').map(({ nrkb }) => nrkb);

const plates = { used: 0 };
const nextPlate = (): string => {
  const plate = PLATES[plates.used];
  plates.used += 1;
  if (plate === undefined) throw new Error('no show plate is left');
  return plate;
};

/** Kediri and Nganjuk are of one region, Malang and Jember of the other; who signs works at none of them. */
const desks: { kediri?: SupervisorDesk; malang?: SupervisorDesk; deputy?: SupervisorDesk } = {};
const desk = (name: 'kediri' | 'malang' | 'deputy'): SupervisorDesk => {
  const found = desks[name];
  if (found === undefined) throw new Error('the desks stand only once the tests run');
  return found;
};
const KEDIRI_BOSS = 'pengawas-3516-002';
const MALANG_BOSS = 'pengawas-3526-009';

const context = () => world().province.context;
const done = (result: { readonly ok: boolean }): void => expect(result).toMatchObject({ ok: true });

beforeAll(async () => {
  await putRegion(context(), 'kediri', 'UPT Kediri');
  await putRegion(context(), 'malang', 'UPT Malang');
  for (const [outletId, regionId] of [
    [KEDIRI, 'kediri'],
    [NGANJUK, 'kediri'],
    [MALANG, 'malang'],
    [JEMBER, 'malang'],
  ] as const) {
    done(await moveOutlet(context(), { outletId, regionId, fromOn: '2026-01-01' as LocalDate, saidBy: 'test' }));
  }
  done(await giveRegion(context(), KEDIRI_BOSS, 'kediri'));
  done(await giveRegion(context(), MALANG_BOSS, 'malang'));
  desks.kediri = await SupervisorDesk.of(world(), KEDIRI_BOSS, '3516-002');
  desks.malang = await SupervisorDesk.of(world(), MALANG_BOSS, '3526-009');
});

/** The page of a supervisor as the province keeps it. */
const pageOf = async (supervisorId: string) =>
  readRegion(context(), await readPrincipals(context().db, supervisorId, TEST_TODAY), { cursor: null, limit: 100 });

// Whatever a test did, by whichever road: what is kept of outlets is what would be worked out of nothing.
afterEach(async () => {
  const bosses = [KEDIRI_BOSS, MALANG_BOSS];
  const kept = [];
  for (const boss of bosses) kept.push(await pageOf(boss));
  await sql`delete from outlet_standing`.execute(context().db);
  for (const [at, boss] of bosses.entries()) expect(kept[at]).toEqual(await pageOf(boss));
});

const dayOf = (who: SupervisorDesk, outletId: string, businessOn: LocalDate) =>
  who.get<RegionDayAnswer>('/day', { outletId, businessOn });

/** What a signature says: what he saw on the page of the day. */
function signing(day: RegionDayAnswer, which: 'close' | 'reconciliation', note: string | null = null) {
  const { outletId, businessOn, match } = day;
  const legs = match.legs.map(({ explanations: _entries, more: _more, ...leg }) => leg);
  return { outletId, businessOn, ...day[which], journal: match.journal, legs, note };
}

const pushed = async (device: TestDevice): Promise<void> => {
  const { verdicts } = device.receiptOf(await device.push());
  const odd = verdicts.filter(({ verdict }) => !['ACCEPTED', 'DUPLICATE'].includes(verdict.verdict));
  expect(odd).toEqual([]);
};

/** Items of every part of a day. */
async function partItems(outletId: string, businessOn: LocalDate): Promise<readonly string[]> {
  const { parts } = await loadDay(context().db, { outletId, businessOn });
  return parts.flatMap(({ items }) => items);
}

const problemsOf = async () => {
  const problems = new ProblemList();
  await verifyDays(context().db, problems);
  return problems.listed;
};

/** The paper of a part, without the moment in which it was asked for. */
async function paperOf(who: SupervisorDesk, outletId: string, businessOn: LocalDate, part = 0) {
  const { asOf: _asOf, ...paper } = await who.get<RegionDayPaper>('/day-paper', { outletId, businessOn, part });
  return paper;
}

const legOf = (day: RegionDayAnswer, name: string) => day.match.legs.find(({ leg }) => leg === name);

describe('the day of an outlet', () => {
  it('is matched, its difference explained, closed without the bank, and reconciled with it', async () => {
    const device = await counterOf(world(), KEDIRI);
    const day = new CounterDay(world(), device, YESTERDAY, 'petugas-1').open(100_000);
    await day.sell(nextPlate());
    await day.sell(nextPlate());
    day.move('in', 20_000).store(50_000);
    day.close(5000);
    await pushed(device);
    const waiting = await dayOf(desk('kediri'), KEDIRI, YESTERDAY);
    expect(waiting).toMatchObject({ state: 'submitted', look: 'worked', regionName: 'UPT Kediri', isOwnWork: false });
    expect(waiting.match).toMatchObject({ journal: day.taken, open: ['counted'], settled: false });
    expect(waiting.transactions).toMatchObject({
      count: 2,
      axes: { business: { paid: 2 }, central: { 'not-booked': 2 }, print: { 'not-printed': 2 } },
    });
    expect(legOf(waiting, 'beneficiaries')).toMatchObject({ state: 'waiting' });
    await world().book();
    const booked = await dayOf(desk('kediri'), KEDIRI, YESTERDAY);
    expect(legOf(booked, 'beneficiaries')).toMatchObject({ state: 'equal', difference: 0 });
    expect(legOf(booked, 'counted')).toMatchObject({ difference: -5000, unexplained: -5000, state: 'open' });
    expect(legOf(booked, 'forms')).toMatchObject({ state: 'not-applicable' });
    expect(legOf(booked, 'bank')).toMatchObject({ state: 'waiting' });
    expect(booked.sessions).toMatchObject([
      { takings: day.taken, variance: 5000, sales: 2, by: { officerId: 'petugas-1' } },
    ]);

    // A difference is not signed in passing.
    const blind = await desk('kediri').decide('day.close-signed', signing(booked, 'close'));
    expect(blind).toMatchObject({ state: 'not-applied', refusal: 'DIFFERENCE_NEEDS_NOTE' });
    const queue = await desk('kediri').get<RegionQueueAnswer>('/queue', { kind: 'variance', cursor: null, limit: 10 });
    expect(queue.items).toMatchObject([{ outletId: KEDIRI, amount: 5000, mayNot: null, businessOn: YESTERDAY }]);
    const [item] = queue.items;
    const word = {
      kind: 'variance',
      subject: item?.subject,
      outletId: KEDIRI,
      decision: 'approved',
      evidence: item?.evidence,
    };
    expect(await desk('kediri').decide('day.queue-decided', { ...word, note: null })).toMatchObject({
      refusal: 'DIFFERENCE_NEEDS_NOTE',
    });
    const explained = await desk('kediri').decide('day.queue-decided', { ...word, note: 'Salah hitung kembalian.' });
    expect(explained).toMatchObject({ state: 'applied' });

    const draft = await paperOf(desk('kediri'), KEDIRI, YESTERDAY);
    expect(draft).toMatchObject({ close: null, reconciliation: null, now: { journal: day.taken } });
    expect(draft.content).toMatchObject({
      takings: day.taken,
      sessions: [{ variance: 5000, explanation: 'Salah hitung kembalian.', sales: 2 }],
      documents: { numbers: [{ count: 2 }] },
      heads: [{ seq: device.chain.length, hash: device.head?.hash }],
    });
    const owedOnPaper = draft.content.accounts.reduce((sum, { amount }) => sum + amount, 0);
    expect(owedOnPaper).toBe(day.taken);
    const ready = await dayOf(desk('kediri'), KEDIRI, YESTERDAY);
    expect(legOf(ready, 'counted')).toMatchObject({ unexplained: 0, state: 'explained' });
    expect(await desk('kediri').decide('day.close-signed', signing(ready, 'close'))).toMatchObject({
      state: 'applied',
    });
    const half = await paperOf(desk('kediri'), KEDIRI, YESTERDAY);
    expect(half).toMatchObject({ close: { officerId: KEDIRI_BOSS, note: null }, reconciliation: null });
    expect(half.close?.legs.find(({ leg }) => leg === 'counted')).toMatchObject({
      difference: -5000,
      explanations: [{ reason: 'variance', amount: -5000 }],
    });
    expect(half.now?.journal).toBe(day.taken);
    const early = await dayOf(desk('kediri'), KEDIRI, YESTERDAY);
    expect(early.state).toBe('approved');
    const tooEarly = await desk('kediri').decide('day.reconciliation-signed', signing(early, 'reconciliation'));
    expect(tooEarly).toMatchObject({ state: 'not-applied', refusal: 'NOT_SETTLED' });

    // The cash goes to the bank today; the statement comes with it.
    const cash = ready.cash.undeposited;
    expect(cash).toBe(day.taken - 5000);
    const brought = new CounterDay(world(), device, TEST_TODAY, 'petugas-1').deposit(cash);
    await pushed(device);
    expect((await dayOf(desk('kediri'), KEDIRI, YESTERDAY)).cash).toMatchObject({ inTransit: cash, undeposited: 0 });
    done(
      await confirmDeposit(context(), {
        depositId: brought,
        confirmedOn: TEST_TODAY,
        amount: rupiah(cash),
        saidBy: 'bank',
      }),
    );
    const settled = await dayOf(desk('kediri'), KEDIRI, YESTERDAY);
    expect(settled.match.settled).toBe(true);
    expect(settled.deposits).toMatchObject([{ depositId: brought, confirmed: cash }]);
    const word2 = await desk('kediri').decide('day.reconciliation-signed', signing(settled, 'reconciliation'));
    expect(word2).toMatchObject({ state: 'applied' });
    const over = await dayOf(desk('kediri'), KEDIRI, YESTERDAY);
    expect(over.state).toBe('reconciled');
    expect(over.parts).toMatchObject([
      { close: { officerId: KEDIRI_BOSS }, reconciliation: { officerId: KEDIRI_BOSS } },
    ]);
  });

  it('takes a late item as a supplement, and what was signed never changes', async () => {
    const signed = await dayOf(desk('kediri'), KEDIRI, YESTERDAY);
    const paper = await paperOf(desk('kediri'), KEDIRI, YESTERDAY);
    expect(paper).toMatchObject({ now: null, content: { part: 0, itemsHash: signed.parts[0]?.itemsHash } });
    expect(paper.reconciliation).toMatchObject({
      name: signed.parts[0]?.reconciliation?.name,
      device: { deviceId: desk('kediri').device.deviceId, outletId: '3516-002' },
    });
    expect(paper.reconciliation?.legs.find(({ leg }) => leg === 'bank')).toMatchObject({ state: 'explained' });
    const late = await counterOf(world(), KEDIRI);
    const day = new CounterDay(world(), late, YESTERDAY, 'petugas-2').open();
    await day.sell(nextPlate());
    day.close();
    await pushed(late);
    await world().book();
    const after = await dayOf(desk('kediri'), KEDIRI, YESTERDAY);
    expect(after.state).toBe('submitted');
    expect(after.parts.map(({ items }) => items)).toEqual([signed.parts[0]?.items, 4]);
    expect(after.parts[0]).toEqual(signed.parts[0]);
    expect(after.close).toMatchObject({ part: 1, items: 4 });
    // The paper of what was signed is the same; the late items have one of their own.
    expect(await paperOf(desk('kediri'), KEDIRI, YESTERDAY)).toEqual(paper);
    const supplement = await paperOf(desk('kediri'), KEDIRI, YESTERDAY, 1);
    expect(supplement).toMatchObject({ close: null, content: { part: 1, items: 4, takings: day.taken } });
    expect(await desk('kediri').ask('/day-paper', { outletId: KEDIRI, businessOn: YESTERDAY, part: 2 })).toMatchObject({
      status: 404,
    });
    expect(await problemsOf()).toEqual([]);
    expect(await desk('kediri').decide('day.close-signed', signing(after, 'close'))).toMatchObject({
      state: 'applied',
    });
    expect(await problemsOf()).toEqual([]);
  });

  it('lets one item stand apart without holding the rest, and takes it up again when it is answered', async () => {
    const device = await counterOf(world(), NGANJUK);
    const day = new CounterDay(world(), device, TWO_AGO, 'petugas-1-3518-004').open();
    const { entry } = await day.sell(nextPlate());
    day.close();
    await pushed(device);
    await world().book();
    const who = desk('kediri');
    const of = { outletId: NGANJUK, businessOn: TWO_AGO, item: entry.hash };
    expect(await who.decide('day.item-returned', { ...of, reason: 'Foto KTP buram.' })).toMatchObject({
      state: 'applied',
    });
    const apart = await dayOf(who, NGANJUK, TWO_AGO);
    expect(apart.apart).toMatchObject([{ item: entry.hash, standing: 'returned', reason: 'Foto KTP buram.' }]);
    expect(await who.decide('day.close-signed', signing(apart, 'close'))).toMatchObject({ state: 'applied' });
    expect((await dayOf(who, NGANJUK, TWO_AGO)).state).toBe('returned');
    expect(await who.decide('day.item-settled', { ...of, reason: 'Foto baru ada.' })).toMatchObject({
      state: 'applied',
    });
    const again = await dayOf(who, NGANJUK, TWO_AGO);
    expect(again.parts.at(-1)).toMatchObject({ number: 1, items: 1, close: null });
    const gone = await who.decide('day.item-held', { ...of, item: again.parts[0]?.itemsHash, reason: 'x' });
    expect(gone).toMatchObject({ refusal: 'ITEM_UNKNOWN' });
    expect(await problemsOf()).toEqual([]);
  });

  it('is not signed by whoever worked on it, nor on a list that has changed since', async () => {
    const device = await counterOf(world(), NGANJUK);
    new CounterDay(world(), device, THREE_AGO, KEDIRI_BOSS).open().close();
    await pushed(device);
    const own = await dayOf(desk('kediri'), NGANJUK, THREE_AGO);
    expect(own.isOwnWork).toBe(true);
    const refused = await desk('kediri').decide('day.close-signed', signing(own, 'close'));
    expect(refused).toMatchObject({ state: 'not-applied', refusal: 'OWN_WORK' });
    const apart = { outletId: NGANJUK, businessOn: THREE_AGO, item: own.parts[0]?.itemsHash, reason: 'x' };
    expect(await desk('kediri').decide('day.item-held', apart)).toMatchObject({ refusal: 'OWN_WORK' });
    const other = await counterOf(world(), MALANG);
    new CounterDay(world(), other, THREE_AGO, 'petugas-1-3507-012').open().close();
    await pushed(other);
    const seen = await dayOf(desk('malang'), MALANG, THREE_AGO);
    new CounterDay(world(), other, THREE_AGO, 'petugas-2-3507-012').open().close();
    await pushed(other);
    const changed = await desk('malang').decide('day.close-signed', signing(seen, 'close'));
    expect(changed).toMatchObject({ state: 'not-applied', refusal: 'ITEMS_CHANGED' });
  });

  it('pages its entries so that nothing is lost or shown twice while more come', async () => {
    const device = await counterOf(world(), JEMBER);
    const day = new CounterDay(world(), device, TWO_AGO, 'petugas-1-3509-031').open(50_000);
    day.move('in', 1000).move('in', 2000).move('out', 3000);
    await pushed(device);
    const of = { outletId: JEMBER, businessOn: TWO_AGO, type: null };
    const first = await desk('malang').get<RegionDayEntriesAnswer>('/day-entries', { ...of, cursor: null, limit: 2 });
    day.move('in', 4000).close();
    await pushed(device);
    const hashes = first.entries.map(({ entryHash }) => entryHash);
    for (let next = first.next; next !== null; ) {
      const page = await desk('malang').get<RegionDayEntriesAnswer>('/day-entries', { ...of, cursor: next, limit: 2 });
      hashes.push(...page.entries.map(({ entryHash }) => entryHash));
      next = page.next;
    }
    expect(hashes).toEqual(device.chain.map(({ hash }) => hash));
    expect(first.entries[1]).toMatchObject({ type: 'cash.moved', part: 0, by: { officerId: 'petugas-1-3509-031' } });
  });
});

describe('two supervisors', () => {
  beforeAll(async () => {
    const letter = { fromOfficer: KEDIRI_BOSS, toOfficer: MALANG_BOSS, letterNumber: '800/17/2026', saidBy: 'test' };
    done(await delegate(context(), { ...letter, fromOn: TEST_TODAY, toOn: TEST_TODAY }));
    desks.deputy = await SupervisorDesk.of(world(), MALANG_BOSS, '3526-009');
  });

  it('at once: one wins, the other is told whose word was first, and nothing is decided twice', async () => {
    const device = await counterOf(world(), KEDIRI);
    const on = addDays(TEST_TODAY, -4);
    new CounterDay(world(), device, on, 'petugas-1').open().close();
    await pushed(device);
    const [mine, his] = [desk('kediri'), desk('deputy')];
    const day = await dayOf(mine, KEDIRI, on);
    const theirs = await dayOf(his, KEDIRI, on);
    const { delegations } = await his.get<RegionAnswer>('', { cursor: null, limit: 1 });
    expect(delegations).toMatchObject([{ fromOfficerId: KEDIRI_BOSS, letterNumber: '800/17/2026' }]);
    const delegationId = delegations[0]?.delegationId;
    const words = [
      mine.say('day.close-signed', signing(day, 'close')),
      his.say('day.close-signed', { ...signing(theirs, 'close'), delegationId }),
    ] as const;
    await Promise.all([mine.send(), his.send()]);
    const outcomes = [await mine.outcome(words[0]), await his.outcome(words[1])];
    expect(outcomes.map((one) => one?.state).sort()).toEqual(['applied', 'not-applied']);
    const winner = outcomes[0]?.state === 'applied' ? KEDIRI_BOSS : MALANG_BOSS;
    const told = outcomes.find((one) => one?.state === 'not-applied');
    expect(told).toMatchObject({ refusal: 'ALREADY_SIGNED', firstBy: { officerId: winner } });
    // The line went and the list is sent once more: the state is known, and nothing changes.
    await Promise.all([mine.send(), his.send()]);
    expect([await mine.outcome(words[0]), await his.outcome(words[1])]).toEqual(outcomes);
    const after = await dayOf(mine, KEDIRI, on);
    expect(after.decisions.map(({ applied }) => applied).sort()).toEqual([false, true]);
    expect(after.parts[0]?.close?.officerId).toBe(winner);
  });

  it('a letter counts on its days and until it is ended, and only where the word names it', async () => {
    const device = await counterOf(world(), NGANJUK);
    const on = addDays(TEST_TODAY, -5);
    new CounterDay(world(), device, on, 'petugas-1-3518-004').open().close();
    await pushed(device);
    const his = desk('deputy');
    const day = await dayOf(his, NGANJUK, on);
    expect(await his.decide('day.close-signed', signing(day, 'close'))).toMatchObject({ refusal: 'OUT_OF_SCOPE' });
    const { delegations } = await his.get<RegionAnswer>('', { cursor: null, limit: 1 });
    const delegationId = delegations[0]?.delegationId ?? '';
    done(await endDelegation(context(), delegationId, TEST_TODAY));
    const ended = await his.decide('day.close-signed', { ...signing(day, 'close'), delegationId });
    expect(ended).toMatchObject({ state: 'not-applied', refusal: 'OUT_OF_SCOPE' });
    expect(await his.ask('/day', { outletId: NGANJUK, businessOn: on })).toMatchObject({ status: 403 });
  });
});

describe('a region', () => {
  const page = { cursor: null, limit: 50 };
  const ALL: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['', page],
    ['/days', { on: null, waiting: 'all', ...page }],
    ['/queue', { kind: null, ...page }],
    ['/month', { month: '2026-03', ...page }],
    ['/outcomes', { hashes: ['A'.repeat(43)] }],
    ['/day', { outletId: KEDIRI, businessOn: YESTERDAY }],
    ['/signals', page],
    ['/quality', { cursor: null, limit: 20 }],
    ['/day-paper', { outletId: KEDIRI, businessOn: YESTERDAY, part: 0 }],
    ['/day-transactions', { outletId: KEDIRI, businessOn: YESTERDAY, ...page }],
    ['/day-entries', { outletId: KEDIRI, businessOn: YESTERDAY, type: null, ...page }],
  ];

  it.each(ALL)('tells nothing of it to a device of another, nor in the name of another: %s', async (path, payload) => {
    const counter = await counterOf(world(), KEDIRI);
    const asked = await counter.request('POST', `/v1/region${path}`, { supervisorId: KEDIRI_BOSS, ...payload });
    expect(asked).toMatchObject({ status: 403, json: { error: { code: 'NOT_A_SUPERVISOR' } } });
    const { device } = desk('malang');
    const borrowed = await device.request('POST', `/v1/region${path}`, { supervisorId: KEDIRI_BOSS, ...payload });
    expect(borrowed).toMatchObject({ status: 403, json: { error: { code: 'NOT_A_SUPERVISOR' } } });
    const unsigned = await device.request('POST', `/v1/region${path}`, payload, { signature: 'A'.repeat(86) });
    expect(unsigned.status).toBeGreaterThanOrEqual(400);
    done(await setOfficerActive(context(), MALANG_BOSS, false));
    expect(await desk('malang').ask(path, payload)).toMatchObject({ status: 403 });
    done(await setOfficerActive(context(), MALANG_BOSS, true));
  });

  it.each(ALL)('shows its supervisor his outlets and no other: %s', async (path, payload) => {
    const { status, json } = await desk('malang').ask(path, payload);
    const isOfOneDay = path.startsWith('/day') && path !== '/days';
    expect(status).toBe(isOfOneDay ? 403 : 200);
    const text = JSON.stringify(json);
    for (const outletId of [KEDIRI, NGANJUK]) expect(text).not.toContain(outletId);
    if (path === '' || path === '/month') expect(text).toContain(JEMBER);
    const own = await desk('kediri').ask(path, payload);
    expect(own.status).toBe(200);
    expect(JSON.stringify(own.json)).not.toContain(JEMBER);
  });

  it('is told apart by the date: an outlet that moved takes its new days along and leaves its old ones', async () => {
    const device = await counterOf(world(), MALANG);
    new CounterDay(world(), device, TWO_AGO, 'petugas-1-3507-012').open().close();
    new CounterDay(world(), device, YESTERDAY, 'petugas-1-3507-012').open().close();
    await pushed(device);
    const move = { outletId: MALANG, regionId: 'kediri', fromOn: YESTERDAY, saidBy: 'test' };
    done(await moveOutlet(context(), move));
    expect(await moveOutlet(context(), move)).toEqual({ ok: false, error: 'MOVED_ALREADY' });
    const asks = async (who: SupervisorDesk, businessOn: LocalDate) =>
      (await who.ask('/day', { outletId: MALANG, businessOn })).status;
    expect([await asks(desk('malang'), TWO_AGO), await asks(desk('malang'), YESTERDAY)]).toEqual([200, 403]);
    expect([await asks(desk('kediri'), TWO_AGO), await asks(desk('kediri'), YESTERDAY)]).toEqual([403, 200]);
    const old = await desk('malang').get<RegionDaysAnswer>('/days', { on: TWO_AGO, waiting: 'all', ...page });
    expect(old.days.map(({ outletId }) => outletId)).toEqual([MALANG, JEMBER]);
    const today = await desk('malang').get<RegionAnswer>('', page);
    expect(today.outlets.map(({ outletId }) => outletId)).not.toContain(MALANG);
    // A word on a day of before is still his; on a day since then it is not.
    const before = await dayOf(desk('malang'), MALANG, TWO_AGO);
    expect(await desk('malang').decide('day.close-signed', signing(before, 'close'))).toMatchObject({
      state: 'applied',
    });
    const since = await dayOf(desk('kediri'), MALANG, YESTERDAY);
    expect(await desk('malang').decide('day.close-signed', signing(since, 'close'))).toMatchObject({
      refusal: 'OUT_OF_SCOPE',
    });
    const queue = await desk('kediri').get<RegionQueueAnswer>('/queue', { kind: 'move', ...page });
    expect(queue.items).toMatchObject([{ outletId: MALANG, reason: 'UPT Kediri' }]);
    const taken = { outletId: MALANG, regionId: 'malang', fromOn: THREE_AGO, saidBy: 'test' };
    expect(await moveOutlet(context(), taken)).toEqual({ ok: false, error: 'DAYS_SIGNED' });
  });

  it('shows a day off in grey, an announced one with its reason, and a silent open day in red, worst first', async () => {
    // 6 March 2026 was a Friday.
    const enrolled = Date.UTC(2026, 2, 1);
    await sql`update device set enrolled_at = ${enrolled} where outlet_id = ${JEMBER}`.execute(context().db);
    const hours = { opensAt: '08:00', closesAt: '14:00', daysOff: [5 as const] };
    done(await putHours(context(), JEMBER, '2026-01-01' as LocalDate, hours));
    const [from, to] = ['2026-03-04', '2026-03-05'] as [LocalDate, LocalDate];
    done(await announceClosure(context(), JEMBER, { from, to, reason: 'Haul' }));
    const { outlets } = await desk('malang').get<RegionAnswer>('', page);
    const jember = outlets.find(({ outletId }) => outletId === JEMBER);
    const looks = new Map(jember?.days.map(({ on, look, reason }) => [on, reason ?? look]));
    expect([...looks.keys()][0]).toBe('2026-03-01');
    expect(Object.fromEntries(looks)).toMatchObject({
      '2026-03-03': 'silent',
      '2026-03-04': 'Haul',
      '2026-03-06': 'day-off',
      [TWO_AGO]: 'worked',
      [TEST_TODAY]: 'not-over',
    });
    expect(jember?.worries).toContain('silent');
    expect(outlets[0]?.outletId).toBe(JEMBER);
    const [one] = outlets;
    const first = await desk('malang').get<RegionAnswer>('', { cursor: null, limit: 1 });
    expect(first.outlets).toEqual([one]);
    const rest = await desk('malang').get<RegionAnswer>('', { cursor: first.next, limit: 50 });
    expect([...first.outlets, ...rest.outlets].map(({ outletId }) => outletId)).toEqual(
      outlets.map(({ outletId }) => outletId),
    );
  });

  it('loses no change that is committed while somebody works the page out', async () => {
    const { db } = context();
    await sql`update device set unsent = coalesce(unsent, 0) + 1 where outlet_id = ${JEMBER}`.execute(db);
    const looking: Promise<unknown>[] = [];
    const [on] = (await pageOf(MALANG_BOSS)).outlets.flatMap(({ days }) => days.map((day) => day.on));
    await sql`update device set unsent = 0 where outlet_id = ${JEMBER}`.execute(db);
    await db.transaction().execute(async (tx) => {
      await sql`insert into outlet_closure values (${uuidV7()}, ${JEMBER}, ${on}, ${on}, 'Akreditasi')`.execute(tx);
      // The look has read calendars without this one, and waits for the next of its facts.
      await sql`lock table day_session in access exclusive mode`.execute(tx);
      looking.push(pageOf(MALANG_BOSS));
      await expect
        .poll(
          async () =>
            (await sql`select 1 from pg_locks where relation = 'day_session'::regclass and not granted`.execute(db))
              .rows.length,
          { timeout: 60_000 },
        )
        .toBe(1);
    });
    await Promise.all(looking);
    const jember = (await pageOf(MALANG_BOSS)).outlets.find(({ outletId }) => outletId === JEMBER);
    expect(jember?.days.find((day) => day.on === on)).toMatchObject({ reason: 'Akreditasi' });
  });

  it('knows how much cash lies at each outlet, and which counter has which tariff', async () => {
    const { outlets, rules } = await desk('kediri').get<RegionAnswer>('', page);
    const kediri = outlets.find(({ outletId }) => outletId === KEDIRI);
    const { rows } = await sql<{ cash: number }>`select sum(amount)::bigint as cash from ledger_line l
      join device d on d.device_id = l.device_id where d.outlet_id = ${KEDIRI}
        and account in ('cash-drawer', 'safe-or-courier', 'float')`.execute(context().db);
    expect(kediri?.undeposited).toBe(rows[0]?.cash);
    expect(rules).toMatchObject({ current: { packId: 'jatim-2026-demo' }, next: null });
    expect(kediri?.worries).toContain('lacks-rules');
    const device = await counterOf(world(), NGANJUK);
    const pages = await device.pull('rules', 'all');
    await device.request('POST', '/v1/news', {
      feeds: [{ feed: 'rules', scope: 'all', after: pages.at(-1)?.to ?? 0 }],
    });
    const again = await desk('kediri').get<RegionAnswer>('', page);
    const counters = again.outlets.flatMap(({ devices }) => devices);
    expect(counters.find(({ deviceId }) => deviceId === device.deviceId)?.rulesVersion).toBe(pages.at(-1)?.to);
  });

  it('adds a month up to what its days say, and to what is signed of them', async () => {
    const month = await desk('kediri').get<RegionMonthAnswer>('/month', { month: '2026-03', ...page });
    const days: RegionDayAnswer[] = [];
    for (const { outletId } of month.outlets) {
      for (let on = '2026-03-01' as LocalDate; on <= TEST_TODAY; on = addDays(on, 1)) {
        const { status, json } = await desk('kediri').ask('/day', { outletId, businessOn: on });
        if (status === 200) days.push(json as RegionDayAnswer);
      }
    }
    const sum = (of: readonly RegionDayAnswer[]) => of.reduce((total, { match }) => total + match.journal, 0);
    const signed = days.filter(({ parts }) => parts.every(({ close }) => close !== null));
    expect(signed.length).toBeGreaterThan(1);
    expect(month.total).toMatchObject({
      days: days.length,
      daysSigned: signed.length,
      journal: sum(days),
      journalSigned: sum(signed),
    });
    // What was taken is what the beneficiaries are owed, less what was rounded off.
    const owed = month.total.accounts.reduce((total, { all }) => total + all, 0);
    expect(owed).toBe(month.total.journal);
    expect(month.total.accounts.map(({ account }) => account)).toContain('regency:3506');
    // To the rupiah and by account: the lines of the items that the signed parts name, read one by one.
    const items: string[] = [];
    for (const { outletId, businessOn } of signed) items.push(...(await partItems(outletId, businessOn)));
    const { rows: lines } = await sql<{
      account: string;
      amount: number;
    }>`select l.account, -sum(l.amount)::bigint as amount
      from day_item i join ledger_line l on l.device_id = i.device_id and l.epoch_n = i.epoch_n
        and l.epoch_nonce = i.epoch_nonce and l.seq = i.seq
      where i.hash = any(${items}) and l.account = any(${month.total.accounts.map(({ account }) => account)})
      group by 1`.execute(context().db);
    const bySigned = new Map(lines.map(({ account, amount }) => [account, amount]));
    for (const { account, signed: amount } of month.total.accounts) expect(amount).toBe(bySigned.get(account) ?? 0);
    // What is not signed is named, day by day, and is in no signed figure.
    const open = days
      .filter((day) => !signed.includes(day))
      .map(({ outletId, businessOn }) => `${outletId} ${businessOn}`);
    const named = month.outlets.flatMap(({ outletId, unsigned }) => unsigned.map(({ on }) => `${outletId} ${on}`));
    expect(named.toSorted()).toEqual(open.toSorted());
    expect(month.regencies.reduce((total, { journalSigned }) => total + journalSigned, 0)).toBe(sum(signed));
    expect(month.regencies.map(({ regency }) => regency)).toEqual(['3506', '3507', '3518']);
    // Page by page the same rows, each with the sums of all; what the rows say adds up to them.
    const walked: RegionMonthAnswer['outlets'] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const part: RegionMonthAnswer = await desk('kediri').get('/month', { month: '2026-03', cursor, limit: 1 });
      expect([part.total, part.regencies, part.outlets.length]).toEqual([month.total, month.regencies, 1]);
      walked.push(...part.outlets);
      cursor = part.next;
    }
    expect(walked).toEqual(month.outlets);
    for (const of of ['days', 'daysSigned', 'daysReconciled', 'sales', 'journal', 'journalSigned'] as const)
      expect(month.total[of]).toBe(walked.reduce((total, outlet) => total + outlet[of], 0));
    const parts = walked.flatMap(({ accounts }) => accounts);
    for (const { account, all, signed: ofSigned } of month.total.accounts) {
      const own = parts.filter((part) => part.account === account);
      const added = [
        own.reduce((total, part) => total + part.all, 0),
        own.reduce((total, part) => total + part.signed, 0),
      ];
      expect(added).toEqual([all, ofSigned]);
    }
    const empty = await desk('kediri').get<RegionMonthAnswer>('/month', { month: '2025-01', ...page });
    expect(empty).toMatchObject({
      total: { days: 0, journal: 0, accounts: [] },
      regencies: [],
      outlets: [],
      next: null,
    });
  });

  it('names receipt numbers that no paper can have: places that never came, and a paper with the number of another', async () => {
    const device = await counterOf(world(), KEDIRI);
    const on = addDays(TEST_TODAY, -12);
    const day = new CounterDay(world(), device, on, 'petugas-1').open();
    const bent = { paidOn: on, rules: world().rules, officerId: 'petugas-1', cashSessionId: day.sessionId };
    const wallMs = Date.parse(`${on}T03:00:00Z`);
    const sale = makeSale(device, await world().vehicle(nextPlate()), {
      ...bent,
      wallMs,
      bend: (body) => ({ ...body, receiptNumber: device.numberAt(900) }),
    });
    await pushed(device);
    const odd = await dayOf(desk('kediri'), KEDIRI, on);
    expect(odd.findings).toMatchObject([
      {
        kind: 'number-missing',
        what: device.numberAt(2),
        entryHash: sale.entry.hash,
        deviceNo: device.enrolment.deviceNo,
      },
    ]);
    day.move('in', 1000).move('in', 2000).move('in', 3000);
    const last = device.chain.at(-1);
    if (last === undefined) throw new Error('a chain has an end');
    const request = { entries: [last], subjectKeys: [], damaged: [] };
    const carried = await receiveCarried(context(), { certificate: device.enrolment.certificate, request });
    expect(carried).toMatchObject({ ok: true, value: { counts: { pending: 1 } } });
    const today = new CounterDay(world(), await counterOf(world(), KEDIRI), TEST_TODAY, 'petugas-2').open();
    await pushed(today.device);
    const holes = (await dayOf(desk('kediri'), KEDIRI, TEST_TODAY)).findings.filter(
      ({ kind }) => kind === 'number-missing',
    );
    expect(holes.map(({ what }) => what)).toEqual([`${device.numberAt(3)} s.d. ${device.numberAt(4)}`]);
    // What comes after all closes the finding.
    await pushed(device);
    const whole = await dayOf(desk('kediri'), KEDIRI, TEST_TODAY);
    expect(whole.findings.filter(({ kind }) => kind === 'number-missing')).toEqual([]);
  });
});

describe('questions and quality', () => {
  const page = { cursor: null, limit: 100 };

  it('are counted from services as they came, in whatever pieces, and each names its entries', async () => {
    const device = await counterOf(world(), NGANJUK);
    const on = addDays(TEST_TODAY, -9);
    const officerId = 'petugas-2-3518-004';
    const day = new CounterDay(world(), device, on, officerId).open();
    const at = (minutes: number): number => Date.parse(`${on}T02:00:00Z`) + minutes * 60_000;
    const say = (type: string, stream: string, minutes: number, body: Readonly<Record<string, unknown>>) =>
      device.append({ type, stream, body, officerId, cashSessionId: day.sessionId, wallMs: at(minutes) }).hash;
    const looks = Array.from({ length: 9 }, (_one, nth) =>
      say('personal-data.viewed', uuidV7(), nth / 4, { what: 'owner-name', count: 1 }),
    );
    const asked = uuidV7();
    say('personal-data.viewed', asked, 4, { what: 'owner-name', count: 1 });
    say('price.quoted', asked, 5, { transactionId: asked, payable: 100_000 });
    await pushed(device);
    const plate = nextPlate();
    const sell = async (minutes: number, bend: (body: Record<string, unknown>) => Record<string, unknown>) => {
      const transactionId = uuidV7();
      say('personal-data.viewed', transactionId, minutes - 2, { what: 'owner-name', count: 1 });
      const options = { paidOn: on, rules: world().rules, officerId, cashSessionId: day.sessionId };
      const made = makeSale(device, await world().vehicle(plate), {
        ...options,
        transactionId,
        wallMs: at(minutes),
        bend,
      });
      const paper = { jobId: uuidV7(), kind: 'receipt', copyNo: 0, reason: null, printer: 'x', paperHash: sha('x') };
      say('print.requested', transactionId, minutes, paper);
      return made;
    };
    const first = await sell(10, (body) => ({ ...body, documents: [{ kind: 'ktp', present: false }] }));
    await pushed(device);
    const { body: sold } = entryEnvelopeSchema.parse(JSON.parse(first.entry.text));
    const lines = sold['ledgerLines'] as readonly { readonly account: string; readonly amount: Rupiah }[];
    const taken = say('transaction.voided', first.transactionId, 40, {
      transactionId: first.transactionId,
      voidNumber: device.numberAt(device.chain.length + 1),
      receiptNumber: sold['receiptNumber'],
      paidHash: first.entry.hash,
      returned: sold['payable'],
      reason: 'salah',
      approvedBy: 'pengawas-3518-004',
      ledgerLines: reversedLedgerLines(lines),
    });
    // The move of Berau: the same debt again, ten thousand lower.
    const charges = sold['lines'] as readonly {
      readonly amount: number;
      readonly beneficiary: { kind: string; code?: string };
    }[];
    const dearest = charges.reduce((most, line) => (line.amount > most.amount ? line : most));
    const { kind, code } = dearest.beneficiary;
    const owed = code === undefined ? kind : `${kind}:${code}`;
    const less = (amount: number): number => amount - 10_000;
    const again = await sell(60, (body) => ({
      ...body,
      lines: charges.map((line) => (line === dearest ? { ...line, amount: less(line.amount) } : line)),
      total: less(Number(body['total'])),
      payable: less(Number(body['payable'])),
      tendered: less(Number(body['payable'])),
      ledgerLines: lines.map(({ account, amount }) => {
        const moved = account === 'cash-drawer' ? -10_000 : account === owed ? 10_000 : 0;
        return { account, amount: amount + moved };
      }),
    }));
    await pushed(device);
    const { signals, sales, counts } = await desk('kediri').get<RegionSignalsAnswer>('/signals', page);
    const own = signals.filter(({ by }) => by?.officerId === officerId);
    expect(own.map(({ kind, level }) => [kind, level])).toEqual([
      ['sold-again-lower', 'look'],
      ['void-after-leaving', 'look'],
      ['lookups-without-sale', 'few'],
    ]);
    expect(own[0]?.entries).toEqual([first.entry.hash, taken, again.entry.hash]);
    expect(own[0]?.figures.at(-1)).toEqual({ name: 'difference', value: 10_000 });
    expect(own[1]).toMatchObject({ outletId: NGANJUK, businessOn: on, entries: [first.entry.hash, taken] });
    expect(own[1]?.figures).toEqual([{ name: 'minutes', value: 30 }]);
    expect(own[2]?.entries).toEqual(looks);
    expect(own[2]?.figures.slice(0, 2)).toEqual([
      { name: 'cases', value: 9 },
      { name: 'of', value: 11 },
    ]);
    expect(sales).toBeGreaterThan(2);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(signals.length);
    const one = await desk('kediri').get<RegionSignalsAnswer>('/signals', { cursor: null, limit: 1 });
    const rest = await desk('kediri').get<RegionSignalsAnswer>('/signals', { cursor: one.next, limit: 100 });
    expect([...one.signals, ...rest.signals]).toEqual(signals);
    const { outlets } = await desk('kediri').get<RegionQualityAnswer>('/quality', { cursor: null, limit: 20 });
    expect(outlets.map(({ name }) => name)).toEqual(outlets.map(({ name }) => name).toSorted());
    const nganjuk = outlets.find(({ outletId }) => outletId === NGANJUK);
    const week = nganjuk?.weeks.find(({ monday }) => monday <= on && addDays(monday, 6) >= on);
    expect(week).toMatchObject({ secondsPerSale: 120, voids: 1, missingPapers: 1 });
    expect(nganjuk).toMatchObject({ few: true });
  });
});

describe('how an outlet stands', () => {
  /** A row of a table once more, with some of its columns otherwise. */
  const again = (table: string, of: string, other: string) =>
    `insert into ${table} overriding system value select (jsonb_populate_record(t, ${other})).* from ${table} t where ${of} limit 1`;
  const key = `jsonb_build_object('device_id', gen_random_uuid(), 'device_no', 98, 'signing_key', 'x', 'key_id', 'x')`;
  const hash = `jsonb_build_object('hash', repeat('x', 43), 'seq', 999999, 'verdict', 'QUARANTINED')`;
  const device = `(select device_id from day_session where outlet_id = '${KEDIRI}' and closed_at is null limit 1)`;
  const FACTS: readonly (readonly [string, string])[] = [
    ['a day', `update outlet_day set returned = returned + 1 where outlet_id = '${KEDIRI}'`],
    ['hours', `insert into outlet_hours values ('${KEDIRI}', '2026-01-01', '08:00', '12:00', '{7}')`],
    [
      'a closure',
      `insert into outlet_closure values (gen_random_uuid(), '${KEDIRI}', '2026-01-01', '2026-01-02', 'x')`,
    ],
    ['a new counter', again('device', `device_id = ${device}`, key)],
    ['a contact', `update device set last_contact_at = 1 where device_id = ${device}`],
    ['a revoked counter', `update device set revoked_at = 1 where device_id = ${device}`],
    ['a device of a supervisor', `insert into supervisor_device values (${device}, '${KEDIRI_BOSS}', 1)`],
    ['a clock', `update device_standing set time_trust = 'suspect' where device_id = ${device}`],
    ['an entry set aside', again('entry', `device_id = ${device}`, hash)],
    [
      'an item set aside',
      `insert into suspended_entry values (${device}, 'x', 1, 'x', 1, 'x', '', 'x', 'FORK', null, 1)`,
    ],
    [
      'another verdict',
      `insert into reverdict (device_id, hash, seq, verdict, at) values (${device}, 'x', 1, 'ACCEPTED', 1)`,
    ],
    ['a name', `update officer set name = 'Nama Baru' where officer_id = 'petugas-2'`],
    [
      'a word of the bank',
      again('deposit_confirmation', 'true', `jsonb_build_object('decision_id', gen_random_uuid())`),
    ],
  ];

  it('is worked out anew whichever of its facts changes, and nothing of another outlet', async () => {
    const { db } = context();
    const open = new CounterDay(world(), await counterOf(world(), KEDIRI), TEST_TODAY, 'petugas-2').open();
    await pushed(open.device);
    const marked: (readonly [string, readonly string[]])[] = [];
    for (const [what, statement] of FACTS) {
      await db
        .transaction()
        .execute(async (tx) => {
          await sql`delete from outlet_change`.execute(tx);
          await sql.raw(statement).execute(tx);
          const { rows } = await sql<{ id: string }>`select distinct outlet_id as id from outlet_change`.execute(tx);
          marked.push([what, rows.map(({ id }) => id)]);
          throw new Error('put it back');
        })
        .catch((error: unknown) => {
          if (!(error instanceof Error) || error.message !== 'put it back') throw error;
        });
    }
    expect(marked).toEqual(FACTS.map(([what]) => [what, [KEDIRI]]));
  });

  it('changes with time alone, once nothing was heard for too long', async () => {
    const now = context().now();
    const [HOUR, DAY] = [3_600_000, 86_400_000];
    await sql`update device set last_contact_at = ${now - 2 * DAY + HOUR}, last_carried_at = null
      where outlet_id = ${JEMBER}`.execute(context().db);
    const worriesIn = async (ms: number) => {
      const at = { ...context(), now: () => now + ms };
      const who = await readPrincipals(at.db, MALANG_BOSS, TEST_TODAY);
      const { outlets } = await readRegion(at, who, { cursor: null, limit: 100 });
      return outlets.find(({ outletId }) => outletId === JEMBER)?.worries;
    };
    expect(await worriesIn(0)).not.toContain('no-contact');
    expect(await worriesIn(HOUR)).not.toContain('no-contact');
    expect(await worriesIn(HOUR + 1)).toContain('no-contact');
    await sql`update device set last_contact_at = ${now} where outlet_id = ${JEMBER}`.execute(context().db);
  });
});

describe('what waits in a region', () => {
  const page = { cursor: null, limit: 50 };
  const queued = (kind: string) => desk('kediri').get<RegionQueueAnswer>('/queue', { kind, ...page });

  it('asks the one in whose name an approval was given, and takes his word once', async () => {
    const device = await counterOf(world(), KEDIRI);
    const bound = {
      action: 'void',
      subject: uuidV7(),
      amount: 120_000,
      contentHash: 'A'.repeat(43),
      nonce: 'ABCDE',
    } as const;
    const text = BINDING_CONTEXT + bindingText({ ...bound, deviceId: device.deviceId });
    const approvalId = uuidV7();
    const used = { ...bound, approvalId, binding: sha(text), requestedAt: 1, requestedBy: 'petugas-1', list: null };
    device.append({ type: 'approval.used', body: { ...used, approvedBy: KEDIRI_BOSS, method: 'pin' } });
    await pushed(device);
    const { items } = await queued('void');
    expect(items).toMatchObject([
      { subject: approvalId, amount: 120_000, mayNot: null, askedBy: { officerId: 'petugas-1' } },
    ]);
    const word = { kind: 'void', subject: approvalId, outletId: KEDIRI, note: null, evidence: items[0]?.evidence };
    const other = { ...word, outletId: JEMBER };
    expect(await desk('malang').decide('day.queue-decided', { ...other, decision: 'approved' })).toMatchObject({
      refusal: 'SUBJECT_UNKNOWN',
    });
    expect(await desk('kediri').decide('day.queue-decided', { ...word, decision: 'refused' })).toMatchObject({
      state: 'applied',
    });
    const { answer } = await context()
      .db.selectFrom('approval_used')
      .select('answer')
      .where('approval_id', '=', approvalId)
      .executeTakeFirstOrThrow();
    expect(answer).toBe('disputed');
    const again = await desk('kediri').decide('day.queue-decided', { ...word, decision: 'approved' });
    expect(again).toMatchObject({
      state: 'not-applied',
      refusal: 'ALREADY_DECIDED',
      firstBy: { officerId: KEDIRI_BOSS },
    });
    expect((await queued('void')).items).toEqual([]);
  });

  it('lets a refund go on by the word of another than who asked for it', async () => {
    const device = await counterOf(world(), KEDIRI);
    const plate = SHOW_PLATES.find(({ decision }) => decision === 'paid-elsewhere')?.nrkb ?? '';
    const day = new CounterDay(world(), device, addDays(TEST_TODAY, -1), 'petugas-1').open();
    const { transactionId } = await day.sell(plate);
    day.close();
    await pushed(device);
    await world().book();
    const { item } = await context()
      .db.selectFrom('decision')
      .select('item')
      .where('transaction_id', '=', transactionId)
      .executeTakeFirstOrThrow();
    const { outcomes } = decisionItemSchema.parse(item);
    const parts = outcomes.map(({ component, periodDueOn, taken }) => ({ component, periodDueOn, amount: taken }));
    const refundId = uuidV7();
    const account = { accountHolder: 'BUDI', bank: 'Bank Jatim', accountNumber: '001234567', phone: null };
    const asked = {
      refundId,
      refundNumber: 'PK-1',
      transactionId,
      parts,
      whole: true,
      amount: day.taken,
      documentIds: [],
    };
    const ask = { type: 'refund.requested', stream: transactionId, officerId: 'petugas-1' };
    device.append({ ...ask, body: { ...asked, sealed: device.sealPersonal(account) } });
    await pushed(device);
    await world().book();
    const { items } = await queued('refund');
    expect(items).toMatchObject([
      { subject: refundId, amount: day.taken, mayNot: null, reason: 'PK-1', transactionId },
    ]);
    const word = { kind: 'refund', subject: refundId, outletId: KEDIRI, note: null, evidence: items[0]?.evidence };
    expect(await desk('kediri').decide('day.queue-decided', { ...word, decision: 'approved' })).toMatchObject({
      state: 'applied',
    });
    const { state } = await context()
      .db.selectFrom('refund')
      .select('state')
      .where('refund_id', '=', refundId)
      .executeTakeFirstOrThrow();
    expect(state).toBe('approved');
    // A case explains on the day of the sale what the province did not book.
    const after = await dayOf(desk('kediri'), KEDIRI, addDays(TEST_TODAY, -1));
    const leg = legOf(after, 'beneficiaries');
    expect(leg).toMatchObject({ state: 'explained', unexplained: 0 });
    expect(leg?.explanations).toMatchObject([{ reason: 'case' }]);
  });

  it('shows a new device until somebody has seen it, and tells the province of one that is refused', async () => {
    const device = await counterOf(world(), NGANJUK);
    const word = { kind: 'device', subject: device.deviceId, outletId: NGANJUK, evidence: null };
    expect((await queued('device')).items.map(({ subject }) => subject)).toContain(device.deviceId);
    const refused = await desk('kediri').decide('day.queue-decided', {
      ...word,
      decision: 'refused',
      note: 'Tidak dikenal.',
    });
    expect(refused).toMatchObject({ state: 'applied' });
    expect((await queued('device')).items.map(({ subject }) => subject)).not.toContain(device.deviceId);
    const incidents = await context()
      .db.selectFrom('incident')
      .select('kind')
      .where('device_id', '=', device.deviceId)
      .execute();
    expect(incidents.map(({ kind }) => kind)).toContain('DEVICE_REFUSED');
  });
});

describe('running sums', () => {
  it('equal their recomputation whatever counters do, in whatever pieces it comes', async () => {
    const random = { state: 20260310 };
    const roll = (sides: number): number => {
      random.state = (random.state * 1103515245 + 12345) % 2147483648;
      return Math.floor((random.state / 2147483648) * sides);
    };
    for (const outletId of [KEDIRI, NGANJUK]) {
      const device = await counterOf(world(), outletId);
      for (let session = 0; session < 6; session += 1) {
        const on = addDays(TEST_TODAY, -6 - roll(3));
        const day = new CounterDay(world(), device, on, outletId === KEDIRI ? 'petugas-1' : 'petugas-1-3518-004');
        day.open(10_000 + roll(90) * 1000);
        for (let step = roll(6); step > 0; step -= 1) day.move(roll(2) === 0 ? 'in' : 'out', 1000 + roll(4) * 1000);
        if (roll(2) === 0) await pushed(device);
        day.close(roll(3) * 700 - 700);
      }
      await pushed(device);
    }
    expect(await problemsOf()).toEqual([]);
  });

  it('that were changed by hand are named, and so is a signed day whose items are not those that were signed', async () => {
    const { db } = context();
    const bent = async (statement: ReturnType<typeof sql>): Promise<readonly string[]> => {
      const found: string[] = [];
      await db
        .transaction()
        .execute(async (tx) => {
          await sql`set local session_replication_role = replica`.execute(tx);
          await statement.execute(tx);
          const problems = new ProblemList();
          await verifyDays(tx, problems);
          found.push(...new Set(problems.listed.map(({ problem }) => problem)));
          throw new Error('put it back');
        })
        .catch((error: unknown) => {
          if (!(error instanceof Error) || error.message !== 'put it back') throw error;
        });
      return found.sort();
    };
    expect(await bent(sql`update account_balance set amount = amount + 1 where account = 'cash-drawer'`)).toEqual([
      'BALANCE',
    ]);
    expect(await bent(sql`update day_figure set amount = amount + 1 where account = 'province'`)).toEqual([
      'DAY_FIGURE',
    ]);
    expect(await bent(sql`update outlet_day set takings = takings + 1`)).toEqual(['DAY_FIGURE']);
    expect(await bent(sql`update outlet_day set closed_parts = 0 where closed_parts > 0`)).toEqual(['DAY_FIGURE']);
    const lost = await bent(sql`delete from day_item where type = 'cash-session.closed'`);
    expect(lost).toEqual(['DAY_FIGURE', 'DAY_ITEM_MISSING', 'DAY_SIGNATURE']);
    await expect(sql`delete from day_item`.execute(db)).rejects.toThrow('day_item only grows');
    await expect(sql`update day_decision set applied = false, refusal = 'x'`.execute(db)).rejects.toThrow('only grows');
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { salvageData } from '../../../src/main/core/inspect/salvage.ts';
import { COPIED } from '../../../src/main/core/inspect/salvage-tables.ts';
import { makeCodeList } from '../../../src/province/approvals/supervisors.ts';
import { billed, enterAs, openForBusiness, pinOf, prepared, sellOffline, sync } from '../../support/at-the-counter.ts';
import { closeExactly, drawnId } from '../../support/drawer.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { valueOf } from '../../support/opened-database.ts';
import { deviceIdOf } from '../../support/supervisor-device.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestCounter, type TestCounter, testConfig } from '../../support/test-counter.ts';

const PAGE = 4096;
const province = useProvince();
const approval = { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') } as const;

/** Made anew out of the entries that are proved. */
const FOLDED = [
  'entry',
  'ledger_line',
  'cash_event',
  'drawer_balance',
  'delivery',
  'form_run',
  'cash_session',
  'courier_leg',
  'cash_refusal',
  'shortfall',
  'cash_refund',
  'device',
] as const;

/** Why a table of a damaged database is left behind. */
const LEFT: Readonly<Record<string, string>> = {
  schema_version: 'the new database has its own',
  opening: 'the new database has its own',
  feed_page: 'comes again from the province, whole',
  feed_cursor: 'comes again with its feed',
  feed_problem: 'is found again with its feed',
  held_page: 'comes again with its feed',
  vehicle: 'comes again with feed registry',
  vehicle_block: 'comes again with feed blocks',
  officer: 'comes again with feed officers; replaced_pin keeps a PIN that was chosen here',
  rule_pack: 'comes again with feed rules',
  policy: 'comes again with feed policy',
  service_pack: 'comes again with feed services',
  program_release: 'comes again with feed releases',
  voided_receipt: 'comes again with feed receipts-void',
  decision: 'comes again with feed decisions',
  deposit_confirmation: 'comes again with feed decisions',
  payment_return: 'comes again with feed decisions',
  second_word: 'comes again with feed decisions',
  approval_question: 'comes again with feed officers',
  approval_pair: 'comes again with feed officers',
  announcement: 'comes again with feed announcements',
  announcement_read: 'he is asked to read it once more',
  cap_raise: 'a supervisor raises the cap once more; what is left out stops a sale and allows none',
  sync_state: 'is learned again at the first contact',
  basket: 'its paid sales are sales; what is unpaid is put into a basket again',
  basket_item: 'see basket',
  document: 'its bytes lie in the damaged folder, which stays; the province asks for the page again',
  page_view: 'its page is not taken',
  region_page: 'is loaded again',
  sealed_subject_key: 'is made again from its key',
};

type Row = Readonly<Record<string, unknown>>;

function rowsOf(folder: string, sql: string): readonly Row[] {
  const handle = openHandle(join(folder, 'data', DATABASE_FILE), {
    readOnly: true,
    create: false,
    busyTimeoutMs: 1000,
  });
  try {
    return handle.rows(sql);
  } finally {
    handle.close();
  }
}

/** The salvaged counter at work: who may sign in came with the feeds. */
async function worksOn(counter: TestCounter, folder: string): Promise<TestCounter> {
  const next = await startTestCounter({ folder, clock: counter.clock, line: counter.line });
  await sync(next);
  await enterAs(next, 'petugas-1');
  return next;
}

/** Writes zeros over the page that holds the newest entry of a type. */
function ruinEntry(counter: TestCounter, type: string): void {
  const [entry] = counter.rows('SELECT text FROM entry WHERE type = ? ORDER BY seq DESC LIMIT 1', type);
  const file = join(counter.config.dataDir, DATABASE_FILE);
  const bytes = readFileSync(file);
  const at = bytes.indexOf(String(entry?.['text']).slice(0, 300));
  if (at < 0) throw new Error('the entry is in the file');
  bytes.fill(0, Math.floor(at / PAGE) * PAGE, (Math.floor(at / PAGE) + 1) * PAGE);
  writeFileSync(file, bytes);
}

/** A shortfall that was collected, and a sale whose cash went back at the counter. */
async function casesOf(counter: TestCounter): Promise<void> {
  const cutOff = async (nrkb: string) => {
    counter.line.set('down');
    const sold = await sellOffline(counter, nrkb);
    counter.line.set('pass');
    return sold;
  };
  const decided = async (): Promise<void> => {
    await sync(counter);
    await province().book();
    await sync(counter);
  };
  const [short, back] = [await cutOff('W 1919 SH'), await cutOff('AE 3333 HD')];
  await decided();
  const { shortfall } = await counter.get('cases.page', { caseId: `sale-${short.transactionId}` });
  const { decisionId = '', payable = 0 } = shortfall ?? {};
  const missing = { transactionId: short.transactionId, decisionId };
  await counter.get('shortfalls.collect', { ...missing, expectedPayable: payable, tendered: payable });
  const asked = { transactionId: back.transactionId, reason: 'warga membatalkan', approval };
  await counter.get('cancellations.request', asked);
  await decided();
  await counter.get('refunds.pay-in-cash', { ...asked, paper: back.receiptNumber, isPayer: true });
}

describe('every table of a counter', () => {
  it('is taken over by a salvage, made anew out of the entries, or left behind for a reason', async () => {
    const counter = await enrolledCounter(province());
    const tables = counter
      .rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .map(({ name }) => String(name));
    const told = [...COPIED.map(({ name }) => name), ...FOLDED, ...Object.keys(LEFT)];
    expect([...told].sort()).toEqual([...tables].sort());
  });
});

describe('what may happen once', () => {
  it('has happened at the salvaged counter too: every row is as it was', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await casesOf(counter);
    const { context } = province().province;
    const made = await makeCodeList(context, { deviceId: deviceIdOf(counter), officerId: 'pengawas', count: 2 });
    if (!made.ok) throw new Error(made.error);
    const [first, second] = made.value.codes.map(({ code }) => code);
    const line = (place: number, code = '') =>
      ({ by: 'list', supervisorId: 'pengawas', list: made.value.list, place, code }) as const;
    const raised = { cap: 'perSale', limit: 900_000_000, approval: line(1, first) } as const;
    await counter.get('approvals.raise-cap', raised);
    await counter.refusal('approvals.raise-cap', { ...raised, approval: line(2, first) });
    const courier = { courierName: 'Pak Slamet', pin: pinOf('petugas-1') };
    await counter.get('cash.store', { movementId: drawnId(1), amount: 50_000 });
    await counter.get('cash.dispatch', { dispatchId: drawnId(2), from: 'drawer', amount: 30_000, ...courier });
    await counter.get('cash.dispatch', { dispatchId: drawnId(3), from: 'safe', amount: 20_000, ...courier });
    const slip = { bank: 'Bank Jatim', slipNumber: 'K-1', depositedOn: '2026-03-10' } as const;
    const refused = [{ reason: 'false' as const, amount: 5_000 }];
    await counter.get('cash.courier-arrived', { dispatchId: drawnId(3), accepted: 15_000, refused, ...slip });
    await counter.get('cash.move', { movementId: drawnId(4), direction: 'in', amount: 10_000, reason: 'tukar' });
    const { transactionId } = await prepared(counter, 'AG 2345 KD');
    const { amount } = await billed(counter, transactionId);
    const wish = { transactionId, means: 'qris', expectedPayable: amount?.exactPayable ?? 0 } as const;
    const { paymentId } = await counter.get('payments.request', wish);
    await sync(counter);
    await counter.stop();
    const folder = temporaryFolder();
    const report = valueOf(await salvageData(counter.config, testConfig(folder), undefined));
    expect(report).toMatchObject({ declaredGap: null, incomplete: [] });
    const ALSO_WRITTEN = ['setting', 'delivery', 'entry', 'subject_key', 'draft'];
    for (const name of [...COPIED.map((table) => table.name), ...FOLDED]) {
      if (ALSO_WRITTEN.includes(name)) continue;
      const all = `SELECT * FROM ${name} ORDER BY 1, 2`;
      expect([name, rowsOf(folder, all)]).toEqual([name, counter.rows(all)]);
    }
    for (const name of [
      'approval_list_use',
      'approval_tries',
      'courier_leg',
      'cash_refusal',
      'shortfall',
      'cash_refund',
      'payment',
    ]) {
      expect([name, counter.rows(`SELECT 1 FROM ${name}`).length > 0]).toEqual([name, true]);
    }
    // A page that held nothing but such rows is rotten: the entries say the same.
    const handle = openHandle(join(counter.config.dataDir, DATABASE_FILE), {
      readOnly: false,
      create: false,
      busyTimeoutMs: 1000,
    });
    const lost = ['approval_list_use', 'shortfall', 'cash_refund'] as const;
    const before = lost.map((name) => counter.rows(`SELECT * FROM ${name}`).length);
    for (const name of [...lost, 'courier_leg', 'cash_session']) handle.exec(`DELETE FROM ${name}`);
    handle.close();
    const again = temporaryFolder();
    valueOf(await salvageData(counter.config, testConfig(again), undefined));
    expect(lost.map((name) => rowsOf(again, `SELECT * FROM ${name}`).length)).toEqual(before);
    const money = 'SELECT cash_session_id, in_safe, float_moved, state FROM cash_session';
    expect(rowsOf(again, money)).toEqual(rowsOf(folder, money));

    const next = await worksOn(counter, folder);
    expect((await next.refusal('approvals.raise-cap', raised)).code).toBe('APPROVAL_USED');
    await next.get('approvals.raise-cap', { ...raised, approval: line(2, second) });
    expect(await next.get('payments.open', {})).toMatchObject([{ paymentId }]);
    expect(await next.get('cash.standing', {})).toMatchObject({ courier: 30_000 });
    const arrival = { dispatchId: drawnId(2), accepted: 30_000, refused: [], ...slip, slipNumber: 'K-2' };
    await next.get('cash.courier-arrived', arrival);
    expect(await next.get('device.verify', {})).toMatchObject({ ok: true, problems: [] });
  });
});

describe('a rotten place', () => {
  it('before a close: the session is open or counted again, and the drawer answers', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    await sellOffline(counter, 'AG 2345 KD');
    await closeExactly(counter);
    await counter.stop();
    ruinEntry(counter, 'cash-session.closed');
    const folder = temporaryFolder();
    const report = valueOf(await salvageData(counter.config, testConfig(folder), undefined));
    expect(report.declaredGap).not.toBeNull();
    counter.line.set('pass');
    const next = await worksOn(counter, folder);
    await next.get('cash.standing', {});
    expect((await next.get('cash-session.current', {}))?.cashSessionId).toBe(
      counter.rows('SELECT cash_session_id FROM cash_session')[0]?.['cash_session_id'],
    );
    expect(await next.get('device.verify', {})).toMatchObject({ ok: true, problems: [] });
  });

  it('before a void: the sale stands here, its view answers, and it is not taken back a second time', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    for (const plate of ['AG 3456 EF', 'AG 1111 HI']) await sellOffline(counter, plate);
    const asked = { transactionId, reason: 'warga membatalkan', approval };
    await counter.get('transactions.void', asked);
    await counter.stop();
    ruinEntry(counter, 'transaction.voided');
    const folder = temporaryFolder();
    valueOf(await salvageData(counter.config, testConfig(folder), undefined));
    const [sale] = rowsOf(folder, `SELECT void_seq, stands_for FROM sale WHERE transaction_id = '${transactionId}'`);
    expect(sale?.['void_seq']).toBeNull();
    expect(sale?.['stands_for']).not.toBeNull();
    const next = await startTestCounter({ folder, clock: counter.clock, line: counter.line });
    counter.line.set('pass');
    await sync(next);
    await enterAs(next, 'petugas-1');
    expect((await next.get('transactions.get', { transactionId })).voided).toBeNull();
    expect((await next.refusal('transactions.void', asked)).code).toBe('VOID_ALREADY_SENT');
  });

  it('before the word that ended a payment: it is unknown, and no second collection begins', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId } = await prepared(counter, 'AG 2345 KD');
    const { amount } = await billed(counter, transactionId);
    const wish = { transactionId, means: 'qris', expectedPayable: amount?.exactPayable ?? 0 } as const;
    const { paymentId } = await counter.get('payments.request', wish);
    for (const plate of ['AG 3456 EF', 'AG 1111 HI']) await sellOffline(counter, plate);
    await counter.get('payments.cancel', { paymentId });
    await counter.stop();
    expect(counter.rows('SELECT state FROM payment')).toEqual([{ state: 'failed' }]);
    ruinEntry(counter, 'payment.ended');
    const folder = temporaryFolder();
    valueOf(await salvageData(counter.config, testConfig(folder), undefined));
    expect(rowsOf(folder, 'SELECT payment_id, state FROM payment')).toEqual([
      { payment_id: paymentId, state: 'unknown' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import {
  billed,
  openForBusiness,
  payableOf,
  payShown,
  prepared,
  sellOffline,
  sync,
} from '../../support/at-the-counter.ts';
import { copiedCounter, enrolledCounter, useEnrolledFolder, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PLATE = 'AG 2345 KD';

describe('at the till', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));

  it('asks about a zero too many with the facts, and takes that very sum only once it was confirmed', async () => {
    const counter = await open();
    const draft = await prepared(counter, PLATE);
    const { transactionId } = draft;
    const payable = payableOf(draft);
    const input = { transactionId, tendered: payable * 10, expectedPayable: payable };
    const asked = await counter.refusal('transactions.pay', input);
    expect(asked).toMatchObject({
      code: 'TENDERED_IMPLAUSIBLE',
      path: ['tendered'],
      details: { payable, tendered: payable * 10, change: payable * 9 },
    });
    const other = { ...input, confirmedTendered: payable * 9 };
    expect(await counter.refusal('transactions.pay', other)).toMatchObject({ code: 'TENDERED_IMPLAUSIBLE' });
    expect(counter.bodies('transaction.paid')).toEqual([]);
    const paid = await counter.get('transactions.pay', { ...input, confirmedTendered: payable * 10 });
    expect(paid.change).toBe(payable * 9);
  });

  it('refuses change that no coin gives, and never keeps it', async () => {
    const counter = await open();
    const draft = await prepared(counter, PLATE);
    const { transactionId } = draft;
    const payable = payableOf(draft);
    const input = { transactionId, tendered: payable + 50, expectedPayable: payable };
    expect(await counter.refusal('transactions.pay', input)).toMatchObject({
      code: 'CHANGE_NOT_GIVABLE',
      details: { change: 50, unit: 100 },
    });
    expect(counter.bodies('transaction.paid')).toEqual([]);
  });

  it('writes down that there was no change; nothing is sold, and the service stays open', async () => {
    const counter = await open();
    const draft = await prepared(counter, PLATE);
    const { transactionId } = draft;
    const told = { transactionId, payable: payableOf(draft), tendered: 500_000 };
    await counter.get('transactions.refuse-change', told);
    expect(counter.bodies('change.unavailable')).toEqual([told]);
    expect(counter.bodies('transaction.paid')).toEqual([]);
    await payShown(counter, await counter.get('transactions.draft', { transactionId }));
    expect(await counter.refusal('transactions.refuse-change', told)).toMatchObject({ code: 'TRANSACTION_CLOSED' });
  });

  it('cannot sell one vehicle and period twice, whatever the program believes', async () => {
    const counter = await open();
    await sellOffline(counter, PLATE);
    await counter.stop();
    const handle = openHandle(join(counter.config.dataDir, DATABASE_FILE), {
      readOnly: false,
      create: false,
      busyTimeoutMs: 0,
    });
    const other: Readonly<Record<string, string>> = {
      transaction_id: `'another'`,
      receipt_number: `'another'`,
      entry_hash: `'another'`,
      seq: 'seq + 1000',
    };
    const columns = handle
      .rows(`SELECT name FROM pragma_table_info('sale')`)
      .map(({ name }) => other[String(name)] ?? String(name));
    expect(() => handle.exec(`INSERT INTO sale SELECT ${columns.join(', ')} FROM sale`)).toThrow(
      /sale_stands_once|stands_for/u,
    );
    handle.close();
  });

  it('prints for the citizen why the amount is what it is, and that the page proves no payment', async () => {
    const counter = await open();
    const { transactionId } = await prepared(counter, 'AG 3456 EF');
    await counter.get('transactions.print-why', { transactionId });
    const page = counter.printers.papers.at(-1)?.text ?? '';
    expect(page).toContain('BUKAN BUKTI BAYAR');
    expect(page).toMatch(/Sanksi PKB/u);
    expect(page).toMatch(/1 % sebulan/u);
    const sold = await payShown(counter, await counter.get('transactions.draft', { transactionId }));
    await counter.get('transactions.print-why', { transactionId });
    const after = counter.printers.papers.at(-1)?.text ?? '';
    expect(after).toContain(sold.receiptNumber);
    expect(after).toContain('BUKAN BUKTI BAYAR');
    expect(after).toMatch(/1 % sebulan/u);
    const unknown = await counter.refusal('transactions.print-why', {
      transactionId: '0192f000-0000-7000-8000-00000000e001',
    });
    expect(unknown.code).toBe('TRANSACTION_UNKNOWN');
  });
});

describe('what is known before cash is taken', () => {
  const province = useProvince();

  it('names each source with since when, and the province first', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId } = await prepared(counter, PLATE);
    const draft = await billed(counter, transactionId);
    expect(draft.guard.map(({ source, isPaid }) => [source, isPaid])).toEqual([
      ['province', false],
      ['registry', false],
    ]);
    expect(draft.guard[0]?.at).toBeGreaterThan(0);
    expect(draft.guard[1]?.on).toMatch(/^2026-/u);
    await payShown(counter, draft);
    const again = await prepared(counter, PLATE);
    expect(again.guard.find(({ source }) => source === 'here')).toMatchObject({ isPaid: true, on: '2026-03-10' });
    expect(again.refusals.map(({ code }) => code)).toContain('ALREADY_PAID_HERE');
  });

  it('shows the fee of the agent with whose money it is, on a line, on paper and in an account of its own', async () => {
    await changePolicy(province(), 'agentFee=2500', 'agentFeeBeneficiary=Koperasi An-Nur');
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sync(counter);
    const draft = await prepared(counter, 'AG 6001 TA');
    expect(draft.amount).toMatchObject({ agentFee: 2_500, agentFeeTo: 'Koperasi An-Nur' });
    const { total = 0, payable = 0, rounding = 0, exactPayable } = draft.amount ?? {};
    expect(total + 2_500).toBe(payable + rounding);
    expect(exactPayable).toBe(total + 2_500);
    await payShown(counter, await billed(counter, draft.transactionId));
    expect(counter.rows(`SELECT sum(amount) AS sum FROM ledger_line WHERE account = 'agent-fee'`)).toEqual([
      { sum: -2_500 },
    ]);
    expect(counter.printers.papers.at(-1)?.text).toContain('Biaya agen untuk Koperasi An-Nur');
    expect(counter.printers.papers.at(-1)?.text).not.toContain('tanpa biaya tambahan');
  });
});

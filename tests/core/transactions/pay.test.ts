import { describe, expect, it } from 'vitest';
import { decodeReceiptProof } from '../../../src/contract/receipt-statement.ts';
import { parseReceiptNumber } from '../../../src/domain/receipt-number.ts';
import { verifyReceiptProof } from '../../../src/main/core/journal/certificates.ts';
import {
  confirmed,
  enterAs,
  openForBusiness,
  payableOf,
  payShown,
  prepared,
  sellOffline,
} from '../../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const ON_TIME = 'AG 2345 KD';
const LATE = 'AG 3456 EF';
const sales = (counter: TestCounter) => counter.rows('SELECT * FROM sale');
const entries = (counter: TestCounter, type: string) => counter.rows('SELECT * FROM entry WHERE type = ?', type);

describe('taking the money without a line', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));

  it('answers a receipt number that names the outlet, the device and the place of the sale in the journal', async () => {
    const counter = await open();
    const paid = await sellOffline(counter, ON_TIME);
    const [entry] = entries(counter, 'transaction.paid');
    const number = parseReceiptNumber(paid.receiptNumber);
    expect(number).toMatchObject({ ok: true, value: { outletCode: '3506-017', deviceNo: 1, seq: entry?.['seq'] } });
    expect(paid).toMatchObject({ total: 284_000, payable: 284_000, tendered: 284_000, change: 0 });
  });

  it('puts into the ledger what the drawer holds and what each beneficiary is owed, and the sum is zero', async () => {
    const counter = await open();
    await sellOffline(counter, LATE);
    const sums = counter.rows('SELECT entry_seq, sum(amount) AS sum FROM ledger_line GROUP BY entry_seq');
    expect(sums).toHaveLength(2);
    expect(sums.every((row) => row['sum'] === 0)).toBe(true);
    const report = await counter.get('reports.period', { from: '2026-03-10', to: '2026-03-10' });
    const ledger = new Map(report.ledger.map(({ account, amount }) => [account, amount]));
    const owed = report.byBeneficiary.reduce((sum, one) => sum + one.amount, 0);
    const [drawer] = counter.rows(`SELECT sum(amount) AS sum FROM ledger_line WHERE account = 'cash-drawer'`);
    expect(drawer?.['sum']).toBe(200_000 + report.payable);
    expect(owed).toBe(report.total);
    expect(report.total).toBe(report.payable + report.rounding);
    // The drawer and its float are one line in the report of an open session: they are counted blind.
    expect([ledger.get('cash-drawer'), ledger.get('float')]).toEqual([undefined, undefined]);
    expect(ledger.get('cash-drawer-without-float')).toBe(report.payable);
    expect([...ledger.values()].reduce((sum, amount) => sum + amount, 0)).toBe(0);
  });

  it('rounds the cash down to Rp100 in the citizen’s favour, in an account of its own and never inside a tax line', async () => {
    const counter = await open();
    const draft = await prepared(counter, LATE);
    const amount = draft.amount;
    expect(amount).toMatchObject({ figure: 'perkiraan', bill: null });
    const lines = (amount?.lines ?? []).reduce((sum, line) => sum + line.amount, 0);
    expect(amount?.total).toBe(lines);
    expect(lines % 100, 'this plate must have something to round').not.toBe(0);
    expect(amount?.payable).toBe(lines - (lines % 100));
    await payShown(counter, draft);
    const rounding = counter.rows(`SELECT amount FROM ledger_line WHERE account = 'rounding'`);
    expect(rounding).toEqual([{ amount: lines % 100 }]);
  });

  it('gives change, and takes nothing when too little was handed over', async () => {
    const counter = await open();
    const draft = await prepared(counter, ON_TIME);
    const payable = payableOf(draft);
    const input = { transactionId: draft.transactionId, expectedPayable: payable };
    const refused = await counter.refusal('transactions.pay', { ...input, tendered: payable - 100 });
    expect(refused).toMatchObject({ code: 'TENDERED_TOO_LITTLE', path: ['tendered'], details: { short: 100 } });
    expect(sales(counter)).toEqual([]);
    const paid = await counter.get('transactions.pay', { ...input, tendered: 300_000 });
    expect(paid.change).toBe(300_000 - payable);
  });

  it('refuses when the amount is no longer the one that the screen showed', async () => {
    const counter = await open();
    const draft = await prepared(counter, ON_TIME);
    const refused = await counter.refusal('transactions.pay', {
      transactionId: draft.transactionId,
      tendered: 1_000_000,
      expectedPayable: payableOf(draft) - 1000,
    });
    expect(refused).toMatchObject({ code: 'AMOUNT_CHANGED', details: { payable: payableOf(draft) } });
    expect(sales(counter)).toEqual([]);
  });

  it('needs every required page of the checklist', async () => {
    const counter = await open();
    const draft = await prepared(counter, ON_TIME);
    const { transactionId } = draft;
    await counter.get('transactions.set-documents', { transactionId, documents: [{ kind: 'stnk', present: true }] });
    const payable = payableOf(draft);
    const refused = await counter.refusal('transactions.pay', {
      transactionId,
      tendered: payable,
      expectedPayable: payable,
    });
    expect(refused).toMatchObject({ code: 'DOCUMENTS_INCOMPLETE', details: { kinds: 'owner-ktp' } });
  });

  it('asks a payer who is not the owner for his power of attorney and his own card', async () => {
    const counter = await open();
    const { transactionId } = await prepared(counter, ON_TIME);
    const payer = { transactionId, name: 'Wakil', phone: null, blankReason: null, isOwner: false };
    const draft = await counter.get('transactions.set-payer', payer);
    const required = draft.documents.filter((one) => one.required && !one.present).map(({ kind }) => kind);
    expect(required).toEqual(['power-of-attorney', 'representative-ktp']);
  });

  it('asks a company for its letter and not for an identity card', async () => {
    const counter = await open();
    const { documents } = await confirmed(counter, 'W 9234 TC');
    expect(documents.filter((one) => one.required).map(({ kind }) => kind)).toEqual(['stnk', 'company-letter']);
  });

  it('needs the payer’s name or phone, or the reason why they are blank', async () => {
    const counter = await open();
    const draft = await prepared(counter, ON_TIME);
    const { transactionId } = draft;
    const blank = { transactionId, name: '', phone: null, blankReason: '', isOwner: true };
    await counter.get('transactions.set-payer', blank);
    const payment = { transactionId, tendered: payableOf(draft), expectedPayable: payableOf(draft) };
    expect(await counter.refusal('transactions.pay', payment)).toMatchObject({ code: 'PAYER_MISSING' });
    await counter.get('transactions.set-payer', { ...blank, blankReason: 'tidak berkenan' });
    expect(await counter.get('transactions.pay', payment)).toMatchObject({ payable: payableOf(draft) });
  });

  it('is not possible before the chassis number was confirmed', async () => {
    const counter = await open();
    const [card] = await counter.get('vehicles.find', { text: ON_TIME });
    const { transactionId } = await counter.get('transactions.begin', { vehicleId: card?.vehicleId ?? '' });
    const payment = { transactionId, tendered: 284_000, expectedPayable: 284_000 };
    expect(await counter.refusal('transactions.pay', payment)).toMatchObject({ code: 'TRANSACTION_NOT_CONFIRMED' });
  });

  it('is refused for a transaction that nobody began or that was given up', async () => {
    const counter = await open();
    const unknown = '019cd5af-0000-7000-8000-000000000000';
    const payment = { tendered: 284_000, expectedPayable: 284_000 };
    expect(await counter.refusal('transactions.pay', { transactionId: unknown, ...payment })).toMatchObject({
      code: 'TRANSACTION_UNKNOWN',
    });
    const { transactionId } = await prepared(counter, ON_TIME);
    await counter.get('transactions.abandon', { transactionId });
    expect(await counter.refusal('transactions.pay', { transactionId, ...payment })).toMatchObject({
      code: 'TRANSACTION_CLOSED',
    });
  });

  it('answers the same sale when the same call comes again, and prints nothing new', async () => {
    const counter = await open();
    const draft = await prepared(counter, ON_TIME);
    const first = await payShown(counter, draft);
    const again = await payShown(counter, draft);
    expect(again).toEqual(first);
    // Whatever the second call says about money, it answers what was done.
    const other = { transactionId: draft.transactionId, tendered: 900_000, expectedPayable: 1 };
    expect(await counter.get('transactions.pay', other)).toEqual(first);
    expect(sales(counter)).toHaveLength(1);
    expect(counter.bodies('print.requested')).toHaveLength(1);
    expect(counter.printers.papers).toHaveLength(1);
  });

  it('makes one sale of fifty presses of the button in one moment', async () => {
    const counter = await open();
    const draft = await prepared(counter, ON_TIME);
    const answers = await Promise.all(Array.from({ length: 50 }, () => payShown(counter, draft)));
    expect(new Set(answers.map((one) => one.receiptNumber)).size).toBe(1);
    expect(sales(counter)).toHaveLength(1);
    expect(entries(counter, 'transaction.paid')).toHaveLength(1);
    expect(counter.bodies('print.requested')).toHaveLength(1);
  });

  it('does not sell the same period of a vehicle twice, and shows the receipt of the first time', async () => {
    const counter = await open();
    const paid = await sellOffline(counter, ON_TIME);
    const [card] = await counter.get('vehicles.find', { text: ON_TIME });
    expect(card?.paidHere).toMatchObject({ receiptNumber: paid.receiptNumber });
    const draft = await confirmed(counter, ON_TIME);
    expect(draft.refusals).toMatchObject([
      { code: 'ALREADY_PAID_HERE', details: { receiptNumber: paid.receiptNumber } },
    ]);
    expect(draft.offer).toBe('none');
    const payment = { transactionId: draft.transactionId, tendered: 284_000, expectedPayable: 284_000 };
    expect(await counter.refusal('transactions.pay', payment)).toMatchObject({ code: 'ALREADY_PAID_HERE' });
  });

  it('makes one sale of two drafts of one vehicle that are paid in the same moment', async () => {
    const counter = await open();
    const drafts = [await prepared(counter, ON_TIME), await prepared(counter, ON_TIME)];
    const answers = await Promise.all(
      drafts.map(({ transactionId }) =>
        counter.ask('transactions.pay', { transactionId, tendered: 284_000, expectedPayable: 284_000 }),
      ),
    );
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(answers.find((one) => !one.ok)).toMatchObject({ error: { code: 'ALREADY_PAID_HERE' } });
  });

  it('needs an open cash session, and says so before the citizen takes out his money', async () => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'petugas-1');
    const draft = await prepared(counter, ON_TIME);
    expect(draft).toMatchObject({ refusals: [{ code: 'CASH_SESSION_CLOSED' }], offer: 'none' });
    const payment = { transactionId: draft.transactionId, tendered: 284_000, expectedPayable: 284_000 };
    expect(await counter.refusal('transactions.pay', payment)).toMatchObject({ code: 'CASH_SESSION_CLOSED' });
  });

  it('is not done into the drawer of another officer, and says whose it is', async () => {
    const counter = await open();
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-2');
    const draft = await prepared(counter, ON_TIME);
    expect(draft).toMatchObject({
      refusals: [{ code: 'CASH_SESSION_OF_OTHER', details: { officer: 'Siti Aminah' } }],
      offer: 'none',
    });
    const payment = { transactionId: draft.transactionId, tendered: 284_000, expectedPayable: 284_000 };
    expect(await counter.refusal('transactions.pay', payment)).toMatchObject({
      code: 'CASH_SESSION_OF_OTHER',
      details: { officer: 'Siti Aminah' },
    });
  });

  it('prints a QR that verifies with the province’s root key alone and says what the entry says', async () => {
    const counter = await open();
    const paid = await sellOffline(counter, 'AG 5678 ØB');
    const qr = counter.printers.papers[0]?.document.blocks.find((block) => block.kind === 'qr');
    const proof = decodeReceiptProof(qr?.payload ?? '');
    if (proof === undefined) throw new Error('the QR is no receipt');
    const [device] = counter.rows('SELECT root_key FROM device');
    expect(verifyReceiptProof(proof, [String(device?.['root_key'])])).toMatchObject({ ok: true });
    const [entry] = entries(counter, 'transaction.paid');
    expect(proof.statement).toMatchObject({
      nrkb: 'AG 5678 ØB',
      seq: entry?.['seq'],
      transactionId: paid.transactionId,
      total: paid.total,
      paidOn: '2026-03-10',
    });
    const dearer = { ...proof, statement: { ...proof.statement, total: proof.statement.total + 1 } };
    expect(verifyReceiptProof(dearer as typeof proof, [String(device?.['root_key'])])).toMatchObject({ ok: false });
  });
});

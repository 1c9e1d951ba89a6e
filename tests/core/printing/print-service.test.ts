import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, prepared, sellOffline } from '../../support/at-the-counter.ts';
import { afterPowerCut, copiedCounter, restarted, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { readEscpos } from '../../support/escpos-reader.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { createGate } from '../../support/test-line.ts';

const PLATE = 'AG 2345 KD';
const OTHER = 'AG 1111 HI';
const NOBODY = '019cd5af-0000-7000-8000-000000000000';

const jobs = (counter: TestCounter) => counter.rows('SELECT kind, copy_no, state, detail, printer FROM print_job');
const axes = async (counter: TestCounter, transactionId: string) =>
  (await counter.get('transactions.get', { transactionId })).row.axes;

describe('the paper of a sale', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));
  const settled = async (counter: TestCounter): Promise<void> => {
    await expect.poll(() => jobs(counter).filter(({ state }) => state === 'requested')).toEqual([]);
  };

  it('is asked for in the journal before the first byte leaves, and its result follows', async () => {
    const counter = await open();
    const seen: unknown[] = [];
    counter.printers.onPaper(() => seen.push(jobs(counter), counter.bodies('transaction.paid').length));
    const paid = await sellOffline(counter, PLATE);
    await settled(counter);
    const intent = { kind: 'receipt', copy_no: 0, state: 'requested', detail: null, printer: 'utama' };
    expect(seen).toEqual([[intent], 1]);
    expect(jobs(counter)).toEqual([{ ...intent, state: 'printed' }]);
    expect(counter.bodies('print.settled')).toMatchObject([{ jobId: paid.printJobId, result: 'printed' }]);
    expect(await axes(counter, paid.transactionId)).toMatchObject({ print: 'printed', copies: 0 });
  });

  it('keeps nobody waiting: the next citizen is served while the printer is still thinking', async () => {
    const counter = await open();
    const gate = createGate();
    counter.printers.answer(
      'utama',
      gate.opened.then(() => ({ outcome: 'printed' })),
    );
    const [first, second] = [await sellOffline(counter, PLATE), await sellOffline(counter, OTHER)];
    expect(second.receiptNumber).not.toBe(first.receiptNumber);
    expect(await axes(counter, first.transactionId)).toMatchObject({ print: 'printing' });
    const { lastReceipts } = await counter.get('counter.today', {});
    expect(lastReceipts.map(({ axes: { print } }) => print)).toEqual(['printing', 'printing']);
    expect((await counter.get('counter.status', {})).unknownPrints).toBe(0);
    gate.open();
    await settled(counter);
    expect(await axes(counter, first.transactionId)).toMatchObject({ print: 'printed' });
  });

  it('that failed before its first byte is printed again as the original', async () => {
    const counter = await open();
    counter.printers.answer('utama', { outcome: 'failed', detail: 'ENOENT' });
    const { transactionId, receiptNumber } = await sellOffline(counter, PLATE);
    await settled(counter);
    expect(await axes(counter, transactionId)).toMatchObject({ print: 'not-printed' });
    const again = { transactionId, reason: 'kabel lepas', printerId: 'cadangan' };
    expect(await counter.get('transactions.reprint', again)).toMatchObject({
      kind: 'receipt',
      copyNo: 0,
      receiptNumber,
    });
    await settled(counter);
    const [failed, printed] = counter.printers.papers;
    expect(failed?.printerId).toBe('utama');
    expect(printed).toMatchObject({ printerId: 'cadangan', document: { head: { kind: 'receipt', mark: null } } });
    expect(printed?.text).toBe(failed?.text);
  });

  it('whose printer fell silent is a question to the officer, and nothing prints by itself', async () => {
    const counter = await open();
    counter.printers.answer('utama', { outcome: 'unknown', detail: 'TIME_OUT' });
    const { transactionId, printJobId } = await sellOffline(counter, PLATE);
    await settled(counter);
    expect(await axes(counter, transactionId)).toMatchObject({ print: 'print-unknown' });
    expect(await counter.get('counter.status', {})).toMatchObject({ unknownPrints: 1, needsPerson: 1 });
    expect(await counter.get('exceptions.list', {})).toMatchObject([
      { kind: 'print-unknown', transactionId, reason: 'TIME_OUT', counterTotal: 284_000 },
    ]);
    const answer = { jobId: printJobId ?? '', cameOut: true };
    await counter.get('printing.answer', answer);
    expect(counter.bodies('print.answered')).toEqual([{ jobId: printJobId, cameOut: true }]);
    expect(await axes(counter, transactionId)).toMatchObject({ print: 'printed', copies: 0 });
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    expect(await counter.refusal('printing.answer', answer)).toMatchObject({ code: 'PRINT_NOT_UNKNOWN' });
    expect(await counter.refusal('printing.answer', { jobId: NOBODY, cameOut: true })).toEqual({
      code: 'PRINT_JOB_UNKNOWN',
    });
    expect(counter.printers.papers).toHaveLength(1);
  });

  it('that the officer says did not come out is followed by SALINAN 1, for only he says so', async () => {
    const counter = await open();
    counter.printers.answer('utama', { outcome: 'unknown', detail: 'TIME_OUT' });
    const { transactionId, printJobId } = await sellOffline(counter, PLATE);
    await settled(counter);
    await counter.get('printing.answer', { jobId: printJobId ?? '', cameOut: false });
    expect(await axes(counter, transactionId)).toMatchObject({ print: 'spoiled' });
    const again = { transactionId, reason: 'kertas tersangkut', printerId: 'cadangan' };
    expect(await counter.get('transactions.reprint', again)).toMatchObject({ kind: 'copy', copyNo: 1 });
    await settled(counter);
    expect(counter.printers.papers.at(-1)?.document.head.mark).toBe('SALINAN 1');
    expect(await axes(counter, transactionId)).toMatchObject({ print: 'printed', copies: 1 });
  });

  it('is unknown after a power cut between intent and result, and does not come by itself afterwards', async () => {
    const counter = await open();
    const gate = createGate();
    counter.printers.answer(
      'utama',
      gate.opened.then(() => ({ outcome: 'printed' })),
    );
    const { transactionId, printJobId } = await sellOffline(counter, PLATE);
    const after = await afterPowerCut(counter);
    gate.open();
    expect(after.printers.papers).toEqual([]);
    expect(after.bodies('print.settled')).toEqual([{ jobId: printJobId, result: 'unknown', detail: 'RESTARTED' }]);
    await enterAs(after, 'petugas-1');
    expect(await after.get('exceptions.list', {})).toMatchObject([{ kind: 'print-unknown', transactionId }]);
    await after.get('transactions.reprint', { transactionId, reason: 'listrik padam', printerId: null });
    await settled(after);
    expect(after.printers.papers.map(({ document }) => document.head.mark)).toEqual(['SALINAN 1']);
  });

  it('is waited for when the counter is closed in order', async () => {
    const counter = await open();
    const gate = createGate();
    counter.printers.answer(
      'utama',
      gate.opened.then(() => ({ outcome: 'printed' })),
    );
    await sellOffline(counter, PLATE);
    const closing = restarted(counter);
    gate.open();
    expect(jobs(await closing)).toMatchObject([{ state: 'printed' }]);
  });

  it('is copied with the same number, SALINAN 1 and 2, each with its reason in the journal', async () => {
    const counter = await open();
    const { transactionId, receiptNumber } = await sellOffline(counter, PLATE);
    await settled(counter);
    for (const reason of ['hilang', 'basah']) {
      await counter.get('transactions.reprint', { transactionId, reason });
      await settled(counter);
    }
    const marks = counter.printers.papers.map(({ document }) => document.head.mark);
    expect(marks).toEqual([null, 'SALINAN 1', 'SALINAN 2']);
    for (const { text } of counter.printers.papers) expect(text).toContain(receiptNumber);
    const reasons = counter.bodies('print.requested').map(({ copyNo, reason }) => [copyNo, reason]);
    expect(reasons).toEqual([
      [0, null],
      [1, 'hilang'],
      [2, 'basah'],
    ]);
    expect(await axes(counter, transactionId)).toMatchObject({ print: 'printed', copies: 2 });
  });

  it('gets two different numbers when two copies are asked for in the same moment', async () => {
    const counter = await open();
    const { transactionId } = await sellOffline(counter, PLATE);
    await settled(counter);
    const copies = await Promise.all([
      counter.get('transactions.reprint', { transactionId, reason: 'hilang' }),
      counter.get('transactions.reprint', { transactionId, reason: 'hilang' }),
    ]);
    expect(copies.map(({ copyNo }) => copyNo).sort()).toEqual([1, 2]);
  });

  it('goes to the printer that is named, and to no printer that is not set up', async () => {
    const counter = await open();
    const draft = await prepared(counter, PLATE);
    const payable = draft.amount?.payable ?? 0;
    const { transactionId } = draft;
    const payment = { transactionId, tendered: payable, expectedPayable: payable };
    await counter.get('transactions.pay', { ...payment, printerId: 'cadangan' });
    await settled(counter);
    expect(counter.printers.papers.map(({ printerId }) => printerId)).toEqual(['cadangan']);
    const elsewhere = { transactionId, reason: 'hilang', printerId: 'tidak-ada' };
    expect(await counter.refusal('transactions.reprint', elsewhere)).toMatchObject({ code: 'PRINTER_UNKNOWN' });
  });

  it('is not asked for where the named printer does not exist, and the money is safe all the same', async () => {
    const counter = await open();
    const draft = await prepared(counter, PLATE);
    const payable = draft.amount?.payable ?? 0;
    const paid = await counter.get('transactions.pay', {
      transactionId: draft.transactionId,
      tendered: payable,
      expectedPayable: payable,
      printerId: 'tidak-ada',
    });
    expect(paid.printJobId).toBeNull();
    expect(counter.bodies('transaction.paid')).toHaveLength(1);
    expect(await axes(counter, paid.transactionId)).toMatchObject({ print: 'not-printed' });
  });

  it('stands in the list of papers with its receipt number', async () => {
    const counter = await open();
    const { receiptNumber, transactionId } = await sellOffline(counter, PLATE);
    await settled(counter);
    expect(await counter.get('printing.jobs', {})).toMatchObject([
      { transactionId, receiptNumber, kind: 'receipt', copyNo: 0, state: 'printed' },
    ]);
  });
});

describe('a paper that proves nothing', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));

  it('is no sale: a price slip is headed BUKAN BUKTI BAYAR and has no number', async () => {
    const counter = await open();
    const entries = counter.rows('SELECT * FROM entry').length;
    const { transactionId } = await prepared(counter, PLATE);
    await counter.get('transactions.print-quote', { transactionId });
    const [slip] = counter.printers.papers;
    expect(slip?.text).toContain('BUKAN BUKTI BAYAR');
    expect(slip?.text).toContain('284.000');
    expect(slip?.text).not.toMatch(/3506-017-01-/);
    // The look at the owner, and that a price was asked: nothing else is in the journal.
    expect(counter.rows('SELECT * FROM entry')).toHaveLength(entries + 2);
    expect(counter.bodies('price.quoted')).toEqual([{ transactionId, payable: 284_000 }]);
  });

  it('is waited for, and a silent printer is named', async () => {
    const counter = await open();
    counter.printers.answer('utama', { outcome: 'failed', detail: 'ENOENT' });
    expect(await counter.refusal('printing.test', { printerId: 'utama' })).toEqual({
      code: 'PRINTER_SILENT',
      details: { reason: 'ENOENT', printer: 'Printer utama' },
    });
    const { transactionId } = await prepared(counter, PLATE);
    expect(await counter.refusal('transactions.print-quote', { transactionId })).toMatchObject({
      code: 'PRINTER_SILENT',
    });
    expect(await counter.get('printing.test', { printerId: 'cadangan' })).toMatchObject({ kind: 'test' });
    expect(await counter.refusal('printing.test', { printerId: 'tidak-ada' })).toMatchObject({
      code: 'PRINTER_UNKNOWN',
    });
  });
});

describe('the printers of a counter', () => {
  const folder = useEnrolledFolder();

  it('are kept over a restart; exactly one of them is the first', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const printers = await counter.get('printing.printers', {});
    expect(printers.map(({ printerId, role }) => [printerId, role])).toEqual([
      ['utama', 'first'],
      ['cadangan', 'second'],
    ]);
    const none = printers.map((one) => ({ ...one, role: 'second' as const }));
    expect(await counter.refusal('printing.set-printers', { printers: none })).toEqual({ code: 'PRINTER_UNKNOWN' });
    const turned = printers.map((one) => ({
      ...one,
      role: one.role === 'first' ? ('second' as const) : ('first' as const),
    }));
    await counter.get('printing.set-printers', { printers: turned });
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    await sellOffline(again, PLATE);
    expect(again.printers.papers.map(({ printerId }) => printerId)).toEqual(['cadangan']);
  });

  it('print real bytes: a roll that a printer understands, and a PDF in the folder', async () => {
    const counter = await openForBusiness(await copiedCounter(folder(), { ownPrinters: true }));
    const roll = join(counter.folder, 'roll.bin');
    await counter.get('printing.set-printers', {
      printers: [
        { printerId: 'roll', kind: 'escpos-file', name: 'Roll', target: roll, widthMm: 80, role: 'first' },
        {
          printerId: 'pdf',
          kind: 'pdf',
          name: 'PDF',
          target: join(counter.folder, 'struk'),
          widthMm: 148,
          role: 'second',
        },
      ],
    });
    const { transactionId, receiptNumber } = await sellOffline(counter, PLATE);
    await expect.poll(() => jobs(counter).map(({ state }) => state)).toEqual(['printed']);
    const printed = readEscpos(readFileSync(roll));
    expect(printed.lines.map(({ text }) => text).join('\n')).toContain(receiptNumber);
    expect(printed.qrs[0]?.payload).toMatch(/^https:\/\/.+\/t#1\./);
    const { jobId } = await counter.get('transactions.reprint', { transactionId, reason: 'hilang', printerId: 'pdf' });
    await expect
      .poll(() => jobs(counter).map(({ state }) => state), { timeout: 20_000 })
      .toEqual(['printed', 'printed']);
    expect(
      readFileSync(join(counter.folder, 'struk', `copy-${jobId}.pdf`))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });
});

import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, pinOf, sellOffline, wrongPinOf } from '../../support/at-the-counter.ts';
import { afterPowerCut, copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { type EmergencyTyped, paperId, typedSheet, withBook } from '../../support/emergency-book.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { cardPhoto, keptFile } from '../../support/test-pages.ts';

const folder = useEnrolledFolder();
const PLATE = 'AG 2345 KD';
const DAY = 86_400_000;

const working = async (): Promise<TestCounter> => withBook(await openForBusiness(await copiedCounter(folder())));
const by = (officerId: string) => ({ officerId, pin: pinOf(officerId) });
const enter = (counter: TestCounter, over: Partial<EmergencyTyped> = {}) =>
  counter.get('emergency.enter', typedSheet(counter, over));
const confirm = (counter: TestCounter, transactionId: string, officerId = 'petugas-2') =>
  counter.get('emergency.confirm', { transactionId, confirmer: by(officerId) });
const sum = (counter: TestCounter, account: string): number =>
  Number(
    counter.rows('SELECT coalesce(sum(amount), 0) AS sum FROM ledger_line WHERE account = ?', account)[0]?.['sum'],
  );
const numbers = async (counter: TestCounter) =>
  (await counter.get('emergency.book', {})).sheets.map(({ number, state }) => [number, state]);

describe('a sheet of the emergency book', () => {
  it('becomes a sale of its own day: amount as written, cash in the open session, photo, two people', async () => {
    const counter = await working();
    const paperAt = counter.clock.wallMs() - 2 * DAY;
    const { asked } = await enter(counter, { amount: 1, paperAt });
    if (asked === null) throw new Error('no figure');
    const view = await enter(counter, { amount: asked, paperAt });
    expect(view).toMatchObject({ figure: 'agrees', paperOn: '2026-03-08', chassisAgrees: true, paidHere: null });
    const photo = await keptFile(counter, paperId(1), await cardPhoto('KD'), 'emergency-receipt');
    const before = sum(counter, 'cash-drawer');
    const sale = await confirm(counter, paperId(1));
    expect(sale).toMatchObject({ transactionId: paperId(1), amount: asked });
    expect(sum(counter, 'cash-drawer') - before).toBe(asked);
    const session = await counter.get('cash-session.current', {});
    const [body] = counter.bodies('transaction.paid');
    expect(body).toMatchObject({
      paidOn: '2026-03-08',
      payable: asked,
      tendered: asked,
      change: 0,
      documents: [{ kind: 'emergency-receipt', present: true }],
      emergency: {
        bookNumber: 1,
        paperAt,
        enteredBy: 'petugas-1',
        confirmedBy: 'petugas-2',
        figure: 'agrees',
        photos: [photo],
        noPhotoReason: null,
      },
    });
    const [entry] = counter.rows("SELECT text, cash_session_id FROM entry WHERE type = 'transaction.paid'");
    expect(JSON.parse(String(entry?.['text']))).toMatchObject({ mustUnderstand: ['emergency'] });
    expect(entry?.['cash_session_id']).toBe(session?.cashSessionId);
    expect(await counter.get('transactions.get', { transactionId: paperId(1) })).toMatchObject({
      row: { paidOn: '2026-03-08', payable: asked, receiptNumber: sale.receiptNumber },
    });
    expect(await numbers(counter)).toEqual([[1, 'confirmed']]);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
    // The sheet's photo is shown no more, and nothing of the person stays in the table of sheets.
    expect(await counter.refusal('documents.show', { documentId: photo })).toMatchObject({ code: 'PAGE_NOT_SHOWN' });
    expect(counter.rows('SELECT sealed FROM emergency_sheet')).toEqual([{ sealed: null }]);
  });

  it.each([
    ['short', -50_000],
    ['over', 50_000],
  ] as const)('that is %s is booked as taken, never corrected', async (figure, difference) => {
    const counter = await working();
    const { asked } = await enter(counter, { amount: 1 });
    const amount = (asked ?? 0) + difference;
    expect(await enter(counter, { amount })).toMatchObject({ figure, asked, amount });
    await confirm(counter, paperId(1));
    const [body] = counter.bodies('transaction.paid');
    expect(body).toMatchObject({ payable: amount, total: amount, rounding: 0, emergency: { figure } });
    expect(body?.lines.reduce((total, line) => total + line.amount, 0)).toBe(amount);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('of a vehicle that nobody here knows is taken in, and stands whole on one line', async () => {
    const counter = await working();
    const view = await enter(counter, { nrkb: 'AG 9999 ZZ', chassisTail: 'ABCDE', amount: 275_000 });
    expect(view).toMatchObject({ figure: 'unassessed', asked: null, vehicle: null, chassisAgrees: null });
    await confirm(counter, paperId(1));
    const [body] = counter.bodies('transaction.paid');
    expect(body).toMatchObject({ lines: [{ component: 'pkb', amount: 275_000 }], payable: 275_000 });
    expect(await counter.get('transactions.search', { text: 'AG 9999 ZZ' })).toHaveLength(1);
  });

  it('whose chassis is another one is told, and taken in all the same', async () => {
    const counter = await working();
    expect(await enter(counter, { chassisTail: 'ZZZZZ' })).toMatchObject({ chassisAgrees: false });
    await confirm(counter, paperId(1));
    expect(counter.bodies('transaction.paid')).toMatchObject([{ emergency: { chassisAgrees: false } }]);
  });

  it('of a vehicle that was paid here meanwhile is a second sale, which the province judges', async () => {
    const counter = await working();
    const sold = await sellOffline(counter, PLATE);
    expect(await enter(counter)).toMatchObject({ paidHere: { receiptNumber: sold.receiptNumber } });
    await confirm(counter, paperId(1));
    expect(counter.bodies('transaction.paid')).toHaveLength(2);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('survives a power cut between typing and confirming, photo and all', async () => {
    const counter = await working();
    await enter(counter, { noPhotoReason: null });
    const photo = await keptFile(counter, paperId(1), await cardPhoto('KD'), 'emergency-receipt');
    const again = await afterPowerCut(counter);
    await enterAs(again, 'petugas-1');
    expect(again.bodies('transaction.paid')).toEqual([]);
    expect(await again.get('emergency.sheet', { transactionId: paperId(1) })).toMatchObject({ photos: 1 });
    await again.get('documents.show', { documentId: photo });
    await confirm(again, paperId(1));
    const third = await afterPowerCut(again);
    expect(third.bodies('transaction.paid')).toHaveLength(1);
    expect(third.rows('SELECT number, state FROM emergency_sheet')).toEqual([{ number: 1, state: 'confirmed' }]);
  });
});

describe('two people', () => {
  it('are two: who typed it does not confirm it, and a wrong PIN is counted', async () => {
    const counter = await working();
    await enter(counter);
    const ask = (officerId: string, pin: string) =>
      counter.refusal('emergency.confirm', { transactionId: paperId(1), confirmer: { officerId, pin } });
    expect(await ask('petugas-1', pinOf('petugas-1'))).toMatchObject({
      code: 'APPROVER_REFUSED',
      details: { reason: 'SAME_PERSON' },
    });
    expect(await ask('petugas-2', wrongPinOf('petugas-2'))).toMatchObject({
      code: 'APPROVER_REFUSED',
      details: { reason: 'PIN_WRONG' },
    });
    expect(counter.bodies('officer.sign-in-refused')).toMatchObject([{ failures: 1 }]);
    expect(counter.bodies('transaction.paid')).toEqual([]);
    await confirm(counter, paperId(1), 'pengawas');
    expect(counter.bodies('transaction.paid')).toMatchObject([{ emergency: { confirmedBy: 'pengawas' } }]);
    expect(await ask('petugas-2', pinOf('petugas-2'))).toMatchObject({ code: 'EMERGENCY_SHEET_UNKNOWN' });
  });

  it('see the payer by an entry, change nothing of each other, and the cash is of who is signed in', async () => {
    const counter = await working();
    await enter(counter, { payerName: 'Budi Pembayar' });
    expect(counter.bodies('personal-data.viewed')).toEqual([]);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-2');
    expect(await counter.get('emergency.sheet', { transactionId: paperId(1) })).toMatchObject({
      payerName: 'Budi Pembayar',
      enteredBy: 'petugas-1',
    });
    expect(counter.bodies('personal-data.viewed')).toEqual([{ what: 'payer', count: 1 }]);
    const code = 'EMERGENCY_SHEET_OF_OTHER';
    expect(await counter.refusal('emergency.enter', typedSheet(counter))).toMatchObject({ code });
    expect(await counter.refusal('emergency.discard', { transactionId: paperId(1) })).toMatchObject({ code });
    const asked = { transactionId: paperId(1), confirmer: by('petugas-2') };
    expect(await counter.refusal('emergency.confirm', asked)).toMatchObject({ code: 'CASH_SESSION_OF_OTHER' });
  });

  it('need a drawer that is open, and a photo or the reason why there is none', async () => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'petugas-1');
    await withBook(counter);
    await enter(counter, { noPhotoReason: null });
    const asked = { transactionId: paperId(1), confirmer: by('petugas-2') };
    expect(await counter.refusal('emergency.confirm', asked)).toMatchObject({ code: 'CASH_SESSION_CLOSED' });
    await counter.get('cash-session.open', { float: [] });
    expect(await counter.refusal('emergency.confirm', asked)).toMatchObject({ code: 'EMERGENCY_PHOTO_MISSING' });
    await enter(counter, { noPhotoReason: 'kamera mati, kertas basah' });
    await confirm(counter, paperId(1));
    expect(counter.bodies('transaction.paid')).toMatchObject([
      { emergency: { photos: [], noPhotoReason: 'kamera mati, kertas basah' } },
    ]);
  });
});

describe('a number', () => {
  it('is taken once, also when it is typed twice in the same moment', async () => {
    const counter = await working();
    const answers = await Promise.all([
      counter.ask('emergency.enter', typedSheet(counter, { transactionId: paperId(1) })),
      counter.ask('emergency.enter', typedSheet(counter, { transactionId: paperId(2) })),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ error: { code: 'EMERGENCY_NUMBER_USED' } });
    const [row] = counter.rows('SELECT transaction_id FROM emergency_sheet');
    const transactionId = String(row?.['transaction_id']);
    // The confirmation, too, pressed twice.
    const confirmer = by('petugas-2');
    const twice = await Promise.all([
      counter.ask('emergency.confirm', { transactionId, confirmer }),
      counter.ask('emergency.confirm', { transactionId, confirmer }),
    ]);
    expect(twice.filter((answer) => answer.ok)).toHaveLength(1);
    expect(counter.bodies('transaction.paid')).toHaveLength(1);
    const used = typedSheet(counter, { transactionId: paperId(3) });
    expect(await counter.refusal('emergency.enter', used)).toMatchObject({
      code: 'EMERGENCY_NUMBER_USED',
      details: { state: 'confirmed' },
    });
    const again = await counter.refusal('emergency.enter', typedSheet(counter, { transactionId }));
    expect(again).toMatchObject({ code: 'EMERGENCY_SHEET_CONFIRMED' });
  });

  it('is of a registered book; books do not overlap', async () => {
    const counter = await working();
    const unknown = { code: 'EMERGENCY_NUMBER_UNKNOWN' };
    expect(await counter.refusal('emergency.enter', typedSheet(counter, { bookNumber: 26 }))).toMatchObject(unknown);
    expect(await counter.refusal('emergency.spoil', { bookNumber: 26, reason: 'sobek' })).toMatchObject(unknown);
    const book = { from: 20, to: 40, note: 'SP-2' };
    expect(await counter.refusal('emergency.receive-book', book)).toMatchObject({
      code: 'EMERGENCY_BOOK_KNOWN',
      details: { from: 1, to: 25 },
    });
    const wrongWay = { from: 50, to: 49, note: 'SP-2' };
    expect(await counter.refusal('emergency.receive-book', wrongWay)).toMatchObject({ code: 'FORM_RANGE_INVALID' });
    await counter.get('emergency.receive-book', { from: 26, to: 50, note: 'SP-2' });
    const across = { from: 25, to: 26, reason: 'hilang bersama' };
    expect(await counter.refusal('emergency.declare-missing', across)).toMatchObject(unknown);
  });

  it('that is spoiled or missing is told once, and a silent one below is a case until it is told', async () => {
    const counter = await working();
    await enter(counter, { bookNumber: 4 });
    const gaps = async () => (await counter.get('emergency.book', {})).books[0]?.gaps;
    const cases = async () =>
      (await counter.get('exceptions.list', {}))
        .filter(({ kind }) => kind === 'emergency-gap')
        .map((one) => one.reason);
    expect(await gaps()).toEqual([{ from: 1, to: 3 }]);
    expect(await cases()).toEqual(['1–3']);
    expect((await counter.get('cases.page', { caseId: 'emergency-1-3' })).gap).toEqual({
      form: null,
      series: '',
      from: 1,
      to: 3,
    });
    await counter.get('emergency.spoil', { bookNumber: 2, reason: 'salah tulis' });
    expect(await cases()).toEqual(['1', '3']);
    await counter.get('emergency.declare-missing', { from: 1, to: 1, reason: 'tidak ditemukan' });
    await counter.get('emergency.declare-missing', { from: 3, to: 3, reason: 'tidak ditemukan' });
    expect([await gaps(), await cases()]).toEqual([[], []]);
    expect(await numbers(counter)).toEqual([
      [4, 'open'],
      [3, 'missing'],
      [2, 'spoiled'],
      [1, 'missing'],
    ]);
    const used = { code: 'EMERGENCY_NUMBER_USED' };
    expect(await counter.refusal('emergency.spoil', { bookNumber: 2, reason: 'sobek' })).toMatchObject(used);
    expect(
      await counter.refusal('emergency.enter', typedSheet(counter, { transactionId: paperId(9), bookNumber: 1 })),
    ).toMatchObject(used);
    expect(() => counter.rows('DELETE FROM emergency_sheet WHERE number = 2')).toThrow();
  });

  it('that was typed by mistake is silent again, and its page is given up', async () => {
    const counter = await working();
    await enter(counter, { bookNumber: 7, noPhotoReason: null });
    await enter(counter, { bookNumber: 1, noPhotoReason: null });
    expect(await numbers(counter)).toEqual([[1, 'open']]);
    await keptFile(counter, paperId(1), await cardPhoto('KD'), 'emergency-receipt');
    expect((await counter.get('emergency.discard', { transactionId: paperId(1) })).sheets).toEqual([]);
    expect(counter.bodies('document.discarded')).toHaveLength(1);
    const gone = await counter.refusal('emergency.sheet', { transactionId: paperId(1) });
    expect(gone).toMatchObject({ code: 'EMERGENCY_SHEET_UNKNOWN' });
  });
});

describe('nothing that stops a sale stops an emergency receipt', () => {
  it('in a session that stays open over midnight, with caps reached, old rules, and no contact for a year', async () => {
    const counter = await working();
    await enter(counter, { amount: 9_999_999_999 });
    await confirm(counter, paperId(1));
    // The drawer is far above its cap now: a sale is refused, the next sheet is not.
    await expect(sellOffline(counter, PLATE)).rejects.toThrow();
    counter.clock.pass(400 * DAY);
    await enterAs(counter, 'petugas-1').catch(() => counter.get('sign-in.unlock', { pin: pinOf('petugas-1') }));
    const paperAt = counter.clock.wallMs() - 390 * DAY;
    expect(await enter(counter, { transactionId: paperId(2), bookNumber: 2, paperAt })).toMatchObject({
      paperOn: '2026-03-20',
    });
    await confirm(counter, paperId(2));
    expect(counter.bodies('transaction.paid')).toHaveLength(2);
  });

  it('and a clock that was set back tells of a paper from tomorrow only while it is believed', async () => {
    const counter = await working();
    const paperAt = counter.clock.wallMs() + 2 * DAY;
    const later = typedSheet(counter, { paperAt });
    expect(await counter.refusal('emergency.enter', later)).toMatchObject({ code: 'EMERGENCY_PAPER_LATER' });
    counter.clock.reboot(60_000);
    counter.clock.setWall(counter.clock.wallMs() - 5 * DAY);
    const cut = await afterPowerCut(counter);
    await enterAs(cut, 'petugas-1');
    expect((await cut.get('counter.status', {})).clock.trust).not.toBe('rtc');
    expect(await cut.get('emergency.enter', later)).toMatchObject({ paperAt });
  });
});

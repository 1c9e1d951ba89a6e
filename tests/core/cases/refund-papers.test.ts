import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideRefundById } from '../../../src/province/cases/decide-by-id.ts';
import { erasePerson } from '../../../src/province/documents/erase-person.ts';
import { enterAs, openForBusiness, pinOf, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { cardPhoto, takenIn, wholePage } from '../../support/test-pages.ts';
import { openTestProvince, type TestProvince } from '../../support/test-province.ts';

const OVER = 'P 2929 OV';
const approval = { by: 'pin' as const, supervisorId: 'pengawas', pin: pinOf('pengawas') };
const person = { accountHolder: 'Budi Pembayar', bank: 'Bank Jatim', accountNumber: '0012 3456', phone: null };
/** Invented cards look alike: the counter's question whether it is the same paper is answered. */
async function keptPaper(counter: TestCounter, stream: string, text: string, kind: string): Promise<string> {
  const intakeId = await takenIn(counter, stream, await cardPhoto(text));
  const { pages } = await counter.get('documents.keep', wholePage(intakeId, kind, { evenIfRepeated: true }));
  await counter.get('documents.drop-intake', { intakeId });
  return pages[0]?.documentId ?? '';
}
const caseOf = (transactionId: string) => ({ caseId: `sale-${transactionId}` });

describe('the papers of an application for a refund', () => {
  const held: { province?: TestProvince } = {};
  beforeEach(async () => {
    held.province = await openTestProvince();
  });
  afterEach(() => held.province?.close());
  const world = (): TestProvince => {
    if (held.province === undefined) throw new Error('the province is not open yet');
    return held.province;
  };

  async function decided(counter: TestCounter): Promise<void> {
    await sync(counter);
    await world().book();
    await world().book();
    await sync(counter);
  }

  /** A sale of which too much was taken, decided, and its case with a number: where its pages go. */
  async function overCase() {
    const counter = await openForBusiness(await enrolledCounter(world()));
    counter.line.set('down');
    const { transactionId } = await sellOffline(counter, OVER);
    counter.line.set('pass');
    await decided(counter);
    expect((await counter.get('cases.page', caseOf(transactionId))).refundPapers).toMatchObject({
      stream: null,
      missing: ['refund-identity', 'refund-paper'],
    });
    const { refundPapers } = await counter.get('cases.open', caseOf(transactionId));
    return { counter, transactionId, stream: refundPapers?.stream ?? '' };
  }
  const papersOf = async (counter: TestCounter, transactionId: string) =>
    (await counter.get('cases.page', caseOf(transactionId))).refundPapers;

  it('lie with the case, are named in the application, and the signed form follows until it is paid', async () => {
    const { counter, transactionId, stream } = await overCase();
    const asked = { transactionId, ...person };
    expect(await counter.refusal('refunds.request', asked)).toEqual({
      code: 'REFUND_PAPERS_MISSING',
      details: { missing: 'refund-identity refund-paper' },
    });
    const identity = await keptPaper(counter, stream, 'KTP', 'refund-identity');
    expect(await counter.refusal('refunds.request', asked)).toMatchObject({ details: { missing: 'refund-paper' } });
    const paper = await keptPaper(counter, stream, 'TTS', 'refund-paper');
    await expect(keptPaper(counter, stream, 'STNK', 'stnk')).rejects.toThrow('DOCUMENT_KIND_UNKNOWN');
    // The service of the sale stays closed.
    const bytes = { bytes: 100, camera: false };
    expect(await counter.refusal('documents.begin-intake', { stream: transactionId, ...bytes })).toMatchObject({
      code: 'TRANSACTION_CLOSED',
    });
    expect(await papersOf(counter, transactionId)).toEqual({
      stream,
      missing: [],
      papers: [
        { kind: 'refund-identity', pages: 1 },
        { kind: 'refund-paper', pages: 1 },
        { kind: 'refund-form', pages: 0 },
      ],
    });
    const { refundId } = await counter.get('refunds.request', { ...asked, withoutPapers: 'tidak dipakai' });
    const [body] = counter.bodies('refund.requested');
    expect(body).toMatchObject({ documentIds: [identity, paper] });
    expect(body).not.toHaveProperty('withoutPapers');
    await keptPaper(counter, stream, 'FORM', 'refund-form');
    expect((await papersOf(counter, transactionId))?.papers.at(-1)).toEqual({ kind: 'refund-form', pages: 1 });
    await counter.get('refunds.approve', { refundId, approval });
    await decided(counter);
    const word = { saidBy: 'Bendahara', reason: null, reversal: null, reference: 'SP2D 17' } as const;
    await decideRefundById(world().province.context, refundId, { ...word, state: 'paid' });
    await sync(counter);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('may be missing when the officer says why, and the application says so too', async () => {
    const { counter, transactionId } = await overCase();
    await counter.get('refunds.request', { transactionId, ...person, withoutPapers: 'kamera rusak' });
    expect(counter.bodies('refund.requested')).toMatchObject([{ documentIds: [], withoutPapers: 'kamera rusak' }]);
  });

  it('are erased with the person of the sale, here and at the province, and none come after', async () => {
    const { counter, transactionId, stream } = await overCase();
    const documentId = await keptPaper(counter, stream, 'KTP', 'refund-identity');
    expect((await counter.get('documents.of', { stream })).pages[0]).toMatchObject({ documentId, shown: true });
    await sync(counter);
    const { context } = world().province;
    const keys = () =>
      context.db.selectFrom('document_key').select('document_id').where('stream', '=', stream).execute();
    expect(await keys()).toHaveLength(1);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    await counter.get('transactions.erase-person', { transactionId, reason: 'permintaan pemilik' });
    expect(counter.bodies('subject-key.erased').map(({ subject }) => subject)).toEqual([transactionId, stream]);
    expect((await counter.get('documents.of', { stream })).pages[0]).toMatchObject({ shown: false });
    expect(await papersOf(counter, transactionId)).toMatchObject({ stream });
    await sync(counter);
    expect(await keys()).toEqual([]);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    const begin = { stream, bytes: 100, camera: false };
    expect(await counter.refusal('documents.begin-intake', begin)).toMatchObject({ code: 'TRANSACTION_CLOSED' });
  });

  it('are erased by a word of the province alone', async () => {
    const { counter, transactionId, stream } = await overCase();
    await keptPaper(counter, stream, 'KTP', 'refund-identity');
    await sync(counter);
    const { context } = world().province;
    expect(await erasePerson(context, transactionId, 'permintaan')).toMatchObject({ ok: true, value: { pages: 1 } });
    expect(
      await context.db.selectFrom('document_key').select('document_id').where('stream', '=', stream).execute(),
    ).toEqual([]);
  });
});

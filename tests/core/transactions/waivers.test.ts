import { describe, expect, it } from 'vitest';
import {
  begun,
  enterAs,
  openForBusiness,
  payableOf,
  payShown,
  pinOf,
  prepared,
  wrongPinOf,
} from '../../support/at-the-counter.ts';
import { copiedCounter, restarted, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const ON_TIME = 'AG 2345 KD';
const SUPERVISOR = 'pengawas';
const approval = { by: 'pin', supervisorId: SUPERVISOR, pin: pinOf(SUPERVISOR) } as const;
const reason = 'KTP hilang, surat kehilangan diperlihatkan';

describe('a paper that the citizen does not have', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));

  /** A sale ready to be paid but for the named papers. */
  const without = async (counter: TestCounter, ...kinds: readonly string[]): Promise<string> => {
    const { transactionId, documents } = await prepared(counter, ON_TIME);
    await counter.get('transactions.set-documents', {
      transactionId,
      documents: documents.map(({ kind }) => ({ kind, present: !kinds.includes(kind) })),
    });
    return transactionId;
  };

  it('is let pass by a supervisor with a reason: the entry is written at once, and the sale says it again', async () => {
    const counter = await open();
    const transactionId = await without(counter, 'owner-ktp');
    const waived = await counter.get('transactions.waive-document', {
      transactionId,
      kind: 'owner-ktp',
      reason,
      approval,
    });
    const waiver = { kind: 'owner-ktp', reason, approvedBy: SUPERVISOR };
    expect(waived.documents.find((one) => one.kind === 'owner-ktp')).toMatchObject({ present: false, waived: waiver });
    expect(counter.bodies('document.waived')).toEqual([waiver]);
    const paid = await payShown(counter, waived);
    expect(paid.transactionId).toBe(transactionId);
    expect(counter.bodies('transaction.paid').at(-1)).toMatchObject({ waivers: [waiver] });
  });

  it('stops the sale until then, and a sale without waivers carries none', async () => {
    const counter = await open();
    const transactionId = await without(counter, 'owner-ktp');
    const draft = await counter.get('transactions.draft', { transactionId });
    const payment = { transactionId, tendered: payableOf(draft), expectedPayable: payableOf(draft) };
    expect(await counter.refusal('transactions.pay', payment)).toMatchObject({ code: 'DOCUMENTS_INCOMPLETE' });
    const documents = draft.documents.map(({ kind }) => ({ kind, present: true }));
    await payShown(counter, await counter.get('transactions.set-documents', { transactionId, documents }));
    expect(counter.bodies('transaction.paid').at(-1)).not.toHaveProperty('waivers');
  });

  it.each([
    ['nobody', null, 'WAIVER_NEEDS_SUPERVISOR', undefined],
    [
      'the officer himself',
      { by: 'pin' as const, supervisorId: 'petugas-1', pin: pinOf('petugas-1') },
      'APPROVER_REFUSED',
      'SAME_PERSON',
    ],
    [
      'another officer',
      { by: 'pin' as const, supervisorId: 'petugas-2', pin: pinOf('petugas-2') },
      'APPROVER_REFUSED',
      'NOT_A_SUPERVISOR',
    ],
    [
      'a wrong PIN',
      { by: 'pin' as const, supervisorId: SUPERVISOR, pin: wrongPinOf(SUPERVISOR) },
      'APPROVER_REFUSED',
      'PIN_WRONG',
    ],
    [
      'a stranger',
      { by: 'pin' as const, supervisorId: 'pengawas-99', pin: '12345678' },
      'APPROVER_REFUSED',
      'OFFICER_UNKNOWN',
    ],
  ])('is not let pass by %s', async (_who, by, code, because) => {
    const counter = await open();
    const transactionId = await without(counter, 'owner-ktp');
    const refused = await counter.refusal('transactions.waive-document', {
      transactionId,
      kind: 'owner-ktp',
      reason,
      approval: by,
    });
    expect(refused).toMatchObject({ code, ...(because === undefined ? {} : { details: { reason: because } }) });
    expect(counter.bodies('document.waived')).toEqual([]);
  });

  it('counts the wrong PINs of an approval like those at the door, and locks the supervisor out', async () => {
    const counter = await open();
    const transactionId = await without(counter, 'owner-ktp');
    const ask = (pin: string) =>
      counter.refusal('transactions.waive-document', {
        transactionId,
        kind: 'owner-ktp',
        reason,
        approval: { by: 'pin', supervisorId: SUPERVISOR, pin },
      });
    for (let tries = 1; tries < 5; tries += 1) {
      expect(await ask(wrongPinOf(SUPERVISOR))).toMatchObject({ details: { reason: 'PIN_WRONG' } });
    }
    expect(await ask(wrongPinOf(SUPERVISOR))).toMatchObject({ details: { reason: 'OFFICER_LOCKED_OUT' } });
    expect(await ask(pinOf(SUPERVISOR))).toMatchObject({ details: { reason: 'OFFICER_LOCKED_OUT' } });
    await counter.get('sign-in.end', {});
    const atTheDoor = { officerId: SUPERVISOR, pin: pinOf(SUPERVISOR) };
    expect(await counter.refusal('sign-in.begin', atTheDoor)).toMatchObject({ code: 'OFFICER_LOCKED_OUT' });
    expect(counter.bodies('officer.sign-in-refused')).toHaveLength(5);
  });

  it('forgets the wrong PINs before a right one', async () => {
    const counter = await open();
    const transactionId = await without(counter, 'owner-ktp');
    const asked = { transactionId, kind: 'owner-ktp', reason };
    const wrong = { by: 'pin', supervisorId: SUPERVISOR, pin: wrongPinOf(SUPERVISOR) } as const;
    await counter.refusal('transactions.waive-document', { ...asked, approval: wrong });
    await counter.get('transactions.waive-document', { ...asked, approval });
    expect(counter.rows('SELECT failures FROM officer WHERE officer_id = ?', SUPERVISOR)).toEqual([{ failures: 0 }]);
  });

  it('is one paper: the approval of one lets no other pass', async () => {
    const counter = await open();
    const transactionId = await without(counter, 'owner-ktp', 'power-of-attorney', 'representative-ktp');
    const payer = { transactionId, name: 'Wakil', phone: null, blankReason: null, isOwner: false };
    await counter.get('transactions.set-payer', payer);
    await counter.get('transactions.waive-document', { transactionId, kind: 'owner-ktp', reason, approval });
    const second = { transactionId, kind: 'power-of-attorney', reason };
    expect(await counter.refusal('transactions.waive-document', second)).toMatchObject({
      code: 'WAIVER_NEEDS_SUPERVISOR',
    });
    expect(counter.bodies('document.waived')).toHaveLength(1);
  });

  it('is never let pass where the pack says never, where it is not required, or where nobody asked for it', async () => {
    const counter = await open();
    const transactionId = await without(counter, 'stnk', 'last-notice');
    const ask = (kind: string) =>
      counter.refusal('transactions.waive-document', { transactionId, kind, reason, approval });
    expect(await ask('stnk')).toMatchObject({ code: 'WAIVER_NOT_ALLOWED' });
    expect(await ask('last-notice')).toMatchObject({ code: 'WAIVER_NOT_ALLOWED' });
    expect(await ask('company-letter')).toMatchObject({ code: 'DOCUMENT_KIND_UNKNOWN' });
    expect(counter.bodies('document.waived')).toEqual([]);
  });

  it('is let pass once, however often it is said, and it stays so over a restart', async () => {
    const counter = await open();
    const transactionId = await without(counter, 'owner-ktp');
    const asked = { transactionId, kind: 'owner-ktp', reason, approval };
    await counter.get('transactions.waive-document', asked);
    await counter.get('transactions.waive-document', asked);
    expect(counter.bodies('document.waived')).toHaveLength(1);
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    const draft = await again.get('transactions.draft', { transactionId });
    expect(draft.documents.find((one) => one.kind === 'owner-ktp')?.waived).toMatchObject({ approvedBy: SUPERVISOR });
  });

  it('is asked for when the vehicle is financed, and not otherwise', async () => {
    const counter = await open();
    const { transactionId, documents } = await begun(counter, ON_TIME);
    expect(documents.map((one) => one.kind)).not.toContain('leasing-letter');
    const financed = await counter.get('transactions.set-financed', { transactionId, financed: true });
    expect(financed).toMatchObject({ financed: true });
    expect(financed.documents.find((one) => one.kind === 'leasing-letter')).toMatchObject({ required: true });
  });
});

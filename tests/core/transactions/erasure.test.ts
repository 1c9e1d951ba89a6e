import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { receivedRenewal } from '../../support/applications.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const NRKB = 'AG 2345 KD';

/** The supervisor takes the officer's place at the counter. */
async function asSupervisor(counter: TestCounter): Promise<void> {
  await counter.get('sign-in.end');
  await enterAs(counter, 'pengawas');
}

const keysOf = (counter: TestCounter, subject: string): number =>
  counter.rows('SELECT subject FROM subject_key WHERE subject = ?', subject).length;

describe('erasing a person', () => {
  const folder = useEnrolledFolder();

  it('destroys the key, blanks the lists, and leaves money, number and chain as they were', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const paid = await sellOffline(counter, NRKB);
    const { transactionId } = paid;
    await asSupervisor(counter);
    expect(keysOf(counter, transactionId)).toBe(1);

    await counter.get('transactions.erase-person', { transactionId, reason: 'permohonan wajib pajak' });

    expect(keysOf(counter, transactionId)).toBe(0);
    const view = await counter.get('transactions.get', { transactionId });
    expect(view.row).toMatchObject({ receiptNumber: paid.receiptNumber, payable: paid.payable, nrkb: '(dihapus)' });
    expect(view.maskedOwner).toBe('(dihapus)');
    expect(await counter.get('transactions.search', { text: NRKB })).toEqual([]);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
    expect(counter.bodies('subject-key.erased')).toEqual([
      { subject: transactionId, reason: 'permohonan wajib pajak' },
    ]);
  });

  it('takes name, plate and form off an application, which stands on with its number', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { applicationId, applicationNumber } = await receivedRenewal(counter, ['stnk', 'owner-ktp']);
    await asSupervisor(counter);
    await counter.get('transactions.erase-person', { transactionId: applicationId, reason: 'permohonan warga' });
    expect(keysOf(counter, applicationId)).toBe(0);
    await counter.get('sign-in.end');
    await enterAs(counter, 'petugas-1');
    const view = await counter.get('applications.get', { applicationId });
    expect(view).toMatchObject({ applicationNumber, state: 'incomplete', nrkb: null, fields: {} });
    expect(view.applicant).toMatchObject({ name: '(dihapus)', phone: null });
    expect(view.missing).toEqual(['BPKB asli']);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('a second erasing changes nothing and says so', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId } = await sellOffline(counter, NRKB);
    await asSupervisor(counter);
    const asked = { transactionId, reason: 'permohonan wajib pajak' };
    await counter.get('transactions.erase-person', asked);
    await counter.get('transactions.erase-person', asked);
    expect(counter.bodies('subject-key.erased')).toHaveLength(1);
  });

  it("is a supervisor's to do, and needs a sale", async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId } = await sellOffline(counter, NRKB);
    const asked = { transactionId, reason: 'permohonan wajib pajak' };
    expect(await counter.refusal('transactions.erase-person', asked)).toMatchObject({ code: 'FORBIDDEN' });
    await asSupervisor(counter);
    const nobody = { ...asked, transactionId: '01a20102-5c53-7817-8f17-000000000000' };
    expect(await counter.refusal('transactions.erase-person', nobody)).toMatchObject({ code: 'TRANSACTION_UNKNOWN' });
  });

  it('the receipt of an erased person is not printed again', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId } = await sellOffline(counter, NRKB);
    await asSupervisor(counter);
    await counter.get('transactions.erase-person', { transactionId, reason: 'permohonan wajib pajak' });
    await counter.get('sign-in.end');
    await enterAs(counter, 'petugas-1');
    const reprint = { transactionId, reason: 'hilang di jalan' };
    expect(await counter.refusal('transactions.reprint', reprint)).toMatchObject({ code: 'PERSON_ERASED' });
  });

  it('takes the form that is kept for the backups along, out of the table and out of every file', async () => {
    const medium = join(temporaryFolder(), 'stick');
    const counter = await openForBusiness(await copiedCounter(folder(), { config: { firstMirrorDir: medium } }));
    const [erased, stays] = [await sellOffline(counter, NRKB), await sellOffline(counter, 'AG 3456 EF')];
    await counter.get('backup.make');
    const kept = (subject: string) => counter.rows('SELECT jwe FROM sealed_subject_key WHERE subject = ?', subject);
    const form = String(kept(erased.transactionId)[0]?.['jwe']);
    expect(form.length).toBeGreaterThan(200);
    const sealed = form.split('.').at(-2) ?? ''; // the ciphertext alone, so that no part of it may stay
    await asSupervisor(counter);
    await counter.get('transactions.erase-person', { transactionId: erased.transactionId, reason: 'permohonan' });
    expect(kept(erased.transactionId)).toEqual([]);
    expect(kept(stays.transactionId)).toHaveLength(1);
    const files = readdirSync(counter.folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const holding = files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(sealed));
    expect(holding.map((file) => file.name)).toEqual([]);
  });

  it('the wrapped key is gone from the files, not only from the table', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId } = await sellOffline(counter, NRKB);
    const [row] = counter.rows('SELECT wrapped_key FROM subject_key WHERE subject = ?', transactionId);
    const wrapped = String(row?.['wrapped_key']);
    expect(wrapped.length).toBeGreaterThan(40);
    await asSupervisor(counter);
    await counter.get('transactions.erase-person', { transactionId, reason: 'permohonan wajib pajak' });
    const files = readdirSync(counter.folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const holding = files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(wrapped));
    expect(holding.map((file) => file.name)).toEqual([]);
  });
});

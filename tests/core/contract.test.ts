import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { api, type Method } from '../../src/contract/api.ts';
import {
  begun,
  enterAs,
  openForBusiness,
  pinOf,
  prepared,
  sellOffline,
  sellOnline,
  sync,
  tailOf,
} from '../support/at-the-counter.ts';
import { begunRenewal, receivedRenewal } from '../support/applications.ts';
import { casesOfADay } from '../support/cases-of-a-day.ts';
import { enrolledByFile, enrolledByWizard, enrolledCounter, useProvince } from '../support/enrolled-counter.ts';
import { carried } from '../support/flashdisk.ts';
import { updatedCounter } from '../support/installed-counter.ts';
import type { TestCounter } from '../support/test-counter.ts';
import type { TestProvince } from '../support/test-province.ts';
import { decideApplication } from '../../src/province/applications/decide-application.ts';
import { moneyOfADay } from '../support/money-of-a-day.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { cardPhoto, takenIn, wholePage } from '../support/test-pages.ts';

/** A service beside the sale, from its choice to its result, and the waivers of both. */
async function papersForAnAgency(counter: TestCounter, province: TestProvince): Promise<void> {
  const approval = { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') } as const;
  const waiver = { reason: 'surat kehilangan diperlihatkan', approval };
  const { transactionId } = await begun(counter, 'AG 2345 KD');
  await counter.get('transactions.set-financed', { transactionId, financed: true });
  await counter.get('transactions.waive-document', { transactionId, kind: 'owner-ktp', ...waiver });
  await counter.get('transactions.abandon', { transactionId });
  await counter.get('services.list');
  const { applicationId: givenUp } = await begunRenewal(counter);
  await counter.get('applications.unfinished');
  await counter.get('applications.abandon', { applicationId: givenUp });
  const { applicationId } = await receivedRenewal(counter, ['stnk']);
  await counter.get('applications.waive', { applicationId, kind: 'owner-ktp', ...waiver });
  const documents = ['stnk', 'bpkb'].map((kind) => ({ kind, present: true, held: false }));
  await counter.get('applications.complete', { applicationId, documents });
  await counter.get('applications.print-slip', { applicationId });
  await sync(counter);
  const word = { reason: null, missing: [], agencyNumber: 'SI-1', saidBy: 'Rini' };
  const ready = await decideApplication(province.province.context, applicationId, { state: 'ready', ...word });
  expect(ready.ok).toBe(true);
  await sync(counter);
  await counter.get('applications.get', { applicationId });
  await counter.get('applications.list', { show: 'all' });
  const taker = { to: 'owner', name: 'Siti Pemohon', evidence: 'KTP asli' } as const;
  await counter.get('applications.hand-over', { applicationId, ...taker });
}

/** Originals of a booked sale, who waits, and the form under its final receipt. */
async function drawerQueueAndForms(counter: TestCounter, transactionId: string): Promise<void> {
  const { holdingIds } = await counter.get('originals.receive', { stream: transactionId, kinds: ['stnk'] });
  await counter.get('originals.in-drawer', {});
  const taker = { to: 'representative', name: 'Budi Pengambil', evidence: 'surat kuasa' } as const;
  await counter.get('originals.hand-over', { holdingIds, ...taker });
  const { ticket } = await counter.get('queue.issue', { reason: 'outage', name: 'Umi', nrkb: 'AG 3456 EF' });
  await counter.get('queue.list', {});
  await counter.get('queue.settle', { ticketId: ticket.ticketId, outcome: 'left' });
  const form = { form: 'tbpkp', series: 'A' } as const;
  await counter.get('forms.receive', { ...form, from: 1, to: 50, deliveryNote: 'SJ 1' });
  await counter.get('forms.use', { ...form, serial: 1, transactionId });
  await counter.get('forms.spoil', { ...form, serial: 2, reason: 'sobek' });
  await counter.get('forms.declare-missing', { ...form, from: 3, to: 4, reason: 'tidak ada' });
  await counter.get('forms.stock', {});
}

/** Pages of a paper by every way in, what is read from one, and what was taken back. */
async function pagesOfPapers(counter: TestCounter): Promise<string> {
  const { transactionId: stream } = await begun(counter, 'AG 6001 TA');
  await counter.get('transactions.confirm', { transactionId: stream, chassisTail: tailOf('AG 6001 TA') });
  const folder = temporaryFolder();
  await counter.get('documents.set-scan-folder', { folder });
  const scan = join(folder, 'pindai.jpg');
  writeFileSync(scan, await cardPhoto('PINDAI'));
  const at = counter.clock.wallMs() / 1000 - 60;
  utimesSync(scan, at, at);
  await counter.get('documents.scans');
  const { intakeId: scanned } = await counter.get('documents.take-scan', { stream, file: 'pindai.jpg' });
  await counter.get('documents.drop-intake', { intakeId: scanned });
  const intakeId = await takenIn(counter, stream, await cardPhoto('STNK'), true);
  await counter.get('documents.look', { intakeId });
  const { pages } = await counter.get('documents.keep', wholePage(intakeId, 'stnk'));
  const documentId = pages[0]?.documentId ?? '';
  await counter.get('documents.show', { documentId });
  await counter.get('documents.read', { documentId });
  const field = { field: 'nrkb', agreement: 'unknown', taken: false } as const;
  await counter.get('documents.settle-reading', { documentId, fields: [field] });
  await counter.get('documents.space');
  await counter.get('documents.lane', { show: 'all' });
  const again = await takenIn(counter, stream, await cardPhoto('KTP'), true);
  const kept = await counter.get('documents.keep', wholePage(again, 'owner-ktp', { evenIfRepeated: true }));
  await counter.get('documents.discard', { documentId, reason: 'retaken' });
  await counter.get('documents.of', { stream });
  return kept.pages[0]?.documentId ?? '';
}

/** A sale that is taken back, and change for the drawer. */
async function takenBack(counter: TestCounter): Promise<void> {
  counter.line.set('down');
  const { transactionId } = await sellOffline(counter, 'AG 6002 TA');
  const approval = { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') } as const;
  await counter.get('transactions.void', { transactionId, reason: 'kendaraan salah', approval });
  counter.line.set('pass');
  const movementId = '0192f000-0000-7000-8000-000000000077';
  await counter.get('cash.move', { movementId, direction: 'in', amount: 50_000, reason: 'tukar uang kecil' });
}

/** What a supervisor does at a drawer: the words for a variance, and a session that was left open. */
async function supervised(counter: TestCounter, cashSessionId: string): Promise<void> {
  await enterAs(counter, 'pengawas');
  const explanation = 'uang kembalian tidak ikut dihitung';
  await counter.get('cash-session.explain-variance', { cashSessionId, explanation });
  await counter.get('sign-in.end', {});
  await enterAs(counter, 'petugas-2');
  const left = await counter.get('cash-session.open', { float: [] });
  await counter.get('sign-in.end', {});
  counter.clock.pass(86_400_000);
  await enterAs(counter, 'pengawas');
  const asked = { cashSessionId: left.cashSessionId, counts: [], reason: 'petugas sakit' };
  await counter.get('cash-session.close-forgotten', asked);
}

/** A report is made, opened and leaves as a file. */
async function reportsAsFiles(counter: TestCounter): Promise<void> {
  const { reportId } = await counter.get('reports.make', { kind: 'bku', from: '2026-03-01', to: '2026-03-31' });
  await counter.get('reports.rows', { reportId, section: 0, offset: 0, limit: 10 });
  await counter.get('reports.entries', { reportId, choice: {}, offset: 0, limit: 10 });
  const [own] = await counter.get('reports.places', {});
  await counter.get('reports.export', { reportId, format: 'csv', folder: own?.folder ?? '' });
}

describe('the contract with the screens', () => {
  const [province, other] = [useProvince(), useProvince()];

  it('is kept by every method in a day of work: what comes back is what was promised, and nothing more', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await counter.get('sign-in.touch', {});
    await counter.get('sign-in.lock', {});
    await counter.get('sign-in.unlock', { pin: pinOf('petugas-1') });
    const { transactionId } = await sellOnline(counter, 'AG 2345 KD');
    counter.line.set('down');
    counter.printers.answer('utama', { outcome: 'unknown', detail: 'TIME_OUT' });
    const unsure = await sellOffline(counter, 'W 1919 SH');
    await expect.poll(() => counter.bodies('print.settled')).toHaveLength(2);
    await counter.get('printing.answer', { jobId: unsure.printJobId ?? '', cameOut: true });
    counter.printers.answer('utama', { outcome: 'printed' });
    const quoted = await prepared(counter, 'AG 3456 EF');
    await counter.get('transactions.set-groups', { transactionId: quoted.transactionId, groups: ['dtsen'] });
    await counter.get('transactions.print-quote', { transactionId: quoted.transactionId });
    await counter.get('transactions.record-arrival', { transactionId: quoted.transactionId });
    const arrival = { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null };
    await counter.get('arrivals.record', arrival);
    await counter.get('arrivals.call-list', {});
    const given = await begun(counter, 'AG 1111 HI');
    await counter.get('transactions.unfinished', {});
    await counter.get('transactions.abandon', { transactionId: given.transactionId });
    counter.line.set('pass');
    await sync(counter);
    await province().book();
    await sync(counter);
    await counter.get('transactions.reprint', { transactionId, reason: 'hilang' });
    await counter.get('transactions.print-final', { transactionId });
    await counter.get('pick-up.list', {});
    await counter.get('pick-up.hand-over', { transactionId, by: 'link' });
    await counter.get('transactions.get', { transactionId });
    await counter.get('transactions.get', { transactionId: unsure.transactionId });
    await counter.get('transactions.search', { text: 'pembayar' });
    await counter.get('exceptions.list', {});
    await counter.get('outbox.view', { show: 'all' });
    await counter.get('outbox.figures', {});
    await counter.get('reports.period', { from: '2026-03-01', to: '2026-03-31' });
    await reportsAsFiles(counter);
    await counter.get('counter.today', {});
    await counter.get('counter.status', {});
    await counter.get('device.overview', {});
    expect(await counter.get('device.verify', {})).toMatchObject({ ok: true, problems: [] });
    await counter.get('printing.jobs', {});
    await counter.get('printing.printers', {});
    await counter.get('printing.test', { printerId: 'cadangan' });
    await papersForAnAgency(counter, province());
    await drawerQueueAndForms(counter, transactionId);
    const documentId = await pagesOfPapers(counter);
    await sync(counter);
    const stored = `SELECT state FROM document WHERE state = 'stored'`;
    await expect.poll(() => counter.rows(stored), { timeout: 20_000 }).toHaveLength(1);
    await takenBack(counter);
    await casesOfADay(counter, province());
    const session = await counter.get('cash-session.current', {});
    const cashSessionId = session?.cashSessionId ?? '';
    const slip = { bank: 'Bank Jatim', slipNumber: 'S-1', depositedOn: '2026-03-10' };
    await counter.get('cash.deposit', { ...slip, from: 'drawer', amount: 100_000 });
    await counter.get('cash-session.count', { cashSessionId, counts: [{ denomination: 100_000, count: 5 }] });
    await counter.get('cash-session.close', { cashSessionId });
    await counter.get('cash.standing', {});
    await counter.get('bundle.places', {});
    const { answer } = await carried(province(), (await counter.get('bundle.export', { to: temporaryFolder() })).file);
    await counter.get('answer.import', { file: answer });
    const byFile = await enrolledByFile(province());
    const wizard = await enrolledByWizard(province(), temporaryFolder());
    const leaving = await enrolledCounter(province());
    await enterAs(leaving, 'pemasang');
    await leaving.get('device.leave', { outletId: '3506-017' });
    const medium = temporaryFolder();
    await counter.get('mirror.set-folder', { folder: medium });
    await counter.get('mirror.complete', {});
    await counter.get('backup.make', {});
    await counter.get('mirror.status', {});
    await byFile.get('mirror.recover', { folder: medium });
    await counter.get('self-test.run', { step: 'clock' });
    await counter.get('self-test.note', { noted: { step: 'camera', works: true, width: 1280, height: 720 } });
    await counter.get('self-test.results', {});
    await counter.get('self-test.save', { to: medium });
    await counter.get('self-test.diagnostics', { to: medium });
    await counter.get('device.desk-card', { to: medium });
    await counter.get('clock.acknowledge', {});
    await counter.get('sign-in.current', {});
    await counter.get('sign-in.officers', {});
    await counter.get('sign-in.end', {});
    await supervised(counter, cashSessionId);
    await sync(counter);
    await counter.get('documents.open-at-province', { documentId, reason: 'wajib pajak bertanya' });
    await counter.get('transactions.erase-person', { transactionId, reason: 'permintaan wajib pajak' });
    const others = await moneyOfADay(other());
    const updated = await updatedCounter(province());
    const methods = Object.keys(api) as Method[];
    const answered = new Set(
      [counter, byFile, wizard, leaving, updated, ...others].flatMap((one) => [...one.answered]),
    );
    expect(methods.filter((method) => !answered.has(method))).toEqual([]);
    expect(counter.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

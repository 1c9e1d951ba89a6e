import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, pinOf, sync } from '../../support/at-the-counter.ts';
import {
  afterPowerCut,
  copiedCounter,
  enrolledCounter,
  restarted,
  useEnrolledFolder,
  useProvince,
} from '../../support/enrolled-counter.ts';
import { begunRenewal, receivedRenewal, RENEWAL_PAPERS, RENEWED_PLATE } from '../../support/applications.ts';
import { on } from '../../support/dates.ts';
import { byFlashdisk } from '../../support/flashdisk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { decodeSlipProof } from '../../../src/contract/slip-statement.ts';
import { decideApplication } from '../../../src/province/applications/decide-application.ts';
import { readApplications } from '../../../src/province/applications/application-store.ts';
import { switchService } from '../../../src/province/feeds/published-services.ts';

const approval = { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') } as const;

describe('papers for an agency, as they are taken in', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));

  it('name what the form and the checklist still want, and keep what is not right yet', async () => {
    const counter = await open();
    const { applicationId, fieldProblems, missing } = await counter.get('applications.begin', {
      serviceId: 'five-year-renewal',
    });
    expect(fieldProblems).toEqual([
      { name: 'nrkb', problem: 'missing' },
      { name: 'stnkValidUntil', problem: 'missing' },
    ]);
    expect(missing).toEqual(['STNK asli', 'KTP pemilik', 'BPKB asli']);
    const changed = await counter.get('applications.change', {
      applicationId,
      fields: { stnkValidUntil: '2026-02-30', notAsked: 'x' },
      financed: true,
    });
    expect(changed.fields).toEqual({ stnkValidUntil: '2026-02-30' });
    expect(changed.fieldProblems).toContainEqual({ name: 'stnkValidUntil', problem: 'invalid' });
    expect(changed.missing).toEqual(['STNK asli', 'KTP pemilik', 'Surat keterangan pembiayaan']);
  });

  it('survive a power cut and are found again by their officer alone', async () => {
    const counter = await open();
    const { applicationId } = await begunRenewal(counter, ['stnk']);
    const again = await afterPowerCut(counter);
    await enterAs(again, 'petugas-2');
    expect(await again.get('applications.unfinished')).toBeNull();
    await again.get('sign-in.end', {});
    await enterAs(again, 'petugas-1');
    expect(await again.get('applications.unfinished')).toMatchObject({
      applicationId,
      nrkb: RENEWED_PLATE,
      applicant: { name: 'Siti Pemohon' },
      fields: { stnkValidUntil: '2026-04-01' },
    });
  });

  it('are received in one commit with a number and a slip, and the same call again is the same application', async () => {
    const counter = await open();
    const { applicationId } = await begunRenewal(counter, RENEWAL_PAPERS);
    const first = await counter.get('applications.receive', { applicationId });
    const second = await counter.get('applications.receive', { applicationId });
    expect(second.application).toEqual(first.application);
    expect(second.printJobId).toBe(first.printJobId);
    expect(first.application.applicationNumber).toMatch(/^3506-017-/);
    expect(counter.bodies('application.received')).toMatchObject([
      { applicationId, serviceId: 'five-year-renewal', missing: [], applicantIsSubject: true, waivers: [] },
    ]);
    expect(counter.bodies('originals.received')).toMatchObject([{ kinds: ['bpkb'] }]);
    expect(counter.bodies('print.requested').filter(({ kind }) => kind === 'application')).toHaveLength(1);
    expect(await counter.get('originals.in-drawer')).toMatchObject([{ stream: applicationId, kind: 'bpkb' }]);
  });

  it('are taken in incomplete too, and the slip and a case say what is missing', async () => {
    const counter = await open();
    const { applicationId, state, missing } = await receivedRenewal(counter, ['stnk', 'owner-ktp']);
    expect({ state, missing }).toEqual({ state: 'incomplete', missing: ['BPKB asli'] });
    expect(counter.bodies('application.received')[0]).toMatchObject({ missing: ['bpkb'] });
    expect(await counter.get('exceptions.list')).toMatchObject([{ kind: 'application-incomplete' }]);
    expect((await counter.get('counter.status')).needsPerson).toBe(1);
    const waived = await counter.get('applications.waive', {
      applicationId,
      kind: 'bpkb',
      reason: 'BPKB dijaminkan, surat bank diperlihatkan',
      approval,
    });
    expect(waived).toMatchObject({ state: 'received', missing: [] });
    expect(counter.bodies('application.completed')).toMatchObject([{ missing: [], waivers: [{ kind: 'bpkb' }] }]);
    expect(await counter.get('exceptions.list')).toEqual([]);
  });

  it('are refused without a name, without a right form, and for a service that is off', async () => {
    const counter = await open();
    const { applicationId } = await counter.get('applications.begin', { serviceId: 'five-year-renewal' });
    expect(await counter.refusal('applications.receive', { applicationId })).toMatchObject({ code: 'PAYER_MISSING' });
    const applicant = { name: 'Siti', phone: null, isSubject: true };
    await counter.get('applications.change', { applicationId, applicant });
    expect(await counter.refusal('applications.receive', { applicationId })).toMatchObject({
      code: 'SERVICE_FORM_INVALID',
      path: ['fields', 'nrkb'],
    });
    expect(counter.bodies('application.received')).toEqual([]);
    for (const [serviceId, code] of [
      ['family-card', 'SERVICE_OFF'],
      ['annual-tax', 'SERVICE_OFF'],
      ['no-such-service', 'SERVICE_UNKNOWN'],
    ] as const) {
      expect(await counter.refusal('applications.begin', { serviceId })).toMatchObject({ code });
    }
  });

  it('leave nothing of the person when they are given up', async () => {
    const counter = await open();
    const { applicationId } = await begunRenewal(counter);
    await counter.get('applications.abandon', { applicationId });
    expect(await counter.get('applications.unfinished')).toBeNull();
    expect(await counter.refusal('applications.receive', { applicationId })).toMatchObject({
      code: 'APPLICATION_CLOSED',
    });
    expect(await counter.refusal('applications.get', { applicationId })).toMatchObject({ code: 'APPLICATION_UNKNOWN' });
    expect(await counter.get('applications.list')).toEqual([]);
  });

  it('keep name, phone, plate and form out of the database in clear, and each look at them is an entry', async () => {
    const counter = await open();
    const { applicationId } = await receivedRenewal(counter);
    const stored = JSON.stringify([
      counter.rows('SELECT * FROM application'),
      counter.rows('SELECT text FROM entry'),
      counter.rows('SELECT * FROM print_job'),
    ]);
    for (const word of ['Siti Pemohon', '081234567890', RENEWED_PLATE]) expect(stored).not.toContain(word);
    await counter.get('applications.get', { applicationId });
    await counter.get('applications.list', { show: 'all' });
    expect(counter.bodies('personal-data.viewed')).toEqual([
      { what: 'application', count: 1 },
      { what: 'application-list', count: 1 },
    ]);
  });

  it('give the citizen a slip that says what is missing, proves itself, and names nobody', async () => {
    const counter = await open();
    const { applicationId, applicationNumber } = await receivedRenewal(counter, ['stnk', 'owner-ktp']);
    await expect.poll(() => counter.printers.papers).toHaveLength(1);
    const [paper] = counter.printers.papers;
    if (paper === undefined) throw new Error('the slip was printed');
    for (const words of ['BUKTI TERIMA BERKAS', applicationNumber ?? '', 'BPKB asli', 'Samsat Induk', '17 Mar 2026']) {
      expect(paper.text).toContain(words);
    }
    for (const person of ['Siti Pemohon', '081234567890']) expect(paper.text).not.toContain(person);
    const qr = paper.document.blocks.flatMap((block) => (block.kind === 'qr' ? [block.payload] : []));
    expect(decodeSlipProof(qr[0] ?? '')?.statement).toMatchObject({
      kind: 'application',
      subjectId: applicationId,
      number: applicationNumber,
      subject: RENEWED_PLATE,
      on: '2026-03-10',
      promisedOn: '2026-03-17',
    });
  });

  it('are on the disk with their originals before the slip leaves, whole or not at all', async () => {
    const counter = await open();
    const { applicationId } = await begunRenewal(counter, RENEWAL_PAPERS);
    const atPaper: unknown[] = [];
    counter.printers.onPaper(() => {
      atPaper.push(
        counter.rows("SELECT type FROM entry WHERE stream = ? AND type NOT LIKE 'print%' ORDER BY seq", applicationId),
      );
    });
    await counter.get('applications.receive', { applicationId });
    await expect.poll(() => atPaper).toHaveLength(1);
    expect(atPaper[0]).toEqual([{ type: 'application.received' }, { type: 'originals.received' }]);
    const again = await afterPowerCut(counter);
    await enterAs(again, 'petugas-1');
    expect(await again.get('applications.get', { applicationId })).toMatchObject({ state: 'received' });
    expect(await again.get('originals.in-drawer')).toHaveLength(1);
  });

  it('print the slip again as a copy that says where they stand', async () => {
    const counter = await open();
    const { applicationId } = await receivedRenewal(counter);
    await counter.get('applications.print-slip', { applicationId });
    const copies = counter.bodies('print.requested').filter(({ kind }) => kind === 'application');
    expect(copies.map(({ copyNo }) => copyNo)).toEqual([0, 1]);
    const draft = await counter.get('applications.begin', { serviceId: 'lost-stnk' });
    expect(await counter.refusal('applications.print-slip', { applicationId: draft.applicationId })).toMatchObject({
      code: 'NOTHING_TO_PRINT',
    });
  });
});

describe('what the province says', () => {
  const province = useProvince();

  it('of services reaches the counter: one that is switched on with an agreement can be chosen, until it ends', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { context } = province().province;
    const find = async () => (await counter.get('services.list')).find((one) => one.serviceId === 'family-card');
    expect(await find()).toMatchObject({ enabled: false, off: 'NOT_ENABLED' });
    expect(await switchService(context, 'family-card', { enabled: true, agreement: null })).toEqual({
      ok: false,
      error: 'AGREEMENT_MISSING',
    });
    const agreement = {
      agency: 'Disdukcapil Kab. Kediri',
      number: 'PKS-12/2026',
      from: on('2026-03-01'),
      to: on('2026-03-10'),
    };
    const switched = await switchService(context, 'family-card', { enabled: true, agreement });
    expect(switched.ok).toBe(true);
    await sync(counter);
    expect(await find()).toMatchObject({ off: null, agreement: { number: 'PKS-12/2026', to: '2026-03-10' } });
    const { applicationId } = await counter.get('applications.begin', { serviceId: 'family-card' });
    counter.clock.pass(24 * 3_600_000);
    await counter.get('sign-in.unlock', { pin: pinOf('petugas-1') });
    expect(await find()).toMatchObject({ off: 'AGREEMENT_ENDED' });
    await counter.get('applications.change', {
      applicationId,
      applicant: { name: 'Umi', phone: null, isSubject: true },
    });
    expect(await counter.refusal('applications.receive', { applicationId })).toMatchObject({
      code: 'SERVICE_OFF',
      details: { because: 'AGREEMENT_ENDED' },
    });
  });

  it('of an application travels on a flashdisk like everything else, both ways', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    const { context } = province().province;
    const { applicationId } = await receivedRenewal(counter);
    const stick = temporaryFolder();
    await byFlashdisk(counter, province(), stick);
    const held = await readApplications(context.db, 'received', 50);
    expect(held.map((one) => one.applicationId)).toContain(applicationId);
    const word = {
      state: 'returned',
      reason: 'Nomor rangka berbeda.',
      missing: [],
      agencyNumber: 'SI-7',
      saidBy: 'x',
    } as const;
    expect((await decideApplication(context, applicationId, word)).ok).toBe(true);
    await byFlashdisk(counter, province(), stick);
    const again = await byFlashdisk(counter, province(), stick);
    expect(again.taken.problems).toEqual([]);
    const returned = await counter.get('applications.get', { applicationId });
    expect(returned).toMatchObject({ state: 'returned', reason: 'Nomor rangka berbeda.', agencyNumber: 'SI-7' });
    expect(returned.steps.map((step) => step.state)).toEqual(['received', 'returned']);
    expect(await counter.get('exceptions.list')).toMatchObject([{ kind: 'application-returned' }]);
    const after = await restarted(counter);
    await enterAs(after, 'petugas-1');
    const handed = await after.get('applications.hand-over', {
      applicationId,
      to: 'representative',
      name: 'Umi Wakil',
      evidence: 'surat kuasa',
    });
    expect(handed).toMatchObject({ application: { state: 'handed-over' } });
    expect(handed.printJobId).not.toBeNull();
    expect(after.bodies('originals.handed-over')).toMatchObject([
      { to: 'representative', kinds: ['result', 'bpkb', 'stnk', 'owner-ktp'] },
    ]);
    expect(JSON.stringify(after.bodies('originals.handed-over'))).not.toContain('Umi');
    expect(await after.get('originals.in-drawer')).toEqual([]);
    expect(await after.get('exceptions.list')).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeSlipProof } from '../../../src/contract/slip-statement.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import {
  confirmed,
  enterAs,
  openForBusiness,
  payShown,
  prepared,
  sellOffline,
  unlock,
} from '../../support/at-the-counter.ts';
import { copiedCounter, restarted, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PLATE = 'AG 2345 KD';
const OTHER = 'AG 3456 EF';
const DAY = 86_400_000;
const TAKEN = { to: 'owner', name: 'Khoirunnisa Pengambil', evidence: 'KTP asli cocok' } as const;
const NOBODY = '019cd5af-0000-7000-8000-000000000000';

describe('originals in the drawer', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));
  const held = async (counter: TestCounter, nrkb: string, ...kinds: readonly string[]) => {
    const { transactionId } = await prepared(counter, nrkb);
    const received = await counter.get('originals.receive', { stream: transactionId, kinds: [...kinds] });
    return { transactionId, ...received };
  };

  it('are listed with words, plate, payer and age, oldest first, and each look at the names is an entry', async () => {
    const counter = await open();
    const first = await held(counter, PLATE, 'stnk', 'owner-ktp');
    counter.clock.pass(3 * DAY);
    await unlock(counter);
    await held(counter, OTHER, 'stnk');
    expect(await counter.get('counter.today', {})).toMatchObject({ originalsHeld: 3 });
    const drawer = await counter.get('originals.in-drawer', {});
    expect(drawer.map(({ nrkb, kind, days }) => [nrkb, kind, days])).toEqual([
      [PLATE, 'stnk', 3],
      [PLATE, 'owner-ktp', 3],
      [OTHER, 'stnk', 0],
    ]);
    expect(drawer[0]).toMatchObject({
      holdingId: first.holdingId,
      stream: first.transactionId,
      label: expect.stringMatching(/STNK/),
      name: 'Budi Pembayar',
      number: null,
    });
    expect(counter.bodies('personal-data.viewed').at(-1)).toEqual({ what: 'drawer', count: 2 });
    expect(counter.bodies('originals.received').map(({ kinds }) => kinds)).toEqual([['stnk'], ['owner-ktp'], ['stnk']]);
  });

  it('bear the receipt number once their service is paid, and the arrival number once it ends as an arrival', async () => {
    const counter = await open();
    const { transactionId } = await held(counter, PLATE, 'stnk');
    await payShown(counter, await counter.get('transactions.draft', { transactionId }));
    const waiting = await held(counter, OTHER, 'stnk');
    const { arrival } = await counter.get('transactions.record-arrival', { transactionId: waiting.transactionId });
    const [sold, arrived] = await counter.get('originals.in-drawer', {});
    expect(sold).toMatchObject({ nrkb: PLATE, name: 'Budi Pembayar', number: expect.stringMatching(/^3506-017-01-/) });
    expect(arrived).toMatchObject({ nrkb: OTHER, name: 'Budi Pembayar', number: arrival.arrivalNumber });
  });

  it('lie there once, however often the same paper is said to have come', async () => {
    const counter = await open();
    const { transactionId, holdingIds } = await held(counter, PLATE, 'stnk', 'stnk', 'owner-ktp');
    const again = await counter.get('originals.receive', { stream: transactionId, kinds: ['owner-ktp', 'stnk'] });
    expect(new Set(again.holdingIds)).toEqual(new Set(holdingIds));
    expect(await counter.get('originals.in-drawer', {})).toHaveLength(2);
    expect(counter.bodies('originals.received')).toHaveLength(2);
  });

  it('come into the drawer with the sale that says they stay, in its own commit', async () => {
    const counter = await open();
    const { transactionId, documents } = await prepared(counter, PLATE);
    const ticked = documents.map(({ kind }) => ({ kind, present: true, held: kind === 'owner-ktp' }));
    await counter.get('transactions.set-documents', { transactionId, documents: ticked });
    const draft = await counter.get('transactions.draft', { transactionId });
    expect(await counter.get('originals.in-drawer', {})).toEqual([]);
    await payShown(counter, draft);
    expect(await counter.get('originals.in-drawer', {})).toMatchObject([{ kind: 'owner-ktp', stream: transactionId }]);
  });

  it('stay with the arrival that took them in, and not a second time', async () => {
    const counter = await open();
    const { transactionId, documents } = await prepared(counter, PLATE);
    await counter.get('originals.receive', { stream: transactionId, kinds: ['stnk'] });
    const ticked = documents.map(({ kind }) => ({
      kind,
      present: true,
      held: kind === 'stnk' || kind === 'owner-ktp',
    }));
    await counter.get('transactions.set-documents', { transactionId, documents: ticked });
    const { arrival } = await counter.get('transactions.record-arrival', { transactionId });
    const drawer = await counter.get('originals.in-drawer', {});
    expect(drawer.map(({ kind, stream }) => [kind, stream])).toEqual([
      ['stnk', transactionId],
      ['owner-ktp', arrival.arrivalId],
    ]);
    expect(drawer.map(({ number }) => number)).toEqual([arrival.arrivalNumber, arrival.arrivalNumber]);
  });

  it('are refused for a service that is not known or was given up, and for a paper that nobody asks for', async () => {
    const counter = await open();
    const { transactionId } = await confirmed(counter, PLATE);
    const ask = (stream: string, kind: string) => counter.refusal('originals.receive', { stream, kinds: [kind] });
    expect(await ask(NOBODY, 'stnk')).toMatchObject({ code: 'TRANSACTION_UNKNOWN' });
    expect(await ask(transactionId, 'surfboard')).toMatchObject({
      code: 'DOCUMENT_KIND_UNKNOWN',
      path: ['kinds', '0'],
    });
    await counter.get('transactions.abandon', { transactionId });
    expect(await ask(transactionId, 'stnk')).toMatchObject({ code: 'TRANSACTION_UNKNOWN' });
    expect(counter.bodies('originals.received')).toEqual([]);
  });
});

describe('a hand-over of originals', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));
  const held = async (counter: TestCounter, nrkb: string, ...kinds: readonly string[]) => {
    const { transactionId } = await prepared(counter, nrkb);
    const { holdingIds } = await counter.get('originals.receive', { stream: transactionId, kinds: [...kinds] });
    return { transactionId, holdingIds };
  };

  it('is one entry with a number, printed after its commit with a QR that proves it', async () => {
    const counter = await open();
    const { holdingIds } = await held(counter, PLATE, 'stnk', 'owner-ktp');
    const seen: unknown[] = [];
    counter.printers.onPaper(() => {
      seen.push(counter.rows('SELECT count(*) AS held FROM holding WHERE hand_over_id IS NULL')[0]?.['held']);
      seen.push(counter.rows("SELECT state FROM print_job WHERE kind = 'hand-over'")[0]?.['state']);
    });
    const handed = await counter.get('originals.hand-over', { holdingIds, ...TAKEN });
    expect(handed).toMatchObject({ to: 'owner', at: counter.clock.wallMs() });
    expect(handed.labels).toHaveLength(2);
    expect(seen).toEqual([0, 'requested']);
    expect(await counter.get('originals.in-drawer', {})).toEqual([]);
    const paper = counter.printers.papers.at(-1);
    expect(paper?.text).toContain(handed.handOverNumber);
    const qr = paper?.document.blocks.find((block) => block.kind === 'qr')?.payload ?? '';
    expect(decodeSlipProof(qr)?.statement).toMatchObject({
      kind: 'hand-over',
      subjectId: handed.handOverId,
      number: handed.handOverNumber,
      subject: PLATE,
      on: '2026-03-10',
    });
    expect(counter.bodies('originals.handed-over')).toMatchObject([
      {
        handOverId: handed.handOverId,
        handOverNumber: handed.handOverNumber,
        kinds: ['stnk', 'owner-ktp'],
        holdingIds,
      },
    ]);
  });

  it('leaves the others in the drawer, and goes to the agency as well', async () => {
    const counter = await open();
    const { holdingIds } = await held(counter, PLATE, 'stnk', 'owner-ktp');
    const [stnk = ''] = holdingIds;
    await counter.get('originals.hand-over', { holdingIds: [stnk], ...TAKEN, to: 'agency', evidence: 'kurir Samsat' });
    expect(counter.printers.papers.at(-1)?.text).toContain('Diambil oleh Instansi tujuan');
    expect(await counter.get('originals.in-drawer', {})).toMatchObject([{ kind: 'owner-ktp' }]);
  });

  it('happens once, and takes all that were asked or none', async () => {
    const counter = await open();
    const { holdingIds } = await held(counter, PLATE, 'stnk', 'owner-ktp');
    const other = await held(counter, OTHER, 'stnk');
    const [stnk = '', ktp = ''] = holdingIds;
    const give = (ids: readonly string[]) => ({ holdingIds: [...ids], ...TAKEN });
    expect(await counter.refusal('originals.hand-over', give([stnk, NOBODY]))).toMatchObject({
      code: 'HOLDING_UNKNOWN',
    });
    const mixed = give([stnk, ...other.holdingIds]);
    expect(await counter.refusal('originals.hand-over', mixed)).toMatchObject({ code: 'HOLDING_UNKNOWN' });
    expect(await counter.get('originals.in-drawer', {})).toHaveLength(3);
    await counter.get('originals.hand-over', give([stnk, stnk]));
    for (const ids of [[stnk], [stnk, ktp]]) {
      expect(await counter.refusal('originals.hand-over', give(ids))).toMatchObject({ code: 'HOLDING_HANDED_OVER' });
    }
    expect(counter.bodies('originals.handed-over')).toHaveLength(1);
    expect(await counter.get('originals.in-drawer', {})).toHaveLength(2);
  });

  it('takes two officers at the same moment as one', async () => {
    const counter = await open();
    const { holdingIds } = await held(counter, PLATE, 'stnk');
    const answers = await Promise.all(
      [1, 2, 3].map(() => counter.ask('originals.hand-over', { holdingIds, ...TAKEN })),
    );
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(counter.bodies('originals.handed-over')).toHaveLength(1);
  });

  it('keeps who took them for the holder of the key alone, also before the service is paid', async () => {
    const counter = await open();
    const { transactionId, holdingIds } = await held(counter, PLATE, 'stnk');
    await counter.get('originals.hand-over', { holdingIds, ...TAKEN });
    const [handed] = counter.bodies('originals.handed-over');
    expect(handed?.sealed.subject).toBe(transactionId);
    expect(counter.printers.papers.at(-1)?.text).not.toContain('Khoirunnisa');
    // The same stream names its payer under the same key.
    await payShown(counter, await counter.get('transactions.draft', { transactionId }));
    expect(counter.rows('SELECT count(*) AS keys FROM subject_key WHERE subject = ?', transactionId)).toEqual([
      { keys: 1 },
    ]);
    await counter.stop();
    const file = readFileSync(join(counter.config.dataDir, DATABASE_FILE));
    for (const secret of ['Khoirunnisa', 'Budi Pembayar', PLATE]) {
      expect(file.includes(secret), secret).toBe(false);
      expect(file.includes(Buffer.from(secret, 'utf16le')), secret).toBe(false);
    }
  });

  it('says nothing of a person who was erased, and can still be made', async () => {
    const counter = await open();
    const { transactionId } = await sellOffline(counter, PLATE);
    const { holdingIds } = await counter.get('originals.receive', { stream: transactionId, kinds: ['stnk'] });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    await counter.get('transactions.erase-person', { transactionId, reason: 'permintaan wajib pajak' });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    expect(await counter.get('originals.in-drawer', {})).toMatchObject([{ name: null, nrkb: '(dihapus)' }]);
    await counter.get('originals.hand-over', { holdingIds, ...TAKEN });
    expect(counter.printers.papers.at(-1)?.text).not.toContain(PLATE);
  });

  it('takes no number of a card as evidence, for that could never be erased', async () => {
    const counter = await open();
    const { holdingIds } = await held(counter, PLATE, 'stnk');
    const told = { ...TAKEN, evidence: 'KTP 3506 0101 0101 0001', holdingIds };
    expect(await counter.refusal('originals.hand-over', told)).toMatchObject({ code: 'BAD_INPUT', path: ['evidence'] });
  });

  it('stands when no printer takes the paper, and after a restart', async () => {
    const counter = await open();
    const { holdingIds } = await held(counter, PLATE, 'stnk');
    const handed = await counter.get('originals.hand-over', { holdingIds, ...TAKEN, printerId: 'tidak-ada' });
    expect(handed.printJobId).toBeNull();
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    expect(await again.get('originals.in-drawer', {})).toEqual([]);
    const { ok, problems } = await again.get('device.verify', {});
    expect({ ok, problems }).toEqual({ ok: true, problems: [] });
  });
});

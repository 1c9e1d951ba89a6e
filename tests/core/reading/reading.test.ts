import { describe, expect, it } from 'vitest';
import { begun, confirmed, openForBusiness } from '../../support/at-the-counter.ts';
import { makeCard } from '../../support/cards/card-set.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { registryRecord } from '../../support/registry-record.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { takenIn, wholePage } from '../../support/test-pages.ts';

const folder = useEnrolledFolder();
const PLATE = 'AG 2345 KD';
/** A picture that is taken well: what is tested here is not the recognition. */
const WELL = { wide: 1600, degrees: 1, slant: 0.01, blur: 0, noise: 3, light: 1, shadow: 0, glare: 0, quality: 80 };

/** The vehicle's own STNK, notice or its owner's KTP, or those of somebody else, kept as a page of the service. */
async function keptPaper(
  counter: TestCounter,
  stream: string,
  kind: 'stnk' | 'ktp' | 'notice',
  other: { readonly chassis?: string; readonly nik?: string } = {},
): Promise<string> {
  const record = await registryRecord(counter, PLATE);
  const facts = {
    nrkb: record.nrkb,
    chassis: record.chassisNumber,
    engine: record.engineNumber,
    nik: record.ownerNik ?? '',
    ...other,
  };
  const { jpeg } = await makeCard(7, kind, { facts, shot: WELL });
  const intakeId = await takenIn(counter, stream, jpeg);
  // Two cards of one kind look alike from afar; the officer says that they are two.
  const { pages } = await counter.get('documents.keep', wholePage(intakeId, 'stnk', { evenIfRepeated: true }));
  return pages[0]?.documentId ?? '';
}

const byField = <T extends { readonly field: string }>(readings: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(readings.map((reading) => [reading.field, reading]));

describe('reading a page', () => {
  it('proposes plate and chassis number of an STNK beside the registry, and changes nothing by itself', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId: stream } = await confirmed(counter, PLATE);
    const record = await registryRecord(counter, PLATE);
    const documentId = await keptPaper(counter, stream, 'stnk');
    const before = await counter.get('transactions.draft', { transactionId: stream });
    const { readings } = await counter.get('documents.read', { documentId });
    const read = byField(readings);
    expect(read['nrkb']).toMatchObject({ proposed: PLATE, registered: PLATE, agreement: 'agrees', from: 'text' });
    expect(read['chassis']).toMatchObject({ registered: record.chassisNumber });
    expect(read['engine']).toMatchObject({ registered: record.engineNumber });
    expect(await counter.get('transactions.draft', { transactionId: stream })).toEqual(before);
    // A look at the page is an entry; what was read is none until the officer says what became of it, and then without values.
    expect(counter.bodies('document.read')).toEqual([]);
    const fields = [{ field: 'nrkb', agreement: 'agrees', taken: true }] as const;
    await counter.get('documents.settle-reading', { documentId, fields: [...fields] });
    expect(counter.bodies('document.read')).toEqual([{ documentId, fields }]);
    expect(counter.bodies('document.viewed')).toHaveLength(1);
  });

  it('does not tell what the citizen has still to prove: before the chassis tail was right, only the plate is compared', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId: stream } = await begun(counter, PLATE);
    const documentId = await keptPaper(counter, stream, 'stnk');
    const { readings } = await counter.get('documents.read', { documentId });
    const read = byField(readings);
    expect(read['nrkb']).toMatchObject({ agreement: 'agrees' });
    expect(read['chassis']).toMatchObject({ registered: null, agreement: 'unknown' });
    expect(read['engine']).toMatchObject({ registered: null, agreement: 'unknown' });
  });

  it("says that a KTP is not the owner's, and shows the owner's NIK masked only", async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId: stream } = await confirmed(counter, PLATE);
    const { ownerNik } = await registryRecord(counter, PLATE);
    const masked = `${ownerNik?.slice(0, 4) ?? ''}************`;
    const own = await keptPaper(counter, stream, 'ktp');
    const readOwn = byField((await counter.get('documents.read', { documentId: own })).readings);
    expect(readOwn['nik']).toMatchObject({ proposed: ownerNik, registered: masked, agreement: 'agrees' });
    const strange = await keptPaper(counter, stream, 'ktp', { nik: '3506014107850003' });
    const readStrange = byField((await counter.get('documents.read', { documentId: strange })).readings);
    expect(readStrange['nik']).toMatchObject({
      proposed: '3506014107850003',
      registered: masked,
      agreement: 'differs',
    });
  });

  it('takes the plate of a notice from its barcode, and the look at the file has found the code already', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId: stream } = await confirmed(counter, PLATE);
    const documentId = await keptPaper(counter, stream, 'notice');
    const { readings } = await counter.get('documents.read', { documentId });
    expect(byField(readings)['nrkb']).toMatchObject({ proposed: PLATE, from: 'barcode', agreement: 'agrees' });
  });

  it('reads no page whose service was closed', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId: stream } = await confirmed(counter, PLATE);
    const documentId = await keptPaper(counter, stream, 'stnk');
    await counter.get('transactions.abandon', { transactionId: stream });
    expect(await counter.refusal('documents.read', { documentId })).toMatchObject({ code: 'PAGE_UNKNOWN' });
  });
});

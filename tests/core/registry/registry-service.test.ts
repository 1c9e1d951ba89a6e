import { describe, expect, it } from 'vitest';
import { enterAs, sellOffline, openForBusiness, tailOf } from '../../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { registryRecord } from '../../support/registry-record.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PLATE = 'AG 2345 KD';

describe('finding a vehicle', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'petugas-1');
    return counter;
  };
  const plates = async (counter: TestCounter, text: string): Promise<readonly string[]> =>
    (await counter.get('vehicles.find', { text })).map(({ nrkb }) => nrkb);

  it('works with every spelling of a plate that a person types', async () => {
    const counter = await open();
    for (const text of ['AG 2345 KD', 'ag2345kd', ' Ag  2345  kd ', 'AG-2345-KD', 'AG.2345.KD', 'ag 2345kd']) {
      expect(await plates(counter, text), text).toEqual([PLATE]);
    }
  });

  it('keeps Ø and O apart, for they are two vehicles', async () => {
    const counter = await open();
    expect(await plates(counter, 'AG 5678 ØB')).toEqual(['AG 5678 ØB']);
    expect(await plates(counter, 'AG 5678 OB')).toEqual(['AG 5678 OB']);
  });

  it('works with the last five of the chassis number, and with the whole number', async () => {
    const counter = await open();
    const { chassisNumber } = await registryRecord(counter, PLATE);
    expect(await plates(counter, tailOf(PLATE))).toEqual([PLATE]);
    expect(await plates(counter, chassisNumber.toLowerCase())).toEqual([PLATE]);
  });

  it('works with the owner’s NIK and shows all that he owns', async () => {
    const counter = await open();
    const { ownerNik } = await registryRecord(counter, 'AG 6001 TA');
    const spaced = (ownerNik ?? '').replace(/(\d{4})/g, '$1 ');
    expect((await plates(counter, spaced)).toSorted()).toEqual(['AG 1003 TA', 'AG 6001 TA', 'AG 6002 TA']);
  });

  it('is never possible by a name', async () => {
    const counter = await open();
    expect(await counter.refusal('vehicles.find', { text: 'SITI NUR AISYAH' })).toMatchObject({ code: 'NRKB_INVALID' });
  });

  it('shows nothing that tells who owns it', async () => {
    const counter = await open();
    const { ownerName, ownerNik, chassisNumber, engineNumber } = await registryRecord(counter, PLATE);
    const [card] = await counter.get('vehicles.find', { text: PLATE });
    expect(card).toMatchObject({ make: 'HONDA', maskedOwner: 'S*** N** A*****', paidHere: null, dataOn: '2026-03-10' });
    const shown = counter.shown.join('');
    for (const secret of [ownerName, ownerNik, chassisNumber, engineNumber]) expect(shown).not.toContain(secret);
  });

  it('names the character that looks like another one, and what was probably meant', async () => {
    const counter = await open();
    expect(await counter.refusal('vehicles.find', { text: 'AG 2345 КD' })).toMatchObject({
      code: 'NRKB_LOOKALIKE',
      path: ['text'],
      details: { found: 'К', suggestion: expect.any(String) },
    });
  });

  it('tells a plate of another province from one that is unknown here', async () => {
    const counter = await open();
    expect(await counter.refusal('vehicles.find', { text: 'B 1234 XYZ' })).toMatchObject({
      code: 'NRKB_OTHER_PROVINCE',
      details: { area: 'B' },
    });
    expect(await counter.refusal('vehicles.find', { text: 'AG 9999 XX' })).toMatchObject({
      code: 'VEHICLE_UNKNOWN',
      details: { nrkb: 'AG 9999 XX' },
    });
    expect(await counter.refusal('vehicles.find', { text: '3506010101010001' })).toMatchObject({
      code: 'VEHICLE_UNKNOWN',
      details: { by: 'nik' },
    });
  });

  it('asks for more than one character', async () => {
    const counter = await open();
    expect(await counter.refusal('vehicles.find', { text: ' A ' })).toMatchObject({ code: 'SEARCH_TOO_SHORT' });
  });

  it('keeps no plate, chassis number or NIK in clear: exact search goes by keyed hashes', async () => {
    const counter = await open();
    const { ownerNik, chassisNumber } = await registryRecord(counter, PLATE);
    const rows = JSON.stringify(counter.rows('SELECT * FROM vehicle'));
    for (const secret of [PLATE, ownerNik, chassisNumber, 'SITI']) expect(rows).not.toContain(secret);
  });

  it('says that this counter has already taken the money, until the registry knows it too', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId, receiptNumber } = await sellOffline(counter, PLATE);
    const [card] = await counter.get('vehicles.find', { text: PLATE });
    expect(card?.paidHere).toEqual({ transactionId, receiptNumber, paidOn: '2026-03-10' });
  });
});

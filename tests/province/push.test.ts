import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VehicleRecord } from '../../src/contract/feeds.ts';
import { type Draft, TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale, type SaleOptions } from '../support/test-sale.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
  for (const nrkb of ['AG 6001 TA', 'AG 6002 TA', 'AG 1003 TA', 'AG 3456 EF'])
    counterCopy.set(nrkb, await world.vehicle(nrkb));
});
afterAll(() => world.close());

const SIGNED_IN: Draft = { type: 'officer.signed-in', body: { role: 'officer' } };
const enrolled = async (): Promise<TestDevice> => TestDevice.enrol(world.server, await world.code());
/** As the counter had them before anything was booked here. */
const counterCopy = new Map<string, VehicleRecord>();
const sell = async (device: TestDevice, nrkb: string, over: Partial<SaleOptions> = {}) => {
  const record = counterCopy.get(nrkb) ?? (await world.vehicle(nrkb));
  counterCopy.set(nrkb, record);
  return makeSale(device, record, { paidOn: TEST_TODAY, rules: world.rules, ...over });
};
const entriesOf = (device: TestDevice) =>
  world.province.context.db
    .selectFrom('entry')
    .selectAll()
    .where('device_id', '=', device.deviceId)
    .orderBy('seq')
    .execute();
const suspendedOf = (device: TestDevice) =>
  world.province.context.db
    .selectFrom('suspended_entry')
    .selectAll()
    .where('device_id', '=', device.deviceId)
    .execute();
const salesOf = (device: TestDevice) =>
  world.province.context.db.selectFrom('sale').selectAll().where('device_id', '=', device.deviceId).execute();
const linesOf = (device: TestDevice) =>
  world.province.context.db.selectFrom('ledger_line').selectAll().where('device_id', '=', device.deviceId).execute();

describe('a push', () => {
  it('takes entries into custody byte for byte and signs a receipt for them', async () => {
    const device = await enrolled();
    device.append({
      type: 'epoch.opened',
      officerId: null,
      body: {
        reason: 'enrolment',
        outletId: '3506-017',
        lastProven: null,
        declaredGap: null,
        appVersion: 'test',
        keyStoreKind: 'demo',
      },
    });
    const sale = await sell(device, 'AG 2345 KD');
    const receipt = device.receiptOf(await device.push());
    expect(receipt).toMatchObject({
      deviceId: device.deviceId,
      epoch: device.epoch,
      ackSeq: 2,
      head: sale.entry.hash,
      serverTime: world.clock.now,
    });
    expect(receipt.verdicts).toEqual(
      device.chain.map(({ hash }, index) => ({ seq: index + 1, hash, verdict: { verdict: 'ACCEPTED' } })),
    );
    expect((await entriesOf(device)).map(({ text }) => text)).toEqual(device.chain.map(({ text }) => text));
  });

  it('books the ledger lines of a sale, and they sum to zero', async () => {
    const device = await enrolled();
    const { total } = await sell(device, 'AG 1111 HI');
    await device.verdicts();
    const lines = await linesOf(device);
    expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(0);
    expect(lines.find((line) => line.account === 'cash-drawer')?.amount).toBe(total - (total % 100));
  });

  it('answers DUPLICATE with the verdicts of the first time when it comes again', async () => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    device.append({ type: 'from.the-future', body: { anything: 1 } });
    await sell(device, 'AG 3456 EF');
    const first = await device.verdicts();
    expect(first.map(({ verdict }) => verdict)).toEqual(['ACCEPTED', 'QUARANTINED', 'ACCEPTED']);
    const again = await device.verdicts();
    expect(again).toEqual([
      { verdict: 'DUPLICATE', original: 'ACCEPTED' },
      { verdict: 'DUPLICATE', original: 'QUARANTINED' },
      { verdict: 'DUPLICATE', original: 'ACCEPTED' },
    ]);
    expect(await entriesOf(device)).toHaveLength(3);
    expect(await salesOf(device)).toHaveLength(1);
  });

  it('may overlap the push before it', async () => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    await device.push();
    device.append(SIGNED_IN);
    expect(await device.verdicts()).toEqual([{ verdict: 'DUPLICATE', original: 'ACCEPTED' }, { verdict: 'ACCEPTED' }]);
  });

  it('is judged once when it arrives four times at the same moment', async () => {
    const device = await enrolled();
    await sell(device, 'AG 3456 EF');
    for (let count = 0; count < 5; count += 1) device.append(SIGNED_IN);
    // Without body keys: their rows would make the second push wait, whatever the entries do.
    const all = await Promise.all([1, 2, 3, 4].map(() => device.verdicts(device.chain, { keys: false })));
    for (const [index] of device.chain.entries()) {
      const verdicts = all.map((one) => one[index]?.verdict).sort();
      expect(verdicts).toEqual(['ACCEPTED', 'DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
    }
    expect(await salesOf(device)).toHaveLength(1);
  });

  it('answers GAP and stores nothing when the entry before it is unknown', async () => {
    const device = await enrolled();
    const first = device.append(SIGNED_IN);
    await device.push();
    device.append(SIGNED_IN);
    device.append(SIGNED_IN);
    const answer = await device.push(device.chain.slice(2));
    expect(answer).toEqual({ answer: 'GAP', common: { seq: 1, hash: first.hash } });
    expect(await entriesOf(device)).toHaveLength(1);
    expect(await device.verdicts(device.chain.slice(1))).toEqual([{ verdict: 'ACCEPTED' }, { verdict: 'ACCEPTED' }]);
  });

  it('stores nothing of a batch that has a hole in the middle', async () => {
    const device = await enrolled();
    for (let count = 0; count < 3; count += 1) device.append(SIGNED_IN);
    expect(await device.push(device.chain.toSpliced(1, 1))).toEqual({ answer: 'GAP', common: null });
    expect(await entriesOf(device)).toHaveLength(0);
  });

  it('goes on in a new epoch after the last entry that the counter can prove', async () => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    await device.push();
    device.epoch = { n: 2, nonce: 'BBBBBBBBBBB' };
    device.append({
      type: 'epoch.opened',
      officerId: null,
      body: {
        reason: 'rotate',
        outletId: '3506-017',
        lastProven: null,
        declaredGap: null,
        appVersion: 'test',
        keyStoreKind: 'demo',
      },
    });
    const receipt = device.receiptOf(await device.push());
    expect(receipt).toMatchObject({ epoch: { n: 2 }, ackSeq: 2 });
    expect(receipt.verdicts[1]?.verdict).toEqual({ verdict: 'ACCEPTED' });
  });

  it('leaves nothing when it is cut off before the commit', async () => {
    const device = await enrolled();
    await sell(device, 'AG 3456 EF');
    const { db } = world.province.context;
    await sql`create function break_commit() returns trigger language plpgsql as $$ begin
      raise exception 'the disk is full' using errcode = 'disk_full'; end $$`.execute(db);
    await sql`create constraint trigger break_commit after insert on sale deferrable initially deferred
      for each row execute function break_commit()`.execute(db);
    const broken = await device.request('POST', '/v1/push', {
      entries: device.chain,
      subjectKeys: await device.subjectKeys(),
    });
    expect(broken).toMatchObject({ status: 500, json: { error: { code: 'INTERNAL' } } });
    await sql`drop trigger break_commit on sale`.execute(db);
    expect([await entriesOf(device), await linesOf(device), await salesOf(device)]).toEqual([[], [], []]);
    expect(await device.verdicts()).toEqual([{ verdict: 'ACCEPTED' }]);
  });

  it('fails whole, without a verdict, when the database has no room: that is not the fault of an item', async () => {
    const device = await enrolled();
    await sell(device, 'AG 3456 EF');
    const { db } = world.province.context;
    await sql`create function no_room() returns trigger language plpgsql as $$ begin
      raise exception 'no room' using errcode = 'disk_full'; end $$`.execute(db);
    await sql`create trigger no_room before insert on sale for each row execute function no_room()`.execute(db);
    const full = await device.request('POST', '/v1/push', { entries: device.chain, subjectKeys: [] });
    await sql`drop trigger no_room on sale`.execute(db);
    expect(full.status).toBe(500);
    expect(await suspendedOf(device)).toHaveLength(0);
  });
});

describe('one item that is not in order', () => {
  const poisons: readonly (readonly [string, string, (device: TestDevice) => Promise<void> | void])[] = [
    [
      'of a type of a newer version',
      'UNKNOWN_TYPE',
      (device) => void device.append({ type: 'from.the-future', body: { x: 1 } }),
    ],
    [
      'that must be understood and is not',
      'UNKNOWN_TYPE',
      (device) => void device.append({ ...SIGNED_IN, mustUnderstand: ['newField'] }),
    ],
    [
      'whose body has another shape',
      'BAD_BODY',
      (device) => void device.append({ type: 'officer.signed-in', body: { role: 7 } }),
    ],
    [
      'of an officer whom nobody knows',
      'UNKNOWN_OFFICER',
      (device) => void device.append({ ...SIGNED_IN, officerId: 'siapa-dia' }),
    ],
    [
      'that sells without an officer',
      'UNKNOWN_OFFICER',
      async (device) => void (await sell(device, 'AG 6001 TA', { officerId: null })),
    ],
    [
      'whose ledger lines do not sum to zero',
      'IMPOSSIBLE_AMOUNT',
      (device) =>
        void device.append({
          type: 'cash-session.opened',
          body: { float: [], total: 5, ledgerLines: [{ account: 'cash-drawer', amount: 5 }] },
        }),
    ],
    [
      'whose total is not the sum of its lines',
      'IMPOSSIBLE_AMOUNT',
      async (device) =>
        void (await sell(device, 'AG 6001 TA', { bend: (body) => ({ ...body, total: Number(body['total']) + 100 }) })),
    ],
    [
      'whose change is wrong',
      'IMPOSSIBLE_AMOUNT',
      async (device) => void (await sell(device, 'AG 6001 TA', { bend: (body) => ({ ...body, change: 100 }) })),
    ],
    [
      'whose ledger lines give one beneficiary’s money to another',
      'IMPOSSIBLE_AMOUNT',
      async (device) =>
        void (await sell(device, 'AG 6001 TA', {
          bend: (body) => ({
            ...body,
            ledgerLines: JSON.parse(JSON.stringify(body['ledgerLines']).replace('jasa-raharja', 'province')) as unknown,
          }),
        })),
    ],
    [
      'whose signature is another device’s',
      'BAD_SIGNATURE',
      (device) => {
        const entry = device.append(SIGNED_IN);
        device.chain.splice(-1, 1, { ...entry, sig: `${entry.sig.startsWith('A') ? 'B' : 'A'}${entry.sig.slice(1)}` });
      },
    ],
    [
      'whose bytes rotted',
      'BAD_SIGNATURE',
      (device) => {
        const entry = device.append(SIGNED_IN);
        device.chain.splice(-1, 1, { ...entry, text: entry.text.replace('officer', 'offiger') });
      },
    ],
    [
      'that is no JSON at all, with a byte no text column can hold',
      'BAD_SIGNATURE',
      (device) => {
        const entry = device.append(SIGNED_IN);
        device.chain.splice(-1, 1, { ...entry, text: `\u0000${entry.text.slice(0, 40)}` });
      },
    ],
    [
      'that names a type no text column can hold',
      'INTERNAL',
      (device) => void device.append({ type: 'odd\u0000type', body: {} }),
    ],
  ];

  it.each(poisons)('%s is kept as QUARANTINED (%s) and holds up nothing behind it', async (_what, reason, poison) => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    await poison(device);
    await sell(device, 'AG 6002 TA');
    const receipt = device.receiptOf(await device.push());
    expect(receipt.verdicts.map(({ verdict }) => verdict)).toEqual([
      { verdict: 'ACCEPTED' },
      { verdict: 'QUARANTINED', reason },
      { verdict: 'ACCEPTED' },
    ]);
    expect(receipt.ackSeq).toBe(3);
    expect((await device.verdicts())[1]).toEqual({ verdict: 'DUPLICATE', original: 'QUARANTINED' });
    const kept = [
      ...(await entriesOf(device)).map(({ text }) => text),
      ...(await suspendedOf(device)).map(({ raw }) => raw.toString()),
    ];
    expect(kept.sort()).toEqual(device.chain.map(({ text }) => text).sort());
    expect(await salesOf(device)).toHaveLength(1);
  });

  it('whose body is not the one under the signed body hash is kept as BAD_BODY', async () => {
    const device = await enrolled();
    const entry = device.append(SIGNED_IN);
    const other = device.seal(entry.text.replace('"role":"officer"', '"role":"auditor"'));
    expect(await device.verdicts([other])).toEqual([{ verdict: 'QUARANTINED', reason: 'BAD_BODY' }]);
  });

  it('whose text is not canonical is kept aside, because it could be read in two ways', async () => {
    const device = await enrolled();
    const entry = device.append(SIGNED_IN);
    const spaced = device.seal(JSON.stringify(JSON.parse(entry.text), null, 1));
    expect(await device.verdicts([spaced])).toEqual([{ verdict: 'QUARANTINED', reason: 'BAD_BODY' }]);
  });

  it('whose rotten copy was kept aside is accepted when the right bytes come', async () => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    const good = device.append(SIGNED_IN);
    const rotten = { ...good, text: good.text.replace('officer', 'offiger') };
    await device.verdicts([...device.chain.slice(0, 1), rotten]);
    expect(await device.verdicts([good])).toEqual([{ verdict: 'ACCEPTED' }]);
  });
});

describe('the same transaction id with other content', () => {
  it('is a CONFLICT: the first stays, the second is kept and not applied', async () => {
    const device = await enrolled();
    const first = await sell(device, 'AG 6001 TA');
    await sell(device, 'AG 6002 TA', { transactionId: first.transactionId });
    expect(await device.verdicts()).toEqual([{ verdict: 'ACCEPTED' }, { verdict: 'CONFLICT' }]);
    expect(await device.verdicts()).toMatchObject([{ original: 'ACCEPTED' }, { original: 'CONFLICT' }]);
    expect(await salesOf(device)).toMatchObject([{ hash: first.entry.hash }]);
  });

  it('is two sales when two devices signed them', async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    const transactionId = uuidV7();
    await sell(one, 'AG 6001 TA', { transactionId });
    await sell(other, 'AG 6002 TA', { transactionId });
    expect(await one.verdicts()).toEqual([{ verdict: 'ACCEPTED' }]);
    expect(await other.verdicts()).toEqual([{ verdict: 'ACCEPTED' }]);
  });
});

describe('two entries at one position', () => {
  it('are a FORK: both kept, the second and what follows it not applied, the first not booked', async () => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    const sale = await sell(device, 'AG 1003 TA');
    await device.push();
    const twin = new TestDevice(world.server, device.signing, device.sealing, device.enrolment);
    twin.epoch = device.epoch;
    twin.hello = device.hello;
    twin.chain.push(...device.chain.slice(0, 1));
    await sell(twin, 'AG 6002 TA');
    await sell(twin, 'AG 6001 TA');
    const verdicts = await twin.verdicts();
    expect(verdicts).toEqual([
      { verdict: 'DUPLICATE', original: 'ACCEPTED' },
      { verdict: 'FORK' },
      { verdict: 'FORK' },
    ]);
    expect(await twin.verdicts()).toMatchObject([{}, { verdict: 'DUPLICATE', original: 'FORK' }, { original: 'FORK' }]);
    expect(await salesOf(device)).toHaveLength(1);
    expect(world.events).toContain('FORK');
    await world.book();
    const items = (await device.pull('decisions', device.deviceId)).flatMap((page) => page.items);
    expect(items).toMatchObject([{ transactionId: sale.transactionId, central: 'on-hold', finalReceipt: null }]);
    const state = await world.server.inject({ url: `/v1/receipts/${sale.transactionId}/state` });
    expect(state.json()).toEqual({ state: 'under-examination', central: null });
  });
});

describe('what is in custody', () => {
  it('cannot be changed or deleted, not even by the database’s owner', async () => {
    const device = await enrolled();
    await sell(device, 'AG 6001 TA');
    await device.push();
    const { db } = world.province.context;
    for (const table of ['entry', 'ledger_line', 'sale', 'feed_page'] as const) {
      await expect(db.deleteFrom(table).execute(), table).rejects.toThrow('only grows');
    }
    await expect(db.updateTable('entry').set({ verdict: 'ACCEPTED' }).execute()).rejects.toThrow('only grows');
  });

  it('holds no plate, name or phone in clear', async () => {
    const device = await enrolled();
    await sell(device, 'AG 1003 TA', { phone: '0877555666' });
    await device.push();
    const rows = JSON.stringify(await entriesOf(device));
    for (const secret of ['AG 1003 TA', '0877555666', 'SITI NUR AISYAH', 'BUDI']) expect(rows).not.toContain(secret);
  });
});

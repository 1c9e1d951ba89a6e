import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SignedEntry } from '../../src/contract/journal-entry.ts';
import { reinterpretQuarantined } from '../../src/province/ingest/reinterpret.ts';
import { readAside, settleAside } from '../../src/province/ingest/settle-aside.ts';
import { declareRestore } from '../../src/province/restore/declare-restore.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { custodyRows, SIGNED_IN } from '../support/custody-rows.ts';
import { sha, TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
});
afterAll(() => world.close());

const enrolled = async (): Promise<TestDevice> => TestDevice.enrol(world.server, await world.code());
const rows = (device: TestDevice) => custodyRows(world.province.context.db, device.deviceId);

/** Stores an entry as a province of the version before did: it did not know the type and kept the bytes. */
async function storeAsUnknown(device: TestDevice, entry: SignedEntry, reason = 'UNKNOWN_TYPE'): Promise<void> {
  const envelope = JSON.parse(entry.text) as Record<string, string> & { seq: number }; // this test's own entry
  await world.province.context.db
    .insertInto('entry')
    .values({
      device_id: device.deviceId,
      epoch_n: device.epoch.n,
      epoch_nonce: device.epoch.nonce,
      seq: envelope.seq,
      hash: entry.hash,
      prev: envelope['prev'] ?? null,
      type: envelope['type'] ?? '',
      stream: envelope['stream'] ?? '',
      text: entry.text,
      sig: entry.sig,
      verdict: 'QUARANTINED',
      reason,
      received_at: world.clock.now,
    })
    .execute();
}

/** Stores an item as a province does that failed on it, or could not read its envelope: bytes without a place in the chain. */
async function storeBeside(device: TestDevice, entry: SignedEntry, reason: string): Promise<void> {
  const { seq } = JSON.parse(entry.text) as { seq: number }; // this test's own entry
  await world.province.context.db
    .insertInto('suspended_entry')
    .values({
      device_id: device.deviceId,
      item_hash: sha(`${entry.hash}\n${entry.sig}\n${entry.text}`),
      epoch_n: null,
      epoch_nonce: null,
      seq,
      hash: entry.hash,
      raw: Buffer.from(entry.text),
      sig: entry.sig,
      verdict: 'QUARANTINED',
      reason,
      received_at: world.clock.now,
    })
    .execute();
}

/** What the pages of feed `decisions` say of items that were set aside: place, word, and reason or note. */
async function told(device: TestDevice): Promise<readonly string[]> {
  const pages = await device.pull('decisions', device.deviceId);
  return pages.flatMap(({ secondWords }) =>
    (secondWords ?? []).map(({ seq, word, reason, note }) => [seq, word, reason ?? note ?? ''].join(' ').trim()),
  );
}

describe('after an upgrade of the province', () => {
  it('entries of types that it now knows are judged once more, exactly once, in the order of the chain', async () => {
    const device = await enrolled();
    const sale = makeSale(device, await world.vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules: world.rules });
    makeSale(device, await world.vehicle('AG 1111 HI'), {
      paidOn: TEST_TODAY,
      rules: world.rules,
      transactionId: sale.transactionId,
    });
    device.append({ type: 'officer.signed-in', body: { role: 7 } });
    device.append({ type: 'from.the-future', body: { x: 1 } });
    for (const entry of device.chain) await storeAsUnknown(device, entry);
    const before = await rows(device);
    expect([before['sale'], before['ledger_line']]).toEqual([[], []]);
    const { context } = world.province;
    expect(await reinterpretQuarantined(context)).toEqual({
      ok: true,
      value: { accepted: 1, conflict: 1, quarantined: 1, unchanged: 1 },
    });
    expect(await told(device)).toEqual(['1 ACCEPTED', '2 CONFLICT', '3 QUARANTINED BAD_BODY']);
    const after = await rows(device);
    expect(after['entry']).toEqual(before['entry']);
    expect(after['sale']).toHaveLength(1);
    expect(after['reverdict']).toHaveLength(3);
    expect(await reinterpretQuarantined(context)).toEqual({
      ok: true,
      value: { accepted: 0, conflict: 0, quarantined: 0, unchanged: 2 },
    });
    expect(await rows(device)).toEqual(after);
    expect((await verifyProvince(context)).problems).toEqual([]);
    device.append(SIGNED_IN);
    expect(await device.verdicts()).toEqual([
      { verdict: 'DUPLICATE', original: 'ACCEPTED' },
      { verdict: 'DUPLICATE', original: 'CONFLICT' },
      { verdict: 'DUPLICATE', original: 'QUARANTINED' },
      { verdict: 'DUPLICATE', original: 'QUARANTINED' },
      { verdict: 'ACCEPTED' },
    ]);
    await world.book();
    const decided = (await device.pull('decisions', device.deviceId)).flatMap(({ items }) => items);
    expect(decided).toMatchObject([{ transactionId: sale.transactionId, central: 'booked' }]);
  });

  it('a server that starts judges again by itself', async () => {
    const device = await enrolled();
    await storeAsUnknown(device, device.append(SIGNED_IN));
    world.province.startWork();
    try {
      await vi.waitFor(async () => expect(await told(device)).toEqual(['1 ACCEPTED']), {
        timeout: 60_000,
        interval: 50,
      });
    } finally {
      await world.province.stopWork();
    }
  });

  it('a second verdict cannot be changed or taken away', async () => {
    const { db } = world.province.context;
    await expect(sql`update reverdict set verdict = 'CONFLICT'`.execute(db)).rejects.toThrow('only grows');
    await expect(sql`delete from reverdict`.execute(db)).rejects.toThrow('only grows');
  });
});

describe('each reason for which an entry is set aside', () => {
  it('that a program or a list can cure ends with the entry accepted, once, and its device is told', async () => {
    const device = await enrolled();
    const reasons = ['UNKNOWN_TYPE', 'BAD_BODY', 'IMPOSSIBLE_AMOUNT'];
    for (const reason of reasons) await storeAsUnknown(device, device.append(SIGNED_IN), reason);
    await storeAsUnknown(device, device.append({ ...SIGNED_IN, officerId: 'petugas-baru' }), 'UNKNOWN_OFFICER');
    // Our own fault, and an envelope that could not be read; the entries behind them stand on their bytes.
    await storeBeside(device, device.append(SIGNED_IN), 'INTERNAL');
    const sale = makeSale(device, await world.vehicle('AG 3456 EF'), { paidOn: TEST_TODAY, rules: world.rules });
    const [saleEntry] = device.chain.slice(-1);
    if (saleEntry === undefined) throw new Error('the sale is the newest entry');
    await storeBeside(device, saleEntry, 'BAD_BODY');
    device.append(SIGNED_IN);
    expect((await device.verdicts()).at(-1)).toEqual({ verdict: 'ACCEPTED' });
    const { context } = world.province;
    expect(await reinterpretQuarantined(context)).toMatchObject({ value: { accepted: 5 } });
    expect((await readAside(context.db, device.deviceId)).map(({ seq, word }) => `${seq} ${word}`)).toEqual([
      '4 QUARANTINED:UNKNOWN_OFFICER',
    ]);
    await sql`insert into officer (officer_id, outlet_id, name, role, active, pin_verifier)
      select 'petugas-baru', outlet_id, 'Petugas Baru', 'officer', true, '' from device
      where device_id = ${device.deviceId}`.execute(context.db);
    expect(await reinterpretQuarantined(context)).toMatchObject({ value: { accepted: 1 } });
    expect(await told(device)).toEqual([1, 2, 3, 5, 6, 4].map((seq) => `${seq} ACCEPTED`));
    const after = await rows(device);
    expect([after['sale']?.length, after['reverdict']?.length]).toEqual([1, 6]);
    expect((await device.verdicts()).every((one) => 'original' in one && one.original === 'ACCEPTED')).toBe(true);
    expect((await verifyProvince(context)).problems).toEqual([]);
    expect(await reinterpretQuarantined(context)).toMatchObject({ value: { accepted: 0 } });
    expect(await rows(device)).toEqual(after);
    await world.book();
    const decided = (await device.pull('decisions', device.deviceId)).flatMap(({ items }) => items);
    expect(decided).toMatchObject([{ transactionId: sale.transactionId, central: 'booked' }]);
  });

  it('that only a person can end ends with his words, once, and is never judged again', async () => {
    const device = await enrolled();
    const twice = makeSale(device, await world.vehicle('AG 1111 HI'), { paidOn: TEST_TODAY, rules: world.rules });
    makeSale(device, await world.vehicle('W 1919 SH'), {
      paidOn: TEST_TODAY,
      rules: world.rules,
      transactionId: twice.transactionId,
    });
    const bent = device.append(SIGNED_IN);
    const raw = Buffer.from('rotten').toString('base64url');
    device.chain.splice(-1, 1, { ...bent, sig: `${bent.sig.startsWith('A') ? 'B' : 'A'}${bent.sig.slice(1)}` });
    device.append({ type: 'from.the-future', body: {} });
    await device.verdicts();
    await device.request('POST', '/v1/push', {
      entries: [],
      subjectKeys: [],
      damaged: [{ epoch: device.epoch, seq: 5, raw }],
    });
    const { context } = world.province;
    const waiting = await readAside(context.db, device.deviceId);
    const words = ['CONFLICT', 'QUARANTINED:BAD_SIGNATURE', 'QUARANTINED:UNKNOWN_TYPE', 'QUARANTINED:DAMAGED'];
    expect(waiting.map(({ word }) => word)).toEqual(words);
    const ledger = (await rows(device))['ledger_line'];
    for (const [index, { hash }] of waiting.entries()) {
      const outcome = index === 1 ? ('REFUSED' as const) : ('SETTLED' as const);
      const said = { deviceId: device.deviceId, hash, outcome, reason: `berita acara ${index}`, by: 'Rina, Bapenda' };
      expect(await settleAside(context, said)).toMatchObject({ ok: true, value: { hash } });
      expect(await settleAside(context, said)).toEqual({ ok: false, error: 'NOT_ASIDE' });
    }
    expect(await told(device)).toEqual([
      '2 SETTLED berita acara 0',
      '3 REFUSED berita acara 1',
      '4 SETTLED berita acara 2',
      '5 SETTLED berita acara 3',
    ]);
    expect(await readAside(context.db, device.deviceId)).toEqual([]);
    await reinterpretQuarantined(context);
    expect((await told(device)).length).toBe(4);
    expect((await rows(device))['ledger_line']).toEqual(ledger);
    expect((await device.verdicts())[1]).toEqual({ verdict: 'DUPLICATE', original: 'CONFLICT' });
    const accepted = device.chain[0]?.hash ?? '';
    const said = { deviceId: device.deviceId, hash: accepted, outcome: 'SETTLED' as const, reason: 'x', by: 'y' };
    expect(await settleAside(context, said)).toEqual({ ok: false, error: 'NOT_ASIDE' });
  });

  it('is told again after a restore, and by a program that is younger than its words; never over a frozen feed', async () => {
    const device = await enrolled();
    await storeAsUnknown(device, device.append(SIGNED_IN));
    const { context } = world.province;
    const { db } = context;
    await sql`insert into reverdict (device_id, hash, seq, verdict, at)
      values (${device.deviceId}, ${device.chain[0]?.hash ?? ''}, 1, 'ACCEPTED', 1)`.execute(db);
    await sql`insert into meta (key, value) values ('frozen-since', '1')`.execute(db);
    expect(await reinterpretQuarantined(context)).toEqual({ ok: false, error: 'FEEDS_FROZEN' });
    await declareRestore(context);
    await device.sayHello();
    await reinterpretQuarantined(context);
    await reinterpretQuarantined(context);
    expect(await told(device)).toEqual(['1 ACCEPTED']);
    await declareRestore(context);
    await device.sayHello();
    await reinterpretQuarantined(context);
    expect(await told(device)).toEqual(['1 ACCEPTED', '1 ACCEPTED']);
  });
});

describe('fields of a newer version', () => {
  it('are ignored, also when they must be understood and are ones that this version reads', async () => {
    const device = await enrolled();
    device.append({ ...SIGNED_IN, body: { role: 'officer', mood: 'cheerful' } });
    device.append({ ...SIGNED_IN, mustUnderstand: ['role', 'timeTrust'] });
    device.append({ ...SIGNED_IN, body: { role: 'officer', mood: 'cheerful' }, mustUnderstand: ['mood'] });
    expect(await device.verdicts()).toEqual([
      { verdict: 'ACCEPTED' },
      { verdict: 'ACCEPTED' },
      { verdict: 'QUARANTINED', reason: 'UNKNOWN_TYPE' },
    ]);
    const kept = await rows(device);
    expect(kept['entry']).toHaveLength(3);
  });
});

import { describe, expect, it } from 'vitest';
import {
  begun,
  confirmed,
  enterAs,
  openForBusiness,
  prepared,
  sellOffline,
  sellOnline,
  sync,
} from '../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../support/enrolled-counter.ts';
import { expectNowhere, filesBelow, traces } from '../support/planted.ts';
import { registryRecord } from '../support/registry-record.ts';
import type { TestCounter } from '../support/test-counter.ts';

const SOLD = ['AG 2345 KD', 'W 1919 SH', 'AG 5678 ØB'] as const;
const UNKNOWN = 'AG 9 ZZZ';
const CITIZEN = { name: 'Khoirunnisa Pembayar', phone: '0857-1234-9876' };

async function dayOfWork(counter: TestCounter, book: () => Promise<number>): Promise<void> {
  const { transactionId } = await sellOnline(counter, SOLD[0]);
  counter.line.set('down');
  await sellOffline(counter, SOLD[1]);
  const draft = await prepared(counter, SOLD[2]);
  await counter.get('transactions.set-payer', {
    transactionId: draft.transactionId,
    ...CITIZEN,
    blankReason: null,
    isOwner: true,
  });
  await counter.get('transactions.record-arrival', { transactionId: draft.transactionId });
  await counter.get('arrivals.record', { nrkb: UNKNOWN, ...CITIZEN, blankReason: null });
  const refused = await begun(counter, 'AG 1111 HI');
  await counter.refusal('transactions.confirm', { transactionId: refused.transactionId, chassisTail: '99999' });
  // A service that stands open when the day ends, with a payer already typed.
  const open = await confirmed(counter, 'AG 3456 EF');
  await counter.get('transactions.set-payer', {
    transactionId: open.transactionId,
    ...CITIZEN,
    blankReason: null,
    isOwner: false,
  });
  await counter.ask('vehicles.find', { text: UNKNOWN });
  counter.line.set('pass');
  await sync(counter);
  await book();
  await sync(counter);
  await counter.get('pick-up.list', {});
  await counter.get('transactions.search', { text: 'khoirunnisa' });
  await counter.get('transactions.reprint', { transactionId, reason: 'hilang' });
  await counter.refusal('sign-in.begin', { officerId: 'petugas-1', pin: '000000' });
  await enterAs(counter, 'petugas-1');
  await counter.app.openDoor({ url: 'http://127.0.0.1:1', secret: 'x' });
}

describe('the disk of a counter after a day of work', () => {
  const province = useProvince();

  it('holds no plate, no name, no NIK, no chassis or engine number and no phone in clear', async () => {
    const counter = await openForBusiness(await enrolledCounter(province(), { ownLog: true }));
    await dayOfWork(counter, () => province().book());
    await expect.poll(() => counter.rows(`SELECT * FROM print_job WHERE state = 'requested'`)).toEqual([]);
    const records = await Promise.all(
      [...SOLD, 'AG 1111 HI', 'AG 3456 EF'].map((nrkb) => registryRecord(counter, nrkb)),
    );
    const secrets = new Set<string>([UNKNOWN, CITIZEN.name, CITIZEN.phone, 'Budi Pembayar', '081234567890']);
    for (const { nrkb, ownerName, ownerNik, chassisNumber, engineNumber } of records) {
      for (const secret of [nrkb, ownerName, ownerNik ?? nrkb, chassisNumber, engineNumber]) secrets.add(secret);
    }
    expect(secrets.size).toBeGreaterThan(20);

    const { dataDir, secondMarkDir } = counter.config;
    // While it runs, with the write-ahead log, the lock and the door; and after it was closed in order.
    const running = filesBelow(dataDir, secondMarkDir);
    await counter.stop();
    const closed = filesBelow(dataDir, secondMarkDir);
    const names = [...running.keys()].map((file) => file.replace(dataDir, ''));
    expect(names).toEqual(
      expect.arrayContaining(['/counter.sqlite', '/counter.sqlite-wal', '/counter.log', '/mark.json', '/door.json']),
    );
    expectNowhere(running, secrets, 'running');
    expectNowhere(closed, secrets, 'closed');
    // The search itself works: what is no secret is found.
    expect([...closed.values()].some((bytes) => traces('3506-017').some((trace) => bytes.includes(trace)))).toBe(true);
  });
});

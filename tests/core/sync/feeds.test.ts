import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { feedAnswerSchema } from '../../../src/contract/feeds.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { publishRelease } from '../../../src/province/feeds/releases.ts';
import { setVehicleBlock } from '../../../src/province/feeds/vehicle-blocks.ts';
import { voidReceipt } from '../../../src/province/feeds/voided-receipts.ts';
import { revokeKey, rotateKey } from '../../../src/province/keys/key-statements.ts';
import {
  begun,
  confirmed,
  enterAs,
  openForBusiness,
  prepared,
  sellOnline,
  sync,
} from '../../support/at-the-counter.ts';
import { enrolledCounter, restarted, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const DAY = 86_400_000;
const codes = (refusals: readonly { readonly code: string }[]): readonly string[] => refusals.map(({ code }) => code);
const notices = async (counter: TestCounter) => (await counter.get('counter.status', {})).notices;

describe('what the province says between two registry pages', () => {
  const province = useProvince();

  /** A contact that ends before the screen could ask the province for a bill: the local word is what is looked at. */
  const briefly = async (counter: TestCounter): Promise<void> => {
    counter.line.set('pass');
    await sync(counter);
    counter.line.set('down');
    await counter.refusal('outbox.send-now', {});
  };

  it('refuses a vehicle that was blocked since, with the feed’s reason, and serves it again when the block is lifted', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    await counter.refusal('outbox.send-now', {});
    const { transactionId, refusals } = await confirmed(counter, 'AG 2345 KD');
    expect(refusals).toEqual([]);
    const { context } = province().province;
    await setVehicleBlock(context, 'AG 2345 KD', 'theft');
    await briefly(counter);
    const blocked = await counter.get('transactions.draft', { transactionId });
    expect(blocked).toMatchObject({ refusals: [{ code: 'BLOCKED', details: { reason: 'theft' } }], amount: null });
    await setVehicleBlock(context, 'AG 2345 KD', null);
    await briefly(counter);
    expect((await counter.get('transactions.draft', { transactionId })).refusals).toEqual([]);
  });

  it('counts from the moment of its page: over an older registry record, under a newer one', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    await counter.refusal('outbox.send-now', {});
    const { vehicle, transactionId } = await confirmed(counter, 'AG 3456 EF');
    const handle = openHandle(join(counter.config.dataDir, DATABASE_FILE), {
      readOnly: false,
      create: false,
      busyTimeoutMs: 5000,
    });
    onTestFinished(() => handle.close());
    const recordFrom = Number(handle.scalar('SELECT valid_from FROM vehicle WHERE vehicle_id = ?', vehicle.vehicleId));
    expect(recordFrom).toBeGreaterThan(0);
    for (const [validFrom, refused] of [
      [recordFrom - 1, []],
      [recordFrom, ['BLOCKED']],
      [recordFrom + 1, ['BLOCKED']],
    ] as const) {
      handle.rows(
        `INSERT OR REPLACE INTO vehicle_block VALUES (?, 1, 'creditor', ?) RETURNING blocked`,
        vehicle.vehicleId,
        validFrom,
      );
      const draft = await counter.get('transactions.draft', { transactionId });
      expect(codes(draft.refusals), String(validFrom - recordFrom)).toEqual(refused);
    }
  });

  it('ends new sales of an old version on its day, announces it before, and stops nothing else', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { appVersion } = counter.config;
    const { context } = province().province;
    const sellsUntil = counter.clock.wallMs() + DAY;
    await publishRelease(context, { appVersion, sellsUntil, upgradeTo: '0.2.0', notes: 'Struk lebih cepat.' });
    await sync(counter);
    const status = await counter.get('counter.status', {});
    expect(status.upgrade).toEqual({ to: '0.2.0', notes: 'Struk lebih cepat.', sellsUntil });
    expect(status.notices).toMatchObject([{ code: 'UPGRADE_SOON', details: { to: '0.2.0', sellsUntil } }]);
    counter.line.set('down');
    expect(codes((await prepared(counter, 'AG 2345 KD')).refusals)).toEqual([]);
    counter.clock.pass(DAY + 1);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    const { transactionId, refusals } = await prepared(counter, 'AG 2345 KD');
    expect(refusals).toEqual([{ code: 'RELEASE_ENDED', details: { sellsUntil } }]);
    expect((await notices(counter)).map(({ code }) => code)).toContain('RELEASE_ENDED');
    await counter.get('transactions.record-arrival', { transactionId });
    province().clock.now += DAY + 1;
    counter.line.set('pass');
    expect(await sync(counter)).toMatchObject({ unsent: 0 });
    await publishRelease(context, { appVersion, sellsUntil: null, upgradeTo: null, notes: '' });
    await sync(counter);
    expect(await counter.get('counter.status', {})).toMatchObject({ upgrade: null, notices: [] });
  });

  it('tells a paper that is genuine and voided from one that is genuine', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId } = await sellOnline(counter, 'W 9234 TC');
    await sync(counter);
    expect((await counter.get('transactions.get', { transactionId })).voidedAt).toBeNull();
    const deviceId = String(counter.rows('SELECT device_id FROM device')[0]?.['device_id']);
    const voided = await voidReceipt(province().province.context, deviceId, transactionId, 'salah kendaraan');
    if (!voided.ok) throw new Error(voided.error);
    await sync(counter);
    expect((await counter.get('transactions.get', { transactionId })).voidedAt).toBe(voided.value.voidedAt);
  });
});

describe('a feed that was refused', () => {
  const province = useProvince();

  it('keeps its reason and its time until a page is taken, and nothing else changes', async () => {
    const counter = await enrolledCounter(province());
    await changePolicy(province(), 'complaintPhone=(031) 777');
    const bend = (): void =>
      counter.line.next('/v1/feeds/policy', {
        bend: (answer) => {
          const said = feedAnswerSchema.parse(JSON.parse(answer.body));
          const pages = said.pages.map((page) => ({ ...page, text: page.text.replace('777', '778') }));
          return { ...answer, body: JSON.stringify({ ...said, pages }) };
        },
      });
    bend();
    await sync(counter);
    const sinceAt = counter.clock.wallMs();
    const refused = { code: 'FEED_REFUSED', sinceAt, details: { feed: 'policy', reason: 'PAGE_BAD_SIGNATURE' } };
    expect(await notices(counter)).toEqual([refused]);
    // The same again keeps its time, also over a restart.
    counter.clock.pass(60_000);
    bend();
    await sync(counter);
    expect(await notices(counter)).toEqual([refused]);
    const again = await restarted(counter);
    expect(await notices(again)).toEqual([refused]);
    await sync(again);
    expect(await notices(again)).toEqual([]);
    expect(again.rows('SELECT * FROM feed_problem')).toEqual([]);
  });
});

describe('keys that change while the line is open', () => {
  const province = useProvince();

  it('are fetched by a new hello at once, also the key under which body keys travel', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sync(counter);
    const { context } = province().province;
    await rotateKey(context, 'signing');
    await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 0 });
    const handle = openHandle(join(counter.config.dataDir, DATABASE_FILE), {
      readOnly: false,
      create: false,
      busyTimeoutMs: 5000,
    });
    handle.exec(`DELETE FROM province_key WHERE purpose = 'sealing'`);
    handle.close();
    await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    const pushes = () => counter.line.requests.filter((one) => one.endsWith('/v1/push')).length;
    const before = pushes();
    counter.line.next('/v1/challenge', 'down');
    // Without the key nothing personal leaves, and the row says why.
    await counter.refusal('outbox.send-now', {});
    expect(pushes()).toBe(before);
    const { rows } = await counter.get('outbox.view', { lane: 'money' });
    expect(rows).toMatchObject([{ state: 'queued', lastReason: 'KEY_MISSING' }]);
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 0 });
  });
});

describe('a counter that was away for a hundred days', () => {
  const province = useProvince({ ownKeys: true });

  it('goes on after two rotations of the keys and a revocation: the hello brings the statements first', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    const { context } = province().province;
    const [{ key_id: first } = {}] = counter.rows(`SELECT key_id FROM province_key WHERE purpose = 'signing'`);
    for (const purpose of ['signing', 'sealing'] as const) {
      await rotateKey(context, purpose);
      province().clock.now += 50 * DAY;
      await rotateKey(context, purpose);
    }
    counter.clock.pass(100 * DAY);
    await revokeKey(context, String(first));
    await changePolicy(province(), 'complaintPhone=(031) 999');
    counter.line.set('pass');
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 0 });
    expect(counter.rows('SELECT text FROM policy ORDER BY applied_no DESC LIMIT 1')[0]?.['text']).toContain('999');
    expect(counter.rows('SELECT revoked FROM province_key WHERE key_id = ?', first)).toEqual([{ revoked: 1 }]);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    expect(await begun(counter, 'AG 3456 EF')).toMatchObject({ refusals: [] });
  });
});

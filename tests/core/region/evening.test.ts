import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, type LocalDate } from '../../../src/domain/local-date.ts';
import { putOutletUnder } from '../../../src/province/approvals/supervisors.ts';
import { delegate, endDelegation } from '../../../src/province/region/regions.ts';
import { pinOf, sync, unlock } from '../../support/at-the-counter.ts';
import { useProvince } from '../../support/enrolled-counter.ts';
import { CounterDay, counterOf } from '../../support/outlet-days.ts';
import { HIS, load, OTHER, OUTLET } from '../../support/region-of-a-day.ts';
import { supervisorDevice } from '../../support/supervisor-device.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { TEST_TODAY, type TestProvince } from '../../support/test-province.ts';

const DAY_MS = 86_400_000;
const [YESTERDAY, TWO_AGO, THREE_AGO] = [addDays(TEST_TODAY, -1), addDays(TEST_TODAY, -2), addDays(TEST_TODAY, -3)];
const [NGANJUK, MALANG] = ['3518-004', '3507-012'] as const;
/** What waits for the signature of the day, oldest first. */
const WAITING = { on: null, waiting: 'close' } as const;
const part = { offset: 0, limit: 100 } as const;
const pin = pinOf(HIS);

const done = (result: { readonly ok: boolean }): void => expect(result).toMatchObject({ ok: true });

/** Nil days of an outlet, closed and sent; `missing` whole rupiah of the change were not there when they were counted. */
async function closedDays(
  province: TestProvince,
  outletId: string,
  days: readonly LocalDate[],
  { by = 'petugas-1', missing = 0 } = {},
): Promise<void> {
  const device = await counterOf(province, outletId);
  for (const on of days) new CounterDay(province, device, on, by).open(100_000).close(missing);
  const { verdicts } = device.receiptOf(await device.push());
  expect(verdicts.every(({ verdict }) => verdict.verdict === 'ACCEPTED')).toBe(true);
}

/** The region and what waits in it, fresh from the province: what a signature of each day names. */
async function waitingDays(device: TestCounter) {
  await load(device, { of: 'outlets' });
  await load(device, { of: 'days', ...WAITING });
  const { rows } = await device.get('region.days', { ...WAITING, ...part });
  return rows.flatMap(({ outletId, businessOn, close }) =>
    close === null ? [] : [{ outletId, businessOn, part: close.part, itemsHash: close.itemsHash }],
  );
}

const sign = (days: Awaited<ReturnType<typeof waitingDays>>, note: string | null = null) =>
  ({ signature: 'close', days, note, pin }) as const;

describe('an evening over many outlets and days', () => {
  const province = useProvince();

  it('is signed with one PIN: one fresh sign-in, one entry for each outlet and day, and every outcome is told', async () => {
    for (const outletId of [NGANJUK, MALANG]) done(await putOutletUnder(province().province.context, HIS, outletId));
    for (const outletId of [OUTLET, NGANJUK, MALANG]) await closedDays(province(), outletId, [TWO_AGO, YESTERDAY]);
    const device = await supervisorDevice(province());
    const days = await waitingDays(device);
    expect(days.map(({ outletId, businessOn }) => `${businessOn} ${outletId}`)).toEqual(
      [TWO_AGO, YESTERDAY].flatMap((on) => [OUTLET, MALANG, NGANJUK].map((outletId) => `${on} ${outletId}`)),
    );
    const signIns = device.bodies('officer.signed-in').length;
    expect(await device.get('region.sign', sign(days))).toMatchObject({ words: 6 });
    expect(device.bodies('officer.signed-in')).toHaveLength(signIns + 1);
    const signed = device.bodies('day.close-signed');
    expect(signed.map(({ outletId, businessOn, itemsHash }) => ({ outletId, businessOn, itemsHash }))).toEqual(
      days.map(({ part: _part, ...day }) => day),
    );
    await sync(device);
    const { words, waiting } = await device.get('region.words', {});
    expect({ waiting, states: words.map(({ state }) => state) }).toEqual({
      waiting: 0,
      states: Array(6).fill('applied'),
    });
    expect(await waitingDays(device)).toEqual([]);
  });

  it('takes no difference and no work of his own in passing: nothing of such a list is signed', async () => {
    await closedDays(province(), NGANJUK, [THREE_AGO]);
    await closedDays(province(), MALANG, [THREE_AGO], { missing: 7000 });
    await closedDays(province(), OUTLET, [THREE_AGO], { by: HIS });
    const device = await supervisorDevice(province());
    const days = await waitingDays(device);
    const of = (outletId: string) => days.filter((day) => day.outletId === outletId);
    const signed = device.bodies('day.close-signed').length;
    expect(days).toHaveLength(3);
    const both = [...of(NGANJUK), ...of(MALANG)];
    expect((await device.refusal('region.sign', sign(both, 'semua sudah saya lihat'))).code).toBe('REGION_DIFFERS');
    expect((await device.refusal('region.sign', sign(of(MALANG)))).code).toBe('REGION_NOTE_NEEDED');
    const own = [...of(NGANJUK), ...of(OUTLET)];
    expect((await device.refusal('region.sign', sign(own))).code).toBe('REGION_OWN_WORK');
    const [entry] = of(OUTLET);
    const apart = { outletId: OUTLET, businessOn: THREE_AGO, item: entry?.itemsHash ?? '', reason: 'milik saya', pin };
    await load(device, { of: 'day', outletId: OUTLET, businessOn: THREE_AGO });
    expect((await device.refusal('region.set-apart', { ...apart, act: 'hold' })).code).toBe('REGION_OWN_WORK');
    expect(device.bodies('day.close-signed')).toHaveLength(signed);
    // By itself, and with his words beside the difference, it is signed.
    await device.get('region.sign', sign(of(MALANG), 'kembalian salah hitung, petugas sudah diingatkan'));
    await sync(device);
    expect((await device.get('region.words', {})).words[0]).toMatchObject({ outletId: MALANG, state: 'applied' });
  });

  it('is not undone by a line that goes during an approval: the state is known afterwards, and it counts once', async () => {
    const device = await supervisorDevice(province());
    await load(device, { of: 'outlets' });
    await load(device, { of: 'queue', kind: 'variance' });
    const { rows } = await device.get('region.queue', { kind: 'variance', ...part });
    const item = rows.find(({ outletId, businessOn }) => outletId === MALANG && businessOn === THREE_AGO);
    if (item === undefined) throw new Error('the variance of Malang waits');
    const { kind, subject, outletId, evidence } = item;
    const word = { kind, subject, outletId, evidence, decision: 'approved', note: 'salah hitung', pin } as const;
    // The province takes the word, and neither its answer nor what became of it arrives.
    device.line.next('/v1/push', 'lose-answer');
    await device.get('region.decide', word);
    await device.ask('outbox.send-now', {});
    expect((await device.get('region.words', {})).waiting).toBe(1);
    expect((await device.refusal('region.decide', word)).code).toBe('REGION_ALREADY_SAID');
    device.line.next('/v1/region/outcomes', 'lose-answer');
    await device.ask('outbox.send-now', {});
    await sync(device);
    expect(await device.get('region.words', {})).toMatchObject({ waiting: 0, words: [{ state: 'applied', subject }] });
    await load(device, { of: 'queue', kind: 'variance' });
    const after = await device.get('region.queue', { kind: 'variance', ...part });
    expect(after.rows.map((row) => row.subject)).not.toContain(subject);
  });
});

describe('a letter of delegation', () => {
  const province = useProvince();
  const letter = { fromOfficer: OTHER, toOfficer: HIS, letterNumber: '800/21/2026', saidBy: 'test' };
  const idOf = async (letterNumber: string): Promise<string> => {
    const letters = province().province.context.db.selectFrom('delegation').select('delegation_id');
    return (await letters.where('letter_number', '=', letterNumber).executeTakeFirstOrThrow()).delegation_id;
  };
  /** Nights pass for everybody; the screen is opened again. */
  const nights = async (count: number, device: TestCounter): Promise<void> => {
    province().clock.now += count * DAY_MS;
    device.clock.pass(count * DAY_MS);
    await unlock(device, HIS);
  };
  const outlets = async (device: TestCounter) => {
    await load(device, { of: 'outlets' });
    return (await device.get('region.outlets', { search: '', ...part })).rows;
  };

  beforeAll(async () => {
    const dates = { fromOn: addDays(TEST_TODAY, 1), toOn: addDays(TEST_TODAY, 2) };
    done(await delegate(province().province.context, { ...letter, ...dates }));
    await closedDays(province(), NGANJUK, [THREE_AGO, TWO_AGO, YESTERDAY]);
  });

  it('counts from its first day to its last, under its number; a word of those days counts whenever it arrives', async () => {
    const device = await supervisorDevice(province());
    expect((await outlets(device)).map(({ outletId }) => outletId)).toEqual([OUTLET]);
    expect(await waitingDays(device)).toEqual([]);
    await nights(1, device);
    const his = (await outlets(device)).find(({ outletId }) => outletId === NGANJUK);
    expect(his?.delegation).toMatchObject({ letterNumber: '800/21/2026', fromOfficerId: OTHER });
    const days = await waitingDays(device);
    expect(days.map(({ businessOn }) => businessOn)).toEqual([THREE_AGO, TWO_AGO, YESTERDAY]);
    const [first, second, third] = days.map((day) => [day]);
    await device.get('region.sign', sign(first ?? []));
    await sync(device);
    const delegationId = await idOf(letter.letterNumber);
    expect(device.bodies('day.close-signed')).toMatchObject([{ outletId: NGANJUK, delegationId }]);
    expect((await device.get('region.words', {})).words).toMatchObject([{ state: 'applied' }]);
    // Said on its last day without a line, sent when it is over.
    await nights(1, device);
    device.line.set('down');
    await device.get('region.sign', sign(second ?? []));
    await nights(1, device);
    device.line.set('pass');
    await sync(device);
    expect((await device.get('region.words', {})).words[0]).toMatchObject({ businessOn: TWO_AGO, state: 'applied' });
    // Said after its last day on what the device still shows.
    await device.get('region.sign', sign(third ?? []));
    await sync(device);
    expect((await device.get('region.words', {})).words[0]).toMatchObject({
      businessOn: YESTERDAY,
      state: 'not-applied',
      refusal: 'OUT_OF_SCOPE',
    });
    expect((await outlets(device)).map(({ outletId }) => outletId)).toEqual([OUTLET]);
  });

  it('ends on the day on which it is taken back, whatever its last day says', async () => {
    const { context } = province().province;
    const today = addDays(TEST_TODAY, 3);
    done(await delegate(context, { ...letter, letterNumber: '800/22/2026', fromOn: today, toOn: addDays(today, 9) }));
    const device = await supervisorDevice(province());
    expect((await outlets(device)).map(({ outletId }) => outletId)).toContain(NGANJUK);
    done(await endDelegation(context, await idOf('800/22/2026'), today));
    expect((await outlets(device)).map(({ outletId }) => outletId)).toEqual([OUTLET]);
  });
});

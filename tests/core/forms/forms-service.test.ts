import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormState } from '../../../src/domain/form-stock.ts';
import { enterAs, openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import {
  copiedCounter,
  enrolledCounter,
  restarted,
  useEnrolledFolder,
  useProvince,
} from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PLATE = 'AG 2345 KD';
const FORM = { form: 'tbpkp', series: 'A' } as const;
const NOTE = { deliveryNote: 'SJ 1/2026' };

describe('pre-printed forms', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));
  const spoil = (counter: TestCounter, serial: number) =>
    counter.get('forms.spoil', { ...FORM, serial, reason: 'tinta meleber' });

  it('come as a delivery that is written down once; no serial belongs to two', async () => {
    const counter = await open();
    const [stock] = await counter.get('forms.receive', { ...FORM, from: 1001, to: 2000, ...NOTE });
    expect(stock).toMatchObject({ from: 1001, to: 2000, used: 0, next: 1001, gaps: [] });
    const overlapping = { ...FORM, from: 2000, to: 2100, ...NOTE };
    expect(await counter.refusal('forms.receive', overlapping)).toMatchObject({
      code: 'FORM_RANGE_KNOWN',
      details: { from: 1001, to: 2000 },
    });
    expect(await counter.refusal('forms.receive', { ...FORM, from: 9, to: 8, ...NOTE })).toMatchObject({
      code: 'FORM_RANGE_INVALID',
    });
    expect(await counter.refusal('forms.receive', { ...FORM, from: 3000, to: 13_000, ...NOTE })).toMatchObject({
      code: 'FORM_RANGE_INVALID',
    });
    await counter.get('forms.receive', { ...FORM, series: 'B', from: 1001, to: 1100, ...NOTE });
    await counter.get('forms.receive', { form: 'pengesahan', series: 'A', from: 1001, to: 1100, ...NOTE });
    expect(await counter.get('forms.stock', {})).toHaveLength(3);
    expect(counter.bodies('form-stock.received')).toHaveLength(3);
  });

  it('end spoiled or missing once, and only those that were delivered', async () => {
    const counter = await open();
    await counter.get('forms.receive', { ...FORM, from: 1, to: 20, ...NOTE });
    expect(await spoil(counter, 1)).toMatchObject([{ spoiled: 1, next: 2 }]);
    const reason = 'tidak ada dalam paket';
    const serial = (one: number) => ({ ...FORM, serial: one, reason });
    expect(await counter.refusal('forms.spoil', serial(1))).toMatchObject({ code: 'FORM_SERIAL_USED' });
    expect(await counter.refusal('forms.spoil', serial(21))).toMatchObject({ code: 'FORM_SERIAL_UNKNOWN' });
    const missing = (from: number, to: number) => ({ ...FORM, from, to, reason });
    expect(await counter.refusal('forms.declare-missing', missing(19, 22))).toMatchObject({
      code: 'FORM_SERIAL_UNKNOWN',
    });
    expect(await counter.refusal('forms.declare-missing', missing(1, 3))).toMatchObject({ code: 'FORM_SERIAL_USED' });
    expect(await counter.refusal('forms.declare-missing', missing(3, 2))).toMatchObject({ code: 'FORM_RANGE_INVALID' });
    expect(await counter.get('forms.declare-missing', missing(2, 4))).toMatchObject([
      { missing: 3, next: 5, gaps: [] },
    ]);
    expect(counter.bodies('form.missing')).toEqual([{ ...FORM, from: 2, to: 4, reason }]);
  });

  it('that were skipped are a case each range, until somebody says what became of them', async () => {
    const counter = await open();
    await counter.get('forms.receive', { ...FORM, from: 1, to: 20, ...NOTE });
    await spoil(counter, 4);
    counter.clock.pass(60_000);
    await spoil(counter, 8);
    expect(await counter.get('forms.stock', {})).toMatchObject([
      {
        next: 9,
        gaps: [
          { from: 1, to: 3 },
          { from: 5, to: 7 },
        ],
      },
    ]);
    const cases = await counter.get('exceptions.list', {});
    expect(cases).toMatchObject([
      { kind: 'form-gap', moneyPlace: 'not-touched', reason: 'TBPKP A 1-3', openedAt: counter.clock.wallMs() - 60_000 },
      { kind: 'form-gap', reason: 'TBPKP A 5-7', openedAt: counter.clock.wallMs() },
    ]);
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: 2 });
    const { gap } = await counter.get('cases.page', { caseId: cases[0]?.caseId ?? '' });
    expect(gap).toEqual({ ...FORM, from: 1, to: 3 });
    await counter.get('forms.declare-missing', { ...FORM, from: 1, to: 3, reason: 'tercecer' });
    for (const serial of [5, 6, 7]) await spoil(counter, serial);
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: 0 });
  });

  it('are as many rows as there are stories, not as there are forms', async () => {
    const counter = await open();
    await counter.get('forms.receive', { ...FORM, from: 1, to: 10_000, ...NOTE });
    await counter.get('forms.declare-missing', { ...FORM, from: 1, to: 9_990, reason: 'kiriman hilang' });
    for (const serial of [9_991, 9_992, 9_994, 9_993]) await spoil(counter, serial);
    expect(counter.rows('SELECT count(*) AS runs FROM form_run')).toEqual([{ runs: 3 }]);
    expect(await counter.get('forms.stock', {})).toMatchObject([{ missing: 9_990, spoiled: 4, next: 9_995, gaps: [] }]);
  });

  it('stand as they did after a restart', async () => {
    const counter = await open();
    await counter.get('forms.receive', { ...FORM, from: 1, to: 20, ...NOTE });
    const before = await spoil(counter, 3);
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    expect(await again.get('forms.stock', {})).toEqual(before);
  });

  it('behave as a list of single serials would, whatever is said in whatever order', async () => {
    const counter = await open();
    const step = fc.record({
      from: fc.integer({ min: 1, max: 14 }),
      length: fc.integer({ min: 1, max: 4 }),
      state: fc.constantFrom('spoiled' as const, 'missing' as const),
    });
    let series = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        series += 1;
        const own = { form: 'tbpkp', series: `M${String(series)}` } as const;
        await counter.get('forms.receive', { ...own, from: 1, to: 12, ...NOTE });
        const told = new Map<number, FormState>();
        for (const { from, length, state } of steps) {
          const serials = Array.from({ length: state === 'missing' ? length : 1 }, (_, index) => from + index);
          const fits = serials.every((serial) => serial <= 12 && !told.has(serial));
          const reason = 'kata petugas';
          const answer =
            state === 'missing'
              ? await counter.ask('forms.declare-missing', { ...own, from, to: from + length - 1, reason })
              : await counter.ask('forms.spoil', { ...own, serial: from, reason });
          expect(answer.ok).toBe(fits);
          if (fits) for (const serial of serials) told.set(serial, state);
        }
        const stock = (await counter.get('forms.stock', {})).find((one) => one.series === own.series);
        const passed = Math.max(0, ...[...told].filter(([, state]) => state !== 'missing').map(([serial]) => serial));
        const silent = Array.from({ length: 12 }, (_, index) => index + 1).filter((serial) => !told.has(serial));
        const inGaps = (stock?.gaps ?? []).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, index) => from + index),
        );
        expect(inGaps).toEqual(silent.filter((serial) => serial < passed));
        expect(stock?.next ?? null).toBe(silent.find((serial) => serial > passed) ?? null);
        expect([stock?.spoiled, stock?.missing]).toEqual(
          ['spoiled', 'missing'].map((state) => [...told.values()].filter((one) => one === state).length),
        );
      }),
      { numRuns: 12 },
    );
  });
});

describe('a form under a final receipt', () => {
  const province = useProvince();

  it('is used for a booked sale, and for no other', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await counter.get('forms.receive', { ...FORM, from: 1, to: 20, ...NOTE });
    counter.line.set('down');
    const { transactionId } = await sellOffline(counter, PLATE);
    const used = { ...FORM, serial: 1, transactionId };
    expect(await counter.refusal('forms.use', used)).toMatchObject({ code: 'NOTHING_TO_PRINT' });
    const unknown = { ...used, transactionId: '019cd5af-0000-7000-8000-000000000000' };
    expect(await counter.refusal('forms.use', unknown)).toMatchObject({ code: 'TRANSACTION_UNKNOWN' });
    counter.line.set('pass');
    await sync(counter);
    await province().book();
    await sync(counter);
    expect(await counter.get('forms.use', used)).toMatchObject([{ used: 1, next: 2, gaps: [] }]);
    expect(await counter.refusal('forms.use', used)).toMatchObject({ code: 'FORM_SERIAL_USED' });
    expect(counter.bodies('form.used')).toEqual([{ ...FORM, serial: 1 }]);
    // The province takes every one of these entries as it takes the money.
    const sent = await sync(counter);
    expect(sent.items.filter(({ verdict }) => verdict !== 'ACCEPTED')).toEqual([]);
    expect(sent.quarantined).toBe(0);
  });
});

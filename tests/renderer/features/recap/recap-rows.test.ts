import { describe, expect, it } from 'vitest';
import type { RegionDaySummary } from '../../../../src/contract/region-day.ts';
import type { OthersWord, RegionWord } from '../../../../src/contract/views-region.ts';
import type { LocalDate } from '../../../../src/domain/local-date.ts';
import { rupiah } from '../../../../src/domain/rupiah.ts';
import {
  isSaid,
  isSignedByOther,
  listQuestion,
  matchingDays,
  nextSignature,
  recapRows,
  rowKey,
  saidByOther,
} from '../../../../src/renderer/features/recap/recap-rows.ts';
import { dayNotice, legLine } from '../../../../src/renderer/text/recap-text.ts';
import { WORD_TEXT } from '../../../../src/renderer/text/word-text.ts';

const ON = '2026-03-10' as LocalDate;
const HASH = 'A'.repeat(43);
const PART = { part: 0, items: 3, itemsHash: HASH };
const ID = '019cd5af-0000-7000-8000-000000000000';

const day = (over: Partial<RegionDaySummary> = {}): RegionDaySummary => ({
  outletId: '3506-017',
  outletName: 'Gerai Ponpes Al-Hikmah',
  businessOn: ON,
  look: 'worked',
  state: 'submitted',
  sales: 12,
  journal: rupiah(3_000_000),
  legs: [],
  parts: 1,
  apart: 0,
  findings: 0,
  close: PART,
  reconciliation: null,
  isOwnWork: false,
  matches: true,
  ...over,
});

const word = (over: Partial<RegionWord> = {}): RegionWord => ({
  group: ID,
  entryHash: HASH,
  type: 'day.close-signed',
  outletId: '3506-017',
  outletName: 'Gerai Ponpes Al-Hikmah',
  businessOn: ON,
  part: 0,
  subject: null,
  decision: null,
  recordedAt: 1,
  state: 'unsent',
  refusal: null,
  firstBy: null,
  decidedAt: null,
  ...over,
});

const other = (n: number, over: Partial<RegionDaySummary> = {}): RegionDaySummary =>
  day({ outletId: `3507-${String(n).padStart(3, '0')}`, ...over });

describe('the list of days that wait', () => {
  it('puts all matching days first, as one row, when there are two or more', () => {
    const days = [day(), other(1), other(2, { matches: false })];
    const rows = recapRows(days, [], 'close');
    expect(rows.map(rowKey)).toEqual(['all', '3506-017 2026-03-10', '3507-001 2026-03-10', '3507-002 2026-03-10']);
    expect(rows[0]).toMatchObject({ kind: 'all', days: [{ outletId: '3506-017' }, { outletId: '3507-001' }] });
    expect(recapRows([day(), other(2, { matches: false })], [], 'close').map(rowKey)).not.toContain('all');
    expect(recapRows(days, [], 'date').map(rowKey)).toContain('all');
    expect(recapRows(days, [], 'reconciliation').map(rowKey)).not.toContain('all');
  });

  it('never signs in one go what differs, what is one’s own work, what waits for nothing, or what is said already', () => {
    const days = [
      day(),
      other(1, { matches: false }),
      other(2, { isOwnWork: true }),
      other(3, { close: null }),
      other(4),
    ];
    expect(matchingDays(days, [], 'close').map(({ outletId }) => outletId)).toEqual(['3506-017', '3507-004']);
    expect(matchingDays(days, [word()], 'close').map(({ outletId }) => outletId)).toEqual(['3507-004']);
    // A word that the province did not apply may be said again.
    expect(matchingDays(days, [word({ state: 'not-applied' })], 'close')).toHaveLength(2);
    expect(matchingDays(days, [], 'reconciliation')).toEqual([]);
  });

  it('knows which word stands for which part of which day', () => {
    expect(isSaid([word()], day(), 'close')).toBe(true);
    expect(isSaid([word({ part: 1 })], day(), 'close')).toBe(false);
    expect(isSaid([word({ businessOn: '2026-03-09' as LocalDate })], day(), 'close')).toBe(false);
    expect(isSaid([word()], day({ reconciliation: PART }), 'reconciliation')).toBe(false);
    expect(isSaid([word({ state: 'applied' })], day(), 'close')).toBe(false);
  });

  it('asks for the close before the reconciliation and knows its list', () => {
    expect(nextSignature(day({ reconciliation: PART }))).toBe('close');
    expect(nextSignature(day({ close: null, reconciliation: PART }))).toBe('reconciliation');
    expect(nextSignature(day({ close: null }))).toBeUndefined();
    expect(listQuestion('date', ON)).toEqual({ on: ON, waiting: 'all' });
    expect(listQuestion('close', ON)).toEqual({ on: null, waiting: 'close' });
  });
});

describe('the words of a day', () => {
  const open = { leg: 'counted', figure: { kind: 'waiting' }, state: 'open' } as const;

  it('name the largest difference first, then findings, then what stands apart', () => {
    const legs = [
      { ...open, difference: rupiah(-1000), unexplained: rupiah(-1000) },
      { ...open, leg: 'bank' as const, difference: rupiah(250_000), unexplained: rupiah(250_000) },
    ];
    expect(dayNotice(day({ legs, matches: false, findings: 3 }))).toEqual({
      tone: 'person',
      text: 'selisih +Rp250.000',
    });
    expect(dayNotice(day({ matches: false, findings: 3, apart: 1 })).text).toBe('3 temuan');
    expect(dayNotice(day({ matches: false, apart: 1 })).text).toBe('1 terpisah');
    expect(dayNotice(day())).toEqual({ tone: 'settled', text: 'cocok' });
    expect(dayNotice(day({ isOwnWork: true })).text).toBe('kerja sendiri');
  });

  it('say how a column stands', () => {
    expect(legLine({ ...open, difference: rupiah(-50_000), unexplained: rupiah(-20_000) })).toBe(
      '-Rp20.000 belum dijelaskan',
    );
    const explained = { ...open, state: 'explained' as const, unexplained: rupiah(0) };
    expect(legLine({ ...explained, difference: rupiah(-50_000) })).toBe('selisih dijelaskan -Rp50.000');
    expect(legLine({ ...open, state: 'not-applicable', difference: null, unexplained: null })).toBe('tidak berlaku');
  });

  it('tell what became of each: who was first and why it was not applied', () => {
    const lost = word({
      state: 'not-applied',
      refusal: 'ALREADY_SIGNED',
      firstBy: { officerId: 'pengawas', name: 'Bambang Hariyadi', at: Date.UTC(2026, 2, 10, 3, 41) },
    });
    expect(WORD_TEXT.outcome(lost)).toBe('Tidak diterapkan: sudah ditandatangani oleh Bambang Hariyadi, 10 Mar 10.41.');
    const all = [word({ state: 'applied' }), word({ state: 'applied' }), lost, word()];
    expect(WORD_TEXT.summary(all)).toBe('2 berlaku, 1 tidak diterapkan, 1 menunggu dikirim');
  });
});

describe('a day of which somebody else has said something', () => {
  const said = (over: Partial<OthersWord> = {}): OthersWord => ({
    ...{ hash: HASH, type: 'day.close-signed', outletId: '3506-017', outletName: 'Gerai Ponpes Al-Hikmah' },
    ...{ businessOn: ON, part: 0, item: null, kind: null, subject: null, decision: null, waited: null },
    ...{ by: { officerId: 'pengawas', name: 'Hj. Khofifah Rahma' }, at: 1 },
    ...over,
  });
  const close = { outletId: '3506-017', businessOn: ON, part: 0 };

  it('is signed by him only where it is this signature of this part; everything he said is shown', () => {
    expect(isSignedByOther([said()], close, 'close')).toBe(true);
    expect(isSignedByOther([said()], close, 'reconciliation')).toBe(false);
    expect(isSignedByOther([said()], { ...close, part: 1 }, 'close')).toBe(false);
    expect(isSignedByOther([said()], { ...close, outletId: '3507-012' }, 'close')).toBe(false);
    const held = said({ type: 'day.item-held', item: HASH, part: null });
    expect(isSignedByOther([held], close, 'close')).toBe(false);
    expect(saidByOther([held], close)).toBe(held);
  });
});

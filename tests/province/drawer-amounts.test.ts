import { describe, expect, it } from 'vitest';
import { entryBodySchemas, type EntryType } from '../../src/contract/journal-entry.ts';
import { drawerAddsUp } from '../../src/province/ingest/drawer-amounts.ts';
import type { ReadBody } from '../../src/province/ingest/typed-body.ts';

const UUID = '0192f000-0000-7000-8000-000000000001';
const lines = (...parts: readonly (readonly [string, number])[]) =>
  parts.map(([account, amount]) => ({ account, amount }));

function judged(type: EntryType, body: object): boolean {
  const read: { readonly type: EntryType; readonly body: unknown } = { type, body: entryBodySchemas[type].parse(body) };
  return drawerAddsUp(read as ReadBody); // the schema of this very type took it
}

const DEPOSIT = { depositId: UUID, amount: 100, depositedOn: '2026-03-10', bank: 'Bank Jatim', slipNumber: '1' };
const HANDED = {
  handOverId: UUID,
  handOverNumber: '3506-017-01-1SR-000044-XQ',
  fromSessionId: UUID,
  toSessionId: UUID,
  fromOfficerId: 'siti',
  toOfficerId: 'budi',
  counted: 300,
  float: 200,
  carried: 100,
  variance: 0,
};
const REFUSED = { refusalId: UUID, depositId: null, dispatchId: null, reason: 'torn', amount: 100 };
const TO_SAFE = lines(['safe-or-courier', 100], ['cash-drawer', -100]);
const BACK = lines(['cash-drawer', 100], ['safe-or-courier', -100]);

describe('the money of a drawer’s day, as the province judges it', () => {
  it.each<readonly [EntryType, object]>([
    ['cash.deposited', { ...DEPOSIT, ledgerLines: lines(['bank-in-transit', 100], ['cash-drawer', -100]) }],
    ['cash.deposited', { ...DEPOSIT, ledgerLines: lines(['safe-or-courier', -100], ['bank-in-transit', 100]) }],
    ['cash.stored', { movementId: UUID, amount: 100, ledgerLines: TO_SAFE }],
    ['cash-session.handed-over', { ...HANDED, ledgerLines: BACK }],
    ['cash.refused-by-bank', { ...REFUSED, from: 'drawer', ledgerLines: TO_SAFE }],
    ['cash.refused-by-bank', { ...REFUSED, from: 'safe', ledgerLines: [] }],
    ['cash.courier-settled', { dispatchId: UUID, handed: 100, accepted: 60, refused: 40 }],
  ])('is possible: %s', (type, body) => {
    expect(judged(type, body)).toBe(true);
  });

  it.each<readonly [string, EntryType, object]>([
    ['a deposit of more than its lines', 'cash.deposited', { ...DEPOSIT, amount: 101, ledgerLines: TO_SAFE }],
    [
      'a deposit out of a tax account',
      'cash.deposited',
      {
        ...DEPOSIT,
        ledgerLines: lines(['bank-in-transit', 100], ['province', -100]),
      },
    ],
    ['a deposit of nothing', 'cash.deposited', { ...DEPOSIT, amount: 0, ledgerLines: [] }],
    ['a hand-over that loses money', 'cash-session.handed-over', { ...HANDED, counted: 301, ledgerLines: BACK }],
    ['a hand-over that carries another sum', 'cash-session.handed-over', { ...HANDED, ledgerLines: [] }],
    ['a leg with a hole', 'cash.courier-settled', { dispatchId: UUID, handed: 100, accepted: 60, refused: 39 }],
    [
      'a refusal from the safe that moves cash',
      'cash.refused-by-bank',
      {
        ...REFUSED,
        from: 'safe',
        ledgerLines: TO_SAFE,
      },
    ],
    [
      'change that becomes a loss',
      'cash.moved',
      {
        movementId: UUID,
        direction: 'out',
        amount: 100,
        reason: 'tukar',
        ledgerLines: lines(['cash-loss', 100], ['cash-drawer', -100]),
      },
    ],
    [
      'a loss out of the drawer',
      'cash.written-off',
      {
        refusalId: UUID,
        amount: 100,
        reason: 'palsu',
        approvedBy: 'umi',
        ledgerLines: lines(['cash-loss', 100], ['cash-drawer', -100]),
      },
    ],
  ])('is impossible: %s', (_what, type, body) => {
    expect(judged(type, body)).toBe(false);
  });
});

import { DEFAULT_POLICY } from '../../domain/policy.ts';
import { fraudSignals, type SignalFacts } from '../../domain/fraud-signals.ts';
import { type LocalDate, parseLocalDate } from '../../domain/local-date.ts';
import { type Rupiah, rupiah } from '../../domain/rupiah.ts';
import { signalSentence } from '../../contract/signal-words.ts';
import type { Db } from '../db/open.ts';

/** A deposit as an outlet recorded it. */
export type SharedDeposit = {
  readonly outletId: string;
  readonly deviceId: string;
  readonly depositId: string;
  readonly bank: string;
  readonly slipNumber: string;
  readonly depositedOn: string;
  readonly amount: Rupiah;
};

/** One slip of a bank under more than one deposit: no counter can see this, because each knows its own only. */
export type SharedSlip = { readonly sentence: string; readonly deposits: readonly SharedDeposit[] };

const NOTHING: Omit<SignalFacts, 'deposits' | 'today'> = {
  sales: [],
  voids: [],
  lookups: [],
  clocks: [],
  overdue: [],
  bookings: [],
  perSaleCap: null,
};

function dayOf(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (!parsed.ok) throw new Error('a deposit has a day');
  return parsed.value;
}

/**
 * Slips that stand under more than one deposit since a day, of whichever outlets; with `outletIds` only those in which one of
 * these outlets has a part: whoever asks sees his own outlets and what they share.
 */
export async function sharedSlips(
  db: Db,
  since: LocalDate,
  outletIds: readonly string[] | null,
): Promise<readonly SharedSlip[]> {
  const rows = await db
    .selectFrom('deposit')
    .innerJoin('device', 'device.device_id', 'deposit.device_id')
    .select([
      'device.outlet_id as outletId',
      'deposit.device_id as deviceId',
      'deposit.deposit_id as depositId',
      'deposit.bank',
      'deposit.slip_number as slipNumber',
      'deposit.deposited_on as depositedOn',
      'deposit.amount',
    ])
    .where('deposit.deposited_on', '>=', since)
    .orderBy('deposit.received_at')
    .orderBy('deposit.deposit_id')
    .execute();
  const deposits = rows.map((row): SharedDeposit => ({ ...row, amount: rupiah(row.amount) }));
  // The place in this list stands for the place in a journal: the deposits are of many.
  const facts = deposits.map(({ bank, slipNumber, depositedOn, amount }, seq) => {
    const on = dayOf(depositedOn);
    return { seq, at: 0, officerId: null, bank, slipNumber, depositedOn: on, amount };
  });
  return fraudSignals({ ...NOTHING, deposits: facts, today: since }, DEFAULT_POLICY.signals)
    .map((signal) => ({
      sentence: signalSentence(signal),
      deposits: signal.seqs.flatMap((seq) => deposits[seq] ?? []),
    }))
    .filter(({ deposits: own }) => outletIds === null || own.some(({ outletId }) => outletIds.includes(outletId)));
}

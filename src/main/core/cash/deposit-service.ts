import type { Refusal } from '../../../contract/errors.ts';
import type { CashStandingView, DepositView } from '../../../contract/views-cash.ts';
import { depositCash, type DepositRefusal, type DepositSource, roughCash } from '../../../domain/cash-session.ts';
import { addDays, type LocalDate } from '../../../domain/local-date.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import {
  drawerTakings,
  findLastClosed,
  findOpenSession,
  putInSafe,
  readSessionsInSafe,
  safeCash,
  type StoredCashSession,
  unconfirmedDeposits,
} from './cash-store.ts';
import { insertDeposit, isSlipUsed, readDeposits, type StoredDeposit } from './deposit-store.ts';
import { viewOfClosed } from './close-session.ts';

const SHOWN_DEPOSITS = 50;
/** A slip is brought within a month; an older or a later day is a typing error. */
const OLDEST_SLIP_DAYS = 31;

export type DepositInput = {
  readonly from: DepositSource;
  readonly amount: Rupiah;
  readonly depositedOn: LocalDate;
  readonly bank: string;
  readonly slipNumber: string;
};

export type DepositCode =
  | 'CASH_SESSION_CLOSED'
  | 'CASH_SESSION_OF_OTHER'
  | 'CASH_DEPOSIT_TOO_LARGE'
  | 'DEPOSIT_SLIP_USED'
  | 'DEPOSIT_DATE_INVALID';

export type DepositService = {
  readonly standing: () => Promise<CashStandingView>;
  /** Records cash that was handed to a bank, with its slip; allowed without a line, in mid-day and above any cap. */
  readonly deposit: (
    signIn: SignIn,
    input: DepositInput,
  ) => Promise<Result<DepositView, Refusal<DepositCode> | StorageRefusal>>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly timekeeper: Timekeeper;
  readonly events: EventsPort;
  readonly newId: () => string;
};

function refusalOf(refusal: DepositRefusal): Refusal<DepositCode> {
  switch (refusal.code) {
    case 'NOTHING':
      throw new Error('the contract takes no deposit of nothing');
    case 'NO_OPEN_SESSION':
      return { code: 'CASH_SESSION_CLOSED' };
    case 'TOO_MUCH':
      return { code: 'CASH_DEPOSIT_TOO_LARGE', path: ['amount'], details: { atMost: refusal.atMost } };
    default:
      return assertNever(refusal);
  }
}

/** What is taken from each session's part of the safe, the oldest first. */
async function takeFromSafe(tx: WriteTx, amount: Rupiah): Promise<readonly StoredCashSession[]> {
  const touched: StoredCashSession[] = [];
  let left = amount;
  for (const session of await readSessionsInSafe(tx)) {
    if (left === 0) break;
    const taken = rupiah(Math.min(left, session.inSafe));
    left = rupiah(left - taken);
    await putInSafe(tx, session, rupiah(session.inSafe - taken));
    touched.push(session);
  }
  if (left !== 0) throw new Error('the safe holds less than its ledger account says');
  return touched;
}

const viewOf = ({ seq: _seq, ...deposit }: StoredDeposit): DepositView => deposit;

export function createDepositService({ db, journal, timekeeper, events, newId }: Deps): DepositService {
  const lastClosed = async (tx: ReadTx): Promise<CashStandingView['lastClosed']> => {
    const session = await findLastClosed(tx);
    if (session === undefined) return null;
    return (await viewOfClosed({ journal }, tx, session.cashSessionId)) ?? null;
  };

  return {
    standing: () =>
      db.read(async (tx) => {
        const rough = (await findOpenSession(tx))?.state === 'open';
        const takings = await drawerTakings(tx);
        return {
          drawer: rough ? roughCash(takings) : rupiah(Math.max(0, takings)),
          rough,
          safe: await safeCash(tx),
          inTransit: await unconfirmedDeposits(tx),
          lastClosed: await lastClosed(tx),
          deposits: (await readDeposits(tx, SHOWN_DEPOSITS)).map(viewOf),
        };
      }),

    deposit: async (signIn, input) => {
      const today = timekeeper.today();
      if (input.depositedOn > today || input.depositedOn < addDays(today, -OLDEST_SLIP_DAYS)) {
        return err({ code: 'DEPOSIT_DATE_INVALID', path: ['depositedOn'] });
      }
      const { from, amount, depositedOn, bank, slipNumber } = input;
      const depositId = newId();
      const recorded = await journal.record(async (tx, append) => {
        const session = await findOpenSession(tx);
        if (from === 'drawer' && session !== undefined && session.officerId !== signIn.officerId) {
          return err({ code: 'CASH_SESSION_OF_OTHER' as const, details: { officer: session.officerName } });
        }
        if (await isSlipUsed(tx, bank, slipNumber))
          return err({ code: 'DEPOSIT_SLIP_USED' as const, path: ['slipNumber'] });
        const decision = depositCash({
          amount,
          from,
          sessionState: session?.state ?? null,
          drawerTakings: await drawerTakings(tx),
          safe: await safeCash(tx),
        });
        if (!decision.ok) return err(refusalOf(decision.error));
        const covered = from === 'safe' ? await takeFromSafe(tx, amount) : [];
        const entry = append({
          type: 'cash.deposited',
          stream: depositId,
          refs: covered.slice(0, 50).map((one) => one.cashSessionId),
          officerId: signIn.officerId,
          // "Every cash event carries its session": of several in the safe, the oldest.
          cashSessionId: (from === 'drawer' ? session : covered[0])?.cashSessionId ?? null,
          body: { depositId, amount, depositedOn, bank, slipNumber, ledgerLines: [...decision.value] },
        });
        const deposit: StoredDeposit = {
          ...input,
          depositId,
          seq: entry.seq,
          recordedAt: entry.wallMs,
          officerName: signIn.name,
        };
        await insertDeposit(tx, deposit);
        return ok(viewOf(deposit));
      });
      if (recorded.ok) events.publish('cash-session');
      return recorded;
    },
  };
}

import type { Refusal } from '../../../contract/errors.ts';
import { depositCash, type DepositRefusal, type DepositSource } from '../../../domain/cash-session.ts';
import { isLost, type RefusedCash } from '../../../domain/courier.ts';
import { leavingLedgerLines } from '../../../domain/drawer-lines.ts';
import type { LedgerLine } from '../../../domain/ledger-lines.ts';
import { addDays, type LocalDate } from '../../../domain/local-date.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import { type Rupiah, sumRupiah } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { Append } from '../journal/journal.ts';
import type { StoredCashSession } from './cash-store.ts';
import { insertRefusal } from './courier-store.ts';
import { insertDeposit, isSlipUsed, type StoredDeposit } from './deposit-store.ts';
import { drawerTakings } from './drawer-balance-store.ts';
import { addToSafe, readSafeParts, takeFromSafe } from './safe-part.ts';

/** A slip is brought within a month; an older or a later day is a typing error. */
const OLDEST_SLIP_DAYS = 31;
/** References of an entry, by its schema. */
const MOST_REFS = 50;

/** What the slip of a bank says. */
export type BankSlip = { readonly depositedOn: LocalDate; readonly bank: string; readonly slipNumber: string };

type MuchCode = 'CASH_SESSION_CLOSED' | 'CASH_DEPOSIT_TOO_LARGE';

function refusalOf(refusal: DepositRefusal): Refusal<MuchCode> {
  switch (refusal.code) {
    case 'NOTHING':
      throw new Error('the contract moves no sum of nothing');
    case 'NO_OPEN_SESSION':
      return { code: 'CASH_SESSION_CLOSED' };
    case 'TOO_MUCH':
      return { code: 'CASH_DEPOSIT_TOO_LARGE', path: ['amount'], details: { atMost: refusal.atMost } };
    default:
      return assertNever(refusal);
  }
}

/** Whether so much may leave the drawer of the open session, or the safe; the answer of an uncounted drawer is rough. */
export async function mayLeave(
  tx: ReadTx,
  asked: { readonly from: DepositSource; readonly amount: Rupiah; readonly session: StoredCashSession | undefined },
): Promise<Result<void, Refusal<MuchCode>>> {
  const decision = depositCash({
    amount: asked.amount,
    from: asked.from,
    sessionState: asked.session?.state ?? null,
    drawerTakings: await drawerTakings(tx),
    safe: (await readSafeParts(tx)).depositable,
  });
  return decision.ok ? ok(undefined) : err(refusalOf(decision.error));
}

/** Whether a slip can be: its day is near, and no deposit bears it yet. */
export async function slipProblem(
  tx: ReadTx,
  today: LocalDate,
  { depositedOn, bank, slipNumber }: BankSlip,
): Promise<Refusal<'DEPOSIT_DATE_INVALID' | 'DEPOSIT_SLIP_USED'> | null> {
  if (depositedOn > today || depositedOn < addDays(today, -OLDEST_SLIP_DAYS)) {
    return { code: 'DEPOSIT_DATE_INVALID', path: ['depositedOn'] };
  }
  const isUsed = await isSlipUsed(tx, bank, slipNumber);
  return isUsed ? { code: 'DEPOSIT_SLIP_USED', path: ['slipNumber'] } : null;
}

/** Who writes, from where, in which session. */
export type DepositHand = {
  readonly signIn: SignIn;
  readonly from: DepositSource;
  /** The open session; of a deposit from the drawer. */
  readonly session: StoredCashSession | undefined;
};

/** Writes a deposit with its slip; whoever calls it has asked whether it may leave. */
export async function writeDeposit(
  tx: WriteTx,
  append: Append,
  { signIn, from, session }: DepositHand,
  deposit: BankSlip & {
    readonly depositId: string;
    readonly amount: Rupiah;
    readonly ledgerLines: readonly LedgerLine[];
    readonly dispatchId: string | null;
  },
): Promise<Omit<StoredDeposit, 'confirmed'>> {
  const { depositId, amount, depositedOn, bank, slipNumber, dispatchId, ledgerLines } = deposit;
  const covered = from === 'safe' ? await takeFromSafe(tx, amount) : [];
  const entry = append({
    type: 'cash.deposited',
    stream: depositId,
    refs: covered.slice(0, MOST_REFS).map((one) => one.cashSessionId),
    officerId: signIn.officerId,
    // "Every cash event carries its session": of several in the safe, the oldest.
    cashSessionId: (from === 'drawer' ? session : covered[0])?.cashSessionId ?? null,
    body: {
      depositId,
      amount,
      depositedOn,
      bank,
      slipNumber,
      ...(dispatchId === null ? {} : { dispatchId }),
      ledgerLines: [...ledgerLines],
    },
  });
  const stored = {
    depositId,
    seq: entry.seq,
    amount,
    from,
    depositedOn,
    bank,
    slipNumber,
    recordedAt: entry.wallMs,
    officerName: signIn.name,
    dispatchId,
  };
  await insertDeposit(tx, stored);
  return stored;
}

/** What a bank did not take, each sum an entry of its own: it lies in the safe's account, and some of it waits for a supervisor. */
export async function writeRefusals(
  tx: WriteTx,
  append: Append,
  { signIn, from, session }: DepositHand,
  refused: readonly RefusedCash[],
  of: { readonly depositId: string | null; readonly dispatchId: string | null; readonly newId: () => string },
): Promise<void> {
  const { depositId, dispatchId } = of;
  for (const { reason, amount } of refused) {
    const refusalId = of.newId();
    const entry = append({
      type: 'cash.refused-by-bank',
      stream: refusalId,
      officerId: signIn.officerId,
      cashSessionId: (from === 'drawer' ? session : undefined)?.cashSessionId ?? null,
      body: {
        refusalId,
        depositId,
        dispatchId,
        from,
        reason,
        amount,
        ledgerLines: [...leavingLedgerLines(from, amount)],
      },
    });
    await insertRefusal(tx, {
      refusalId,
      seq: entry.seq,
      reason,
      amount,
      refusedAt: entry.wallMs,
      officerName: signIn.name,
      settledSeq: isLost(reason) ? null : entry.seq,
    });
  }
  if (from === 'drawer' && session !== undefined && refused.length > 0) {
    await addToSafe(tx, session, sumRupiah(refused.map(({ amount }) => amount)));
  }
}

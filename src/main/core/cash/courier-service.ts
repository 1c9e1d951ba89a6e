import type { NamedPerson } from '../../../contract/entry-bodies-documents.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { CashSessionView } from '../../../contract/views-cash.ts';
import type { DepositSource } from '../../../domain/cash-session.ts';
import { type RefusedCash, settleLeg } from '../../../domain/courier.ts';
import { lossLedgerLines, leavingLedgerLines, storedLedgerLines } from '../../../domain/drawer-lines.ts';
import { depositLedgerLines } from '../../../domain/ledger-lines.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ApprovalGrant } from '../approvals/approval-grant.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { Appended, Position } from '../journal/entry-text.ts';
import { canonicalJson, sha256 } from '../journal/hash-chain.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { EventsPort } from '../ports.ts';
import { findOpenSession } from './cash-store.ts';
import { type OwnSessionCode, ownSession } from './cash-service.ts';
import { type Counts, type DrawerDeps, viewOfSession } from './close-session.ts';
import {
  type CashRefusal,
  type CourierLeg,
  findLeg,
  findRefusal,
  insertLeg,
  putLegSettled,
  putRefusalSettled,
} from './courier-store.ts';
import { notesProblem } from './deposit-service.ts';
import { addToSafe, takeFromSafe } from './safe-part.ts';
import { type BankSlip, mayLeave, slipProblem, writeDeposit, writeRefusals } from './write-deposit.ts';

type MuchCode = 'CASH_SESSION_CLOSED' | 'CASH_SESSION_OF_OTHER' | 'CASH_DEPOSIT_TOO_LARGE';
type DispatchCode = MuchCode | 'CASH_COUNT_INVALID' | 'CASH_TOTAL_DIFFERS';
type ArrivalCode =
  | 'NOT_FOUND'
  | 'COURIER_LEG_SETTLED'
  | 'CASH_DOES_NOT_ADD_UP'
  | 'DEPOSIT_SLIP_USED'
  | 'DEPOSIT_DATE_INVALID';
type LossCode = 'NOT_FOUND' | 'CASH_REFUSAL_SETTLED' | 'APPROVAL_OTHER' | 'APPROVAL_USED';
type Answer<T, C extends Refusal['code']> = Promise<Result<T, Refusal<C> | StorageRefusal>>;

/** Cash that a courier takes, as it is asked for. */
export type DispatchAsked = {
  readonly dispatchId: string;
  readonly from: DepositSource;
  readonly amount: Rupiah;
  readonly counts: Counts;
  readonly courierName: string;
};

/** A leg with what its slip says; `entry` is null where the same was asked before. */
export type Dispatched = { readonly leg: CourierLeg; readonly entry: Appended | null; readonly counts: Counts };

export type CourierService = {
  /** From the open drawer into the safe; idempotent by `movementId`. */
  readonly store: (
    signIn: SignIn,
    asked: { readonly movementId: string; readonly amount: Rupiah },
  ) => Answer<CashSessionView, OwnSessionCode | 'CASH_SESSION_COUNTED' | 'CASH_DEPOSIT_TOO_LARGE'>;
  /** Into the hands of a courier; idempotent by `dispatchId`. His name is sealed, and on the paper by his own hand. */
  readonly dispatch: (signIn: SignIn, asked: DispatchAsked) => Answer<Dispatched, DispatchCode>;
  /** The end of a leg in one commit: what the bank took, and each sum that it did not. */
  readonly arrive: (
    signIn: SignIn,
    asked: BankSlip & {
      readonly dispatchId: string;
      readonly accepted: Rupiah;
      readonly refused: readonly RefusedCash[];
    },
  ) => Answer<void, ArrivalCode>;
  readonly doubt: (refusalId: string) => Promise<CashRefusal | undefined>;
  /** What a supervisor's word on a lost sum is bound to, beside its id and amount. */
  readonly lossHash: (reason: string) => string;
  /** A false note or a missing sum becomes a loss; the approval is used in this very commit. */
  readonly writeOff: (
    signIn: SignIn,
    asked: { readonly refusalId: string; readonly reason: string },
    grant: ApprovalGrant,
  ) => Answer<void, LossCode>;
};

type Deps = DrawerDeps & {
  readonly db: Db;
  readonly subjectKeys: SubjectKeys;
  readonly events: EventsPort;
  readonly newId: () => string;
  /** A number in the form of the outlet's receipts. */
  readonly numberAt: (position: Position) => string;
};

const lossHash = (reason: string): string => sha256(canonicalJson({ reason }));

export function createCourierService(deps: Deps): CourierService {
  const { db, journal, timekeeper, subjectKeys, events, newId, numberAt } = deps;
  const told = <R extends Result<unknown, unknown>>(result: R): R => {
    if (result.ok) events.publish('cash-session');
    return result;
  };

  return {
    store: async (signIn, { movementId, amount }) => {
      const stored = await journal.record(async (tx, append) => {
        const own = ownSession(await findOpenSession(tx), signIn);
        if (!own.ok) return own;
        const session = own.value;
        const [before] = await journal.readStream(tx, movementId);
        if (before !== undefined) return ok(await viewOfSession(deps, tx, session));
        const may = await mayLeave(tx, { from: 'drawer', amount, session });
        if (!may.ok) {
          const isCounted = may.error.code === 'CASH_SESSION_CLOSED';
          return err(
            isCounted
              ? { code: 'CASH_SESSION_COUNTED' as const }
              : { ...may.error, code: 'CASH_DEPOSIT_TOO_LARGE' as const },
          );
        }
        const { cashSessionId } = session;
        append({
          type: 'cash.stored',
          stream: movementId,
          officerId: signIn.officerId,
          cashSessionId,
          body: { movementId, amount, ledgerLines: [...storedLedgerLines(amount)] },
        });
        return ok(await viewOfSession(deps, tx, await addToSafe(tx, session, amount)));
      });
      return told(stored);
    },

    dispatch: async (signIn, { dispatchId, from, amount, counts, courierName }) => {
      const notes = notesProblem(counts, amount);
      if (notes !== null) return err(notes);
      const dispatched = await journal.record(async (tx, append) => {
        const standing = await findLeg(tx, dispatchId);
        if (standing !== undefined) return ok({ leg: standing, entry: null, counts });
        const session = await findOpenSession(tx);
        if (from === 'drawer' && session !== undefined && session.officerId !== signIn.officerId) {
          return err({ code: 'CASH_SESSION_OF_OTHER' as const, details: { officer: session.officerName } });
        }
        const may = await mayLeave(tx, { from, amount, session });
        if (!may.ok) return may;
        const person: NamedPerson = { name: courierName, phone: null, nrkb: null };
        const bodyKey = await subjectKeys.takeBodyKey(tx, dispatchId);
        const sealed = subjectKeys.sealUnder(bodyKey, dispatchId, person);
        const entry = append({
          type: 'cash.dispatched',
          stream: dispatchId,
          officerId: signIn.officerId,
          cashSessionId: from === 'drawer' ? (session?.cashSessionId ?? null) : null,
          body: (position) => ({
            dispatchId,
            dispatchNumber: numberAt(position),
            from,
            amount,
            counts: [...counts],
            sealed,
            ledgerLines: [...leavingLedgerLines(from, amount)],
          }),
        });
        if (from === 'drawer' && session !== undefined) await addToSafe(tx, session, amount);
        const leg = {
          dispatchId,
          seq: entry.seq,
          dispatchNumber: numberAt(entry),
          from,
          amount,
          dispatchedAt: entry.wallMs,
          officerName: signIn.name,
        };
        await insertLeg(tx, leg);
        return ok({ leg: { ...leg, settledSeq: null }, entry, counts });
      });
      return told(dispatched);
    },

    arrive: async (signIn, { dispatchId, accepted, refused, ...slip }) => {
      const arrived = await journal.record(async (tx, append) => {
        const leg = await findLeg(tx, dispatchId);
        if (leg === undefined) return err({ code: 'NOT_FOUND' as const });
        if (leg.settledSeq !== null) return err({ code: 'COURIER_LEG_SETTLED' as const });
        const settled = settleLeg(leg.amount, accepted, refused);
        if (!settled.ok) {
          const { difference } = settled.error;
          return err({ code: 'CASH_DOES_NOT_ADD_UP' as const, path: ['accepted'], details: { difference } });
        }
        const problem = accepted === 0 ? null : await slipProblem(tx, timekeeper.today(), slip);
        if (problem !== null) return err(problem);
        const entry = append({
          type: 'cash.courier-settled',
          stream: dispatchId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { dispatchId, handed: leg.amount, accepted, refused: rupiah(leg.amount - accepted) },
        });
        await putLegSettled(tx, dispatchId, entry.seq);
        const hand = { signIn, from: 'safe' as const, session: undefined };
        const depositId = accepted === 0 ? null : newId();
        if (depositId !== null) {
          const ledgerLines = depositLedgerLines('safe-or-courier', accepted);
          await writeDeposit(tx, append, hand, { ...slip, depositId, amount: accepted, ledgerLines, dispatchId });
        }
        await writeRefusals(tx, append, hand, refused, { depositId, dispatchId, newId });
        return ok(undefined);
      });
      return told(arrived);
    },

    doubt: (refusalId) => db.read((tx) => findRefusal(tx, refusalId)),
    lossHash,

    writeOff: async (signIn, { refusalId, reason }, grant) => {
      const lost = await journal.record(async (tx, append) => {
        const refusal = await findRefusal(tx, refusalId);
        if (refusal === undefined) return err({ code: 'NOT_FOUND' as const });
        const { amount, settledSeq } = refusal;
        if (settledSeq !== null) return err({ code: 'CASH_REFUSAL_SETTLED' as const });
        const [oldest] = await takeFromSafe(tx, amount);
        const place = {
          stream: refusalId,
          officerId: signIn.officerId,
          cashSessionId: oldest?.cashSessionId ?? null,
        };
        const used = await grant.use(tx, append, {
          ...place,
          action: 'cash-loss',
          subject: refusalId,
          amount,
          contentHash: lossHash(reason),
        });
        if (!used.ok) return used;
        const { approvedBy } = used.value;
        const entry = append({
          ...place,
          type: 'cash.written-off',
          body: { refusalId, amount, reason, approvedBy, ledgerLines: [...lossLedgerLines(amount)] },
        });
        await putRefusalSettled(tx, refusalId, entry.seq);
        return ok(undefined);
      });
      return told(lost);
    },
  };
}

import type { Refusal } from '../../../contract/errors.ts';
import type { EntryBody } from '../../../contract/journal-entry.ts';
import type { ApprovalAsked } from '../../../domain/approval.ts';
import { type PartAmount, shortParts, topUpLedgerLines, waivedShortLedgerLines } from '../../../domain/case-ledger.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type Rupiah, roundCash, sumRupiah } from '../../../domain/rupiah.ts';
import { judgeTender } from '../../../domain/tender.ts';
import type { ApprovalGrant } from '../approvals/approval-grant.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import { type Appended, bodyOf } from '../journal/entry-text.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { receiptNumberAt } from '../transactions/receipt-numbers.ts';
import { findSale, type Sale } from '../transactions/sale-store.ts';
import { ownOpenSession, waiveAct } from './case-acts.ts';
import type { CaseDeps } from './case-deps.ts';
import { insertShortfall, isShortfallAnswered } from './claim-store.ts';
import { readSaleFacts, type SaleFacts } from './sale-facts.ts';

type StandCode = 'TRANSACTION_UNKNOWN' | 'CASE_CHANGED' | 'CASE_SETTLED' | 'ALREADY_VOIDED';
type TenderCode = 'TENDERED_TOO_LITTLE' | 'TENDERED_IMPLAUSIBLE' | 'CHANGE_NOT_GIVABLE' | 'AMOUNT_CHANGED';
type SessionCode = 'CASH_SESSION_CLOSED' | 'CASH_SESSION_OF_OTHER';
type ApprovalCode = 'APPROVAL_OTHER' | 'APPROVAL_USED';

/** What is missing of a sale by its newest decision, as the citizen has to pay it. */
export type Missing = {
  readonly decisionId: string;
  readonly parts: readonly PartAmount[];
  readonly total: Rupiah;
  readonly payable: Rupiah;
  readonly rounding: Rupiah;
};

/** Cash that was taken for what was missing. */
export type CollectedShortfall = {
  readonly sale: Sale;
  readonly entry: Appended;
  readonly body: EntryBody<'shortfall.collected'>;
};

export type ShortfallService = {
  /** The rest of a bill in cash; one commit, a paper of its own, and the province settles the sale once more. */
  readonly collect: (
    signIn: SignIn,
    asked: {
      readonly transactionId: string;
      readonly decisionId: string;
      readonly expectedPayable: Rupiah;
      readonly tendered: Rupiah;
      readonly confirmedTendered: Rupiah | null;
    },
  ) => Promise<Result<CollectedShortfall, Refusal<StandCode | TenderCode | SessionCode> | StorageRefusal>>;
  /** What an approval of a waiver is bound to. */
  readonly waiverAsked: (
    transactionId: string,
    decisionId: string,
  ) => Promise<Result<ApprovalAsked, Refusal<StandCode | 'SHORTFALL_TOO_LARGE'>>>;
  /** Nobody pays the rest: a supervisor waives it up to the sum of the policy. */
  readonly waive: (
    signIn: SignIn,
    asked: { readonly transactionId: string; readonly decisionId: string; readonly reason: string },
    approval: ApprovalGrant,
  ) => Promise<Result<void, Refusal<StandCode | 'SHORTFALL_TOO_LARGE' | ApprovalCode> | StorageRefusal>>;
};

/** What is missing of a sale; null where nothing is, or where it was answered already. */
export async function missingOf(tx: ReadTx, { body, decision, standing }: SaleFacts): Promise<Missing | null> {
  if (decision === undefined || standing.cashReturned) return null;
  if (await isShortfallAnswered(tx, decision.decisionId)) return null;
  const parts = shortParts(decision.outcomes, body.regency);
  if (parts.length === 0) return null;
  const total = sumRupiah(parts.map(({ amount }) => amount));
  const { cashRounding } = await readPolicy(tx);
  return { decisionId: decision.decisionId, parts, total, ...roundCash(total, cashRounding) };
}

export function createShortfallService(deps: CaseDeps): ShortfallService {
  const { db, journal, cipher, device, timekeeper, events, newId } = deps;

  const stand = async (
    tx: ReadTx,
    transactionId: string,
    decisionId: string,
  ): Promise<Result<{ readonly sale: Sale; readonly missing: Missing }, Refusal<StandCode>>> => {
    const sale = await findSale(tx, cipher, transactionId);
    if (sale === undefined) return err({ code: 'TRANSACTION_UNKNOWN' });
    if (sale.voided !== null) return err({ code: 'ALREADY_VOIDED' });
    // Two people on one case: the second is told.
    if (await isShortfallAnswered(tx, decisionId)) return err({ code: 'CASE_SETTLED' });
    const missing = await missingOf(tx, await readSaleFacts(tx, journal, sale));
    if (missing === null || missing.decisionId !== decisionId) return err({ code: 'CASE_CHANGED' });
    return ok({ sale, missing });
  };

  const waivable = async (
    tx: ReadTx,
    transactionId: string,
    decisionId: string,
  ): Promise<
    Result<{ readonly sale: Sale; readonly missing: Missing }, Refusal<StandCode | 'SHORTFALL_TOO_LARGE'>>
  > => {
    const standing = await stand(tx, transactionId, decisionId);
    if (!standing.ok) return standing;
    const most = (await readPolicy(tx)).cases.waiveShortUpTo;
    return standing.value.missing.total <= most
      ? standing
      : err({ code: 'SHORTFALL_TOO_LARGE', details: { total: standing.value.missing.total, most } });
  };

  const keep = async (
    tx: WriteTx,
    kind: 'collected' | 'waived',
    id: string,
    of: { readonly transactionId: string; readonly decisionId: string },
    entry: Appended,
  ): Promise<void> => {
    const { transactionId: transaction_id, decisionId: decision_id } = of;
    await insertShortfall(tx, {
      shortfall_id: id,
      seq: entry.seq,
      transaction_id,
      decision_id,
      kind,
      at: entry.wallMs,
    });
  };
  const told = (): void => {
    for (const topic of ['transactions', 'outbox', 'cash-session', 'exceptions'] as const) events.publish(topic);
  };

  return {
    collect: async (signIn, asked) => {
      const collected = await journal.record(async (tx, append) => {
        const standing = await stand(tx, asked.transactionId, asked.decisionId);
        if (!standing.ok) return standing;
        const { sale, missing } = standing.value;
        const session = await ownOpenSession(tx, signIn);
        if (!session.ok) return session;
        const { parts, total, payable, rounding, decisionId } = missing;
        if (asked.expectedPayable !== payable) return err({ code: 'AMOUNT_CHANGED' as const, details: { payable } });
        const { tendered, confirmedTendered: confirmed } = asked;
        const { unit } = (await readPolicy(tx)).cashRounding;
        const change = judgeTender({ payable, tendered, confirmed, unit });
        if (!change.ok) {
          const { code, ...details } = change.error;
          return err({ code, details });
        }
        const collectionId = newId();
        const entry = append({
          type: 'shortfall.collected',
          stream: sale.transactionId,
          officerId: signIn.officerId,
          cashSessionId: session.value.cashSessionId,
          body: (position) => ({
            collectionId,
            collectionNumber: receiptNumberAt(device, position),
            transactionId: sale.transactionId,
            receiptNumber: sale.receiptNumber,
            decisionId,
            collectedOn: timekeeper.today(),
            parts: [...parts],
            total,
            rounding,
            payable,
            tendered,
            change: change.value,
            ledgerLines: [...topUpLedgerLines({ parts, payable, rounding })],
          }),
        });
        await keep(tx, 'collected', collectionId, asked, entry);
        return ok({ sale, entry, body: bodyOf('shortfall.collected', entry) });
      });
      if (collected.ok) told();
      return collected;
    },

    waiverAsked: (transactionId, decisionId) =>
      db.read(async (tx) => {
        const standing = await waivable(tx, transactionId, decisionId);
        return standing.ok ? ok(waiveAct(standing.value.sale, decisionId, standing.value.missing.total)) : standing;
      }),

    waive: async (signIn, asked, approval) => {
      const waived = await journal.record(async (tx, append) => {
        const standing = await waivable(tx, asked.transactionId, asked.decisionId);
        if (!standing.ok) return standing;
        const { sale, missing } = standing.value;
        const { transactionId } = sale;
        const { parts, total, decisionId } = missing;
        const act = { ...waiveAct(sale, decisionId, total), stream: transactionId, officerId: signIn.officerId };
        const used = await approval.use(tx, append, { ...act, cashSessionId: null });
        if (!used.ok) return used;
        const waiverId = newId();
        const entry = append({
          type: 'shortfall.waived',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: {
            waiverId,
            transactionId,
            decisionId,
            parts: [...parts],
            total,
            reason: asked.reason,
            approvedBy: used.value.approvedBy,
            ledgerLines: [...waivedShortLedgerLines(parts)],
          },
        });
        await keep(tx, 'waived', waiverId, asked, entry);
        return ok(undefined);
      });
      if (waived.ok) told();
      return waived;
    },
  };
}

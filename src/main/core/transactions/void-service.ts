import type { Refusal } from '../../../contract/errors.ts';
import type { EntryBody } from '../../../contract/journal-entry.ts';
import { reversedLedgerLines } from '../../../domain/ledger-lines.ts';
import type { ApprovalAsked } from '../../../domain/approval.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';
import { contentHashOf } from '../approvals/approval-codes.ts';
import type { ApprovalGrant } from '../approvals/approval-grant.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import { type Appended, bodyOf } from '../journal/entry-text.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { findDelivery } from '../sync/delivery-store.ts';
import { reopenArrivals } from './arrival-store.ts';
import { receiptNumberAt } from './receipt-numbers.ts';
import { findSale, type Sale } from './sale-store.ts';
import { putVoided } from './void-store.ts';
import { voidability } from './void-view.ts';

type VoidCode =
  | 'TRANSACTION_UNKNOWN'
  | 'VOID_ALREADY_SENT'
  | 'VOID_OTHER_SESSION'
  | 'VOID_NOT_CASH'
  | 'ALREADY_VOIDED'
  | 'CASH_SESSION_CLOSED'
  | 'CASH_SESSION_OF_OTHER';

/** A sale that was just taken back, with what its slip says. */
export type VoidedSale = {
  readonly sale: Sale;
  readonly entry: Appended;
  readonly body: EntryBody<'transaction.voided'>;
  readonly returned: Rupiah;
};

/** A void as its second person sees it: this entry, this sum. */
const voidAct = (sale: Pick<Sale, 'transactionId' | 'payable' | 'entryHash'>): ApprovalAsked => ({
  action: 'void',
  subject: sale.transactionId,
  amount: sale.payable,
  contentHash: contentHashOf({ entryHash: sale.entryHash }),
});

export type VoidService = {
  /** What an approval of this void is bound to. */
  readonly asked: (transactionId: string) => Promise<Result<ApprovalAsked, Refusal<'TRANSACTION_UNKNOWN'>>>;
  /** "A void MUST be one commit that requires `queued`, the same cash session and two people" (OPOP-Sync/1 13.4). */
  readonly voidSale: (
    signIn: SignIn,
    asked: { readonly transactionId: string; readonly reason: string },
    approval: ApprovalGrant,
  ) => Promise<Result<VoidedSale, Refusal<VoidCode | 'APPROVAL_OTHER' | 'APPROVAL_USED'> | StorageRefusal>>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly device: EnrolledDevice;
  readonly events: EventsPort;
};

function refusalOf(may: ReturnType<typeof voidability>): Refusal<VoidCode> | null {
  switch (may) {
    case 'yes':
      return null;
    case 'sent':
      return { code: 'VOID_ALREADY_SENT' };
    case 'other-session':
      return { code: 'VOID_OTHER_SESSION' };
    case 'not-cash':
      return { code: 'VOID_NOT_CASH' };
    case 'voided':
      return { code: 'ALREADY_VOIDED' };
    case 'no-session':
      return { code: 'CASH_SESSION_CLOSED' };
    default:
      return assertNever(may);
  }
}

export function createVoidService({ db, journal, cipher, device, events }: Deps): VoidService {
  return {
    asked: async (transactionId) => {
      const sale = await db.read((tx) => findSale(tx, cipher, transactionId));
      return sale === undefined ? err({ code: 'TRANSACTION_UNKNOWN' }) : ok(voidAct(sale));
    },
    voidSale: async (signIn, { transactionId, reason }, approval) => {
      const voided = await journal.record(async (tx, append) => {
        const sale = await findSale(tx, cipher, transactionId);
        if (sale === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        const session = await findOpenSession(tx);
        if (session !== undefined && session.officerId !== signIn.officerId) {
          return err({ code: 'CASH_SESSION_OF_OTHER' as const, details: { officer: session.officerName } });
        }
        // In the same commit as the void: no byte of the sale can begin to leave in between.
        const delivery = (await findDelivery(tx, sale.seq))?.state ?? 'queued';
        const refusal = refusalOf(voidability(sale, delivery, session));
        if (refusal !== null) return err(refusal);
        const act = { ...voidAct(sale), stream: transactionId, officerId: signIn.officerId };
        const used = await approval.use(tx, append, { ...act, cashSessionId: sale.cashSessionId });
        if (!used.ok) return used;
        const { approvedBy } = used.value;
        const paid = await journal.find(tx, sale.seq);
        if (paid === undefined) throw new Error('a sale without its entry');
        const { ledgerLines, payable } = bodyOf('transaction.paid', paid);
        const entry = append({
          type: 'transaction.voided',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: sale.cashSessionId,
          body: (position) => ({
            transactionId,
            voidNumber: receiptNumberAt(device, position),
            receiptNumber: sale.receiptNumber,
            paidHash: sale.entryHash,
            returned: payable,
            reason,
            approvedBy,
            ledgerLines: [...reversedLedgerLines(ledgerLines)],
          }),
        });
        const body = bodyOf('transaction.voided', entry);
        await putVoided(tx, transactionId, { seq: entry.seq, at: entry.wallMs, number: body.voidNumber });
        await reopenArrivals(tx, transactionId);
        return ok({ sale, entry, body, returned: payable });
      });
      if (voided.ok) for (const topic of ['transactions', 'outbox', 'cash-session'] as const) events.publish(topic);
      return voided;
    },
  };
}

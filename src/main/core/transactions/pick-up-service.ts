import type { z } from 'zod';
import type { Refusal } from '../../../contract/errors.ts';
import { salePersonalSchema } from '../../../contract/journal-entry.ts';
import type { pickUpRowSchema } from '../../../contract/views-counter.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { findNewestDecision } from '../exceptions/decision-store.ts';
import { bodyOf } from '../journal/entry-text.ts';
import type { Journal } from '../journal/journal.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { ClockPort, EventsPort } from '../ports.ts';
import { findSale, readSales, setHandedOver } from './sale-store.ts';

type PickUpRow = z.infer<typeof pickUpRowSchema>;

const LONGEST_LIST = 300;

export type PickUpService = {
  /** *Siap diambil atau dikirim*: booked sales with who paid and how to reach him; the look is an entry. */
  readonly list: (signIn: SignIn) => Promise<Result<PickUpRow[], StorageRefusal>>;
  readonly handOver: (
    signIn: SignIn,
    transactionId: string,
    by: 'paper' | 'link',
  ) => Promise<Result<Record<string, never>, Refusal<'TRANSACTION_UNKNOWN' | 'NOT_FOUND'> | StorageRefusal>>;
};

export function createPickUpService(deps: {
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly subjectKeys: SubjectKeys;
  readonly clock: ClockPort;
  readonly events: EventsPort;
}): PickUpService {
  const { journal, cipher, subjectKeys, clock, events } = deps;
  return {
    list: (signIn) =>
      journal.record(async (tx, append) => {
        const rows: PickUpRow[] = [];
        for (const sale of await readSales(tx, cipher, { central: ['booked', 'over'] }, LONGEST_LIST)) {
          const decision = await findNewestDecision(tx, sale.transactionId);
          const finalReceipt = decision?.finalReceipt ?? null;
          const entry = await journal.find(tx, sale.seq);
          if (finalReceipt === null || entry === undefined) continue;
          const opened = await subjectKeys.openPersonal(tx, bodyOf('transaction.paid', entry).sealed);
          const personal = opened === undefined ? undefined : salePersonalSchema.parse(opened);
          rows.push({
            transactionId: sale.transactionId,
            receiptNumber: sale.receiptNumber,
            nrkb: sale.vehicle.nrkb,
            payerName: personal?.payerName ?? null,
            payerPhone: personal?.payerPhone ?? null,
            finalNumber: finalReceipt.number,
            issuedOn: finalReceipt.issuedOn,
            link: finalReceipt.link,
            handedOver: sale.handedOverAt !== null,
          });
        }
        if (rows.length > 0) {
          append({
            type: 'personal-data.viewed',
            stream: signIn.stream,
            officerId: signIn.officerId,
            cashSessionId: null,
            body: { what: 'pick-up-list', count: rows.length },
          });
        }
        return ok(rows);
      }),

    handOver: async (signIn, transactionId, by) => {
      const done = await journal.record(async (tx, append) => {
        const sale = await findSale(tx, cipher, transactionId);
        if (sale === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        if (sale.finalNumber === null) return err({ code: 'NOT_FOUND' as const });
        if (sale.handedOverAt !== null) return ok({});
        append({
          type: 'final-receipt.handed-over',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { transactionId, by },
        });
        await setHandedOver(tx, transactionId, clock.wallMs());
        return ok({});
      });
      if (done.ok) events.publish('transactions');
      return done;
    },
  };
}

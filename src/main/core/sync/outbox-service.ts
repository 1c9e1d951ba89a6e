import type { Refusal } from '../../../contract/errors.ts';
import type { z } from 'zod';
import type { outboxRowSchema, outboxViewSchema } from '../../../contract/views-counter.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Journal } from '../journal/journal.ts';
import { findSalesAt } from '../transactions/sale-store.ts';
import { findNewestCustodyReceipt } from './custody-store.ts';
import { type Delivery, outboxFigures, readDeliveries, readSyncState } from './delivery-store.ts';
import type { SyncLoop } from './sync-loop.ts';

type OutboxView = z.infer<typeof outboxViewSchema>;
type OutboxRow = z.infer<typeof outboxRowSchema>;

/** What a person asked to be sent, and what became of every item. */
export type SentNow = {
  readonly pushed: number;
  readonly pulled: number;
  readonly unsent: number;
  readonly quarantined: number;
  readonly items: { readonly seq: number; readonly verdict: string }[];
};

export type OutboxService = {
  readonly view: (show: 'unsent' | 'all', limit: number) => Promise<OutboxView>;
  readonly figures: () => Promise<{
    readonly unsent: number;
    readonly quarantined: number;
    readonly ackSeq: number;
    readonly lastContactAt: number | null;
  }>;
  readonly sendNow: () => Promise<
    Result<SentNow, Refusal<'NO_LINE' | 'PROVINCE_REFUSED' | 'PROVINCE_ANSWER_INVALID'> | StorageRefusal>
  >;
};

export function createOutboxService(deps: {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly loop: SyncLoop;
}): OutboxService {
  const { db, journal, cipher, loop } = deps;

  return {
    view: (show, limit) =>
      db.read(async (tx) => {
        const figures = await outboxFigures(tx);
        const deliveries = await readDeliveries(tx, show, limit);
        const sales = await findSalesAt(
          tx,
          cipher,
          deliveries.map((one) => one.seq),
        );
        const line = loop.state();
        const rowOf = async (delivery: Delivery): Promise<OutboxRow> => {
          const sale = sales.get(delivery.seq);
          const entry = sale === undefined ? await journal.find(tx, delivery.seq) : undefined;
          return {
            seq: delivery.seq,
            type: sale === undefined ? (entry?.type ?? '') : 'transaction.paid',
            lane: delivery.lane,
            nrkb: sale?.vehicle.nrkb ?? null,
            receiptNumber: sale?.receiptNumber ?? null,
            amount: sale?.payable ?? null,
            recordedAt: delivery.recordedAt,
            state: delivery.state,
            tries: delivery.tries,
            lastReason: delivery.lastReason ?? delivery.verdict,
            nextTryAt: delivery.state === 'acknowledged' ? null : line.nextTryAt,
          };
        };
        const rows: OutboxRow[] = [];
        for (const delivery of deliveries) rows.push(await rowOf(delivery));
        const sync = await readSyncState(tx);
        return {
          unsent: figures.unsent,
          unsentMoney: figures.unsentMoney,
          quarantined: figures.quarantined,
          rows,
          doing: line.doing,
          nextTryAt: line.nextTryAt,
          lastContactAt: sync.lastContactAt,
          lastCustodyAt: sync.lastCustodyAt,
          ackSeq: (await findNewestCustodyReceipt(tx))?.ackSeq ?? 0,
        };
      }),

    figures: () =>
      db.read(async (tx) => {
        const { unsent, quarantined } = await outboxFigures(tx);
        return {
          unsent,
          quarantined,
          ackSeq: (await findNewestCustodyReceipt(tx))?.ackSeq ?? 0,
          lastContactAt: (await readSyncState(tx)).lastContactAt,
        };
      }),

    sendNow: async () => {
      const round = await loop.runNow();
      if (!round.ok) {
        const { error } = round;
        if (!('fault' in error)) return err(error);
        const details = { reason: error.detail };
        if (error.fault === 'no-line' || error.fault === 'busy') return err({ code: 'NO_LINE', details });
        return err({ code: error.fault === 'refused' ? 'PROVINCE_REFUSED' : 'PROVINCE_ANSWER_INVALID', details });
      }
      const figures = await db.read((tx) => outboxFigures(tx));
      return ok({
        pushed: round.value.items.length,
        pulled: [...round.value.pulled.values()].reduce((sum, count) => sum + count, 0),
        unsent: figures.unsent,
        quarantined: figures.quarantined,
        items: [...round.value.items],
      });
    },
  };
}

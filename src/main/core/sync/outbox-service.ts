import type { Refusal } from '../../../contract/errors.ts';
import type { z } from 'zod';
import type { outboxRowSchema, outboxViewSchema } from '../../../contract/views-counter.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Journal } from '../journal/journal.ts';
import { findSalesAt } from '../transactions/sale-store.ts';
import { findNewestCustodyReceipt } from './custody-store.ts';
import {
  type Delivery,
  outboxFigures,
  readDeliveries,
  readQuarantined,
  readSyncState,
  type Shown,
} from './delivery-store.ts';
import type { LineFault } from './link.ts';
import { findEndedAside } from './second-word-store.ts';
import { stuckOf } from './stuck.ts';
import type { SyncLoop } from './sync-loop.ts';

/** So many of those that need a person stand in every view; the head tells how many there are. */
const MOST_ASIDE = 2000;

type OutboxView = z.infer<typeof outboxViewSchema>;
type OutboxRow = z.infer<typeof outboxRowSchema>;

/** What a person asked to be sent, and what became of every item so far. */
export type SentNow = {
  readonly pushed: number;
  readonly pulled: number;
  readonly unsent: number;
  readonly quarantined: number;
  readonly items: { readonly seq: number; readonly verdict: string }[];
  /** True when the time to answer came before the end; the rest goes on, and the view follows. */
  readonly stillRunning: boolean;
  /** Why it ended early, after some items had arrived. */
  readonly stoppedBy: string | null;
};

type Unsendable = Refusal<'NO_LINE' | 'PROVINCE_REFUSED' | 'PROVINCE_ANSWER_INVALID'> | StorageRefusal;

export type OutboxService = {
  readonly view: (shown: Shown) => Promise<OutboxView>;
  readonly figures: () => Promise<{
    readonly unsent: number;
    readonly quarantined: number;
    readonly ackSeq: number;
    readonly lastContactAt: number | null;
  }>;
  readonly sendNow: () => Promise<Result<SentNow, Unsendable>>;
};

/** The fault of a round in the words of the contract. */
function refusalOf(error: LineFault | StorageRefusal): Unsendable {
  if (!('fault' in error)) return error;
  const details = { reason: error.detail };
  if (error.fault === 'no-line' || error.fault === 'busy') return { code: 'NO_LINE', details };
  return { code: error.fault === 'refused' ? 'PROVINCE_REFUSED' : 'PROVINCE_ANSWER_INVALID', details };
}

export function createOutboxService(deps: {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly loop: SyncLoop;
  readonly now: () => number;
  /** Resolves when a person has waited long enough; never for a single command, which has nobody to go on for. */
  readonly patience: (signal: AbortSignal) => Promise<void>;
  /** Pages of papers go after the money, in a lane of their own. */
  readonly sendPages: () => Promise<void>;
}): OutboxService {
  const { db, journal, cipher, loop } = deps;

  /** The round's end, or null when a person has waited long enough. */
  const inTime = async (): Promise<Awaited<ReturnType<SyncLoop['runNow']>> | null> => {
    const answered = new AbortController();
    const first = await Promise.race([loop.runNow(), deps.patience(answered.signal).then(() => null)]);
    answered.abort();
    return first;
  };

  return {
    view: (shown) =>
      db.read(async (tx) => {
        const figures = await outboxFigures(tx);
        const { rows: asked, total } = await readDeliveries(tx, shown);
        const listed = new Set(asked.map((one) => one.seq));
        const aside = await readQuarantined(tx, MOST_ASIDE);
        const deliveries = [...aside.filter((one) => !listed.has(one.seq)), ...asked];
        const sales = await findSalesAt(
          tx,
          cipher,
          deliveries.map((one) => one.seq),
        );
        const asides = await findEndedAside(tx, deliveries);
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
            aside: asides.get(delivery.seq) ?? null,
            nextTryAt: delivery.state === 'acknowledged' || delivery.state === 'quarantined' ? null : line.nextTryAt,
            stuck: stuckOf(delivery, line, deps.now()),
          };
        };
        const rows: OutboxRow[] = [];
        for (const delivery of deliveries) rows.push(await rowOf(delivery));
        const sync = await readSyncState(tx);
        return {
          unsent: figures.unsent,
          unsentMoney: figures.unsentMoney,
          unsentPages: figures.unsentPages,
          quarantined: figures.quarantined,
          rows,
          left: total - asked.length,
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
      const round = await inTime();
      if (round === null || round.ok) await deps.sendPages();
      const items = [...(round?.ok === true ? round.value.items : loop.soFar())];
      // A fault after some items had arrived does not make them unsaid.
      if (round?.ok === false && items.length === 0) return err(refusalOf(round.error));
      const figures = await db.read((tx) => outboxFigures(tx));
      const pulled = round?.ok === true ? [...round.value.pulled.values()] : [];
      return ok({
        pushed: items.length,
        pulled: pulled.reduce((sum, count) => sum + count, 0),
        unsent: figures.unsent,
        quarantined: figures.quarantined,
        items,
        stillRunning: round === null,
        stoppedBy: round?.ok === false ? refusalOf(round.error).code : null,
      });
    },
  };
}

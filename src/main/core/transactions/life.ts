import type { z } from 'zod';
import type { DecisionItem } from '../../../contract/feeds.ts';
import type { EndedAside } from '../../../contract/views-custody.ts';
import type { lifeStepSchema } from '../../../contract/views-transaction.ts';
import { assertNever } from '../../../domain/result.ts';
import type { PrintJob } from '../printing/print-store.ts';
import type { Delivery } from '../sync/delivery-store.ts';
import type { Sale } from './sale-store.ts';

type LifeStep = z.infer<typeof lifeStepSchema>;

const PRINT_STEPS: Readonly<Record<PrintJob['state'], LifeStep['kind']>> = {
  requested: 'print-requested',
  printed: 'printed',
  failed: 'print-failed',
  unknown: 'print-unknown',
  'came-out': 'print-answered',
  'did-not-come-out': 'print-answered',
};

const ENDED_STEPS = { accepted: 'released', settled: 'settled-aside', refused: 'refused-aside' } as const;

function deliverySteps(sale: Sale, delivery: Delivery | undefined, aside: EndedAside | undefined): readonly LifeStep[] {
  if (delivery === undefined) return [];
  if (aside !== undefined) {
    return [
      { at: aside.from, kind: 'quarantined', seq: sale.seq, text: aside.verdict },
      { at: aside.until, kind: ENDED_STEPS[aside.ended], seq: sale.seq, text: aside.note ?? '' },
    ];
  }
  const at = delivery.settledAt ?? sale.paidAt;
  const text = delivery.verdict ?? delivery.lastReason ?? '';
  switch (delivery.state) {
    case 'sending':
      return [{ at: sale.paidAt, kind: 'sending', seq: sale.seq, text }];
    case 'acknowledged':
      return [{ at, kind: 'acknowledged', seq: sale.seq, text }];
    case 'quarantined':
      return [{ at, kind: 'quarantined', seq: sale.seq, text }];
    case 'queued':
    case 'exported':
      return [];
    default:
      return assertNever(delivery.state);
  }
}

/** A transaction's life, oldest step first; `text` holds codes and numbers, the screen has the words. */
export function lifeOf(known: {
  readonly sale: Sale;
  readonly jobs: readonly PrintJob[];
  readonly delivery: Delivery | undefined;
  /** How being set aside ended, where it did. */
  readonly aside: EndedAside | undefined;
  readonly decisions: readonly DecisionItem[];
}): LifeStep[] {
  const { sale, jobs, delivery, aside, decisions } = known;
  const steps: LifeStep[] = [
    { at: sale.paidAt, kind: 'paid', seq: sale.seq, text: sale.receiptNumber },
    ...jobs.map(
      (job): LifeStep => ({
        at: job.requestedAt,
        kind: job.kind === 'copy' && job.state === 'printed' ? 'copy' : PRINT_STEPS[job.state],
        seq: null,
        text: job.copyNo === 0 ? job.state : `SALINAN ${String(job.copyNo)}`,
      }),
    ),
    ...deliverySteps(sale, delivery, aside),
    ...decisions.map(
      (decision): LifeStep => ({
        at: decision.decidedAt,
        kind: decision.finalReceipt === null ? 'decision' : 'final-receipt',
        seq: null,
        text: decision.finalReceipt?.number ?? decision.central,
      }),
    ),
    ...(sale.voided === null
      ? []
      : [{ at: sale.voided.at, kind: 'voided' as const, seq: sale.voided.seq, text: sale.voided.number }]),
    ...(sale.handedOverAt === null
      ? []
      : [{ at: sale.handedOverAt, kind: 'handed-over' as const, seq: null, text: '' }]),
  ];
  return steps.sort((left, right) => left.at - right.at);
}

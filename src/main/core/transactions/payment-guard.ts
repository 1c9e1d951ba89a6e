import type { Bill } from '../../../contract/sync-protocol.ts';
import type { GuardFact } from '../../../contract/views-vehicle.ts';
import type { GatheredDraft } from './selling-facts.ts';

const UNPAID = { isPaid: false, at: null, on: null, by: null, central: null } as const;

/** What the province has just answered; nothing without an answer. */
function ofProvince(bill: Bill | null): readonly GuardFact[] {
  if (bill === null) return [];
  const fact = { ...UNPAID, source: 'province' as const, at: bill.issuedAt };
  if (bill.state !== 'already-paid') return [fact];
  const [first] = bill.paidElsewhere;
  return [{ ...fact, isPaid: true, on: first?.paidOn ?? null, by: first?.channel ?? null }];
}

/** What this counter itself took for the vehicle, with the newest word of the tax office about it. */
function ofThisCounter({ soldHere }: GatheredDraft): readonly GuardFact[] {
  if (soldHere === undefined) return [];
  const { paidOn: on, receiptNumber: by, central, decidedAt: at } = soldHere;
  const here = { ...UNPAID, source: 'here' as const, isPaid: true, on, by };
  return central === 'not-booked'
    ? [here]
    : [here, { ...UNPAID, source: 'decision', isPaid: true, at, on, by, central }];
}

/** What the registry says, which is as old as its day. */
function ofRegistry({ vehicle }: GatheredDraft): GuardFact {
  const dueOn = vehicle.record.facts['dueOn'];
  const { paidThrough } = vehicle.record;
  const isPaid = typeof dueOn === 'string' && paidThrough !== null && paidThrough >= dueOn;
  return { ...UNPAID, source: 'registry', isPaid, on: vehicle.dataOn };
}

/** Everything that is known about a payment for this vehicle and period, each with since when; the screen promises nothing. */
export function guardFacts(gathered: GatheredDraft, bill: Bill | null): readonly GuardFact[] {
  return [...ofProvince(bill), ...ofThisCounter(gathered), ofRegistry(gathered)];
}

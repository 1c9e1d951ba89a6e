import type { ChargeLineView } from '../../../contract/views-vehicle.ts';
import { assess } from '../../../domain/assessment.ts';
import { parseCase } from '../../../domain/assessment-case.ts';
import type { ChargeLine } from '../../../domain/charge.ts';
import type { ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { findVehicle } from '../registry/registry-store.ts';
import { readRulesInForce } from '../rules/rules-in-force.ts';
import { readFreshness } from '../rules/rules-store.ts';
import { chargeLineViews } from './charge-views.ts';
import { findDraft } from './draft-store.ts';
import type { WholeSale } from './history-service.ts';

/** The lines of a sale reckoned once more, as of its day and its oldest period; none where the vehicle or the rules left. */
async function reckonedAgain(
  tx: ReadTx,
  cipher: ColumnCipher,
  { body }: WholeSale,
  nowMs: number,
): Promise<readonly ChargeLine[]> {
  const draft = await findDraft(tx, cipher, body.transactionId);
  const vehicle = draft === undefined ? undefined : await findVehicle(tx, cipher, draft.content.vehicleId);
  const rules = await readRulesInForce(tx, body.paidOn, nowMs, (await readFreshness(tx)).rules);
  if (vehicle === undefined || !rules.ok) return [];
  const { packs } = rules.value;
  // The registry has moved on to the next period since.
  const facts = { ...vehicle.record.facts, dueOn: body.periods[0], blocked: null };
  const claim = { groups: [...body.groups], ...(body.arrivedOn === null ? {} : { arrivedOn: body.arrivedOn }) };
  const parsed = parseCase({ id: body.transactionId, vehicle: facts, paidOn: body.paidOn, claim }, packs);
  if (!parsed.ok) return [];
  const assessed = assess(parsed.value.vehicle, parsed.value.claim, packs, body.paidOn);
  return assessed.ok ? assessed.value.lines : [];
}

/**
 * The lines of a sale with the arithmetic behind each: reckoned once more from the rules of its day, and shown only where
 * it comes to the very amount that was taken.
 */
export async function explainSale(
  tx: ReadTx,
  cipher: ColumnCipher,
  whole: WholeSale,
  nowMs: number,
): Promise<ChargeLineView[]> {
  return chargeLineViews(whole.body.lines, await reckonedAgain(tx, cipher, whole, nowMs));
}

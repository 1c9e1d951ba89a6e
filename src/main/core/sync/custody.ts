import type { SignedText } from '../../../contract/primitives.ts';
import {
  type CustodyReceipt,
  custodyReceiptSchema,
  SIGNATURE_CONTEXT,
  type Verdict,
} from '../../../contract/sync-protocol.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import type { WriteTx } from '../db/open.ts';
import { sha256 } from '../journal/hash-chain.ts';
import { verify } from '../journal/signing.ts';
import { findSigningKey, type ProvinceKey } from '../rules/rules-store.ts';
import { insertCustodyReceipt } from './custody-store.ts';
import { noteReason } from './delivery-store.ts';
import { parseJson } from './parse-json.ts';
import { applySecondWords } from './second-word-store.ts';
import { settleDeliveries } from './settled-store.ts';

/** Why a custody receipt counts for nothing. */
export type CustodyProblem = 'CUSTODY_KEY' | 'CUSTODY_SIGNATURE' | 'CUSTODY_SHAPE' | 'CUSTODY_INCOMPLETE';

/** One item as it was sent: its place, the hash that names it, and whether it went as the bytes of a rotten row. */
export type SentItem = { readonly seq: number; readonly hash: string; readonly isDamaged: boolean };

/** What became of one item. */
export type SettledItem = { readonly seq: number; readonly verdict: string };

/** The same with its row: `isNew` is false where the row had its verdict already. */
type SettledRow = SettledItem & { readonly state: 'acknowledged' | 'quarantined'; readonly isNew: boolean };

/**
 * "Nothing leaves the outbox without a custody receipt that verifies, speaks of this device" (OPOP-Sync/1 6.1): signed by
 * a key that the root vouched for, that held when it signed, and that was not revoked.
 */
export function readCustodyReceipt(
  signed: SignedText,
  keys: readonly ProvinceKey[],
  deviceId: string,
): Result<CustodyReceipt, CustodyProblem> {
  const parsed = custodyReceiptSchema.safeParse(parseJson(signed.text));
  const signedAt = parsed.success ? parsed.data.serverTime : null;
  const key = findSigningKey(keys, signed.keyId, signedAt);
  if (key === undefined) return err('CUSTODY_KEY');
  if (!verify(SIGNATURE_CONTEXT.custodyReceipt, signed.text, signed.sig, key.publicKey))
    return err('CUSTODY_SIGNATURE');
  if (!parsed.success || parsed.data.deviceId !== deviceId) return err('CUSTODY_SHAPE');
  return ok(parsed.data);
}

const DAMAGED: Verdict = { verdict: 'QUARANTINED', reason: 'DAMAGED' };

/** The receipt's verdicts on exactly these items; a verdict on anything else is somebody else's. */
export function verdictsOn(
  receipt: CustodyReceipt,
  items: readonly SentItem[],
): readonly { readonly seq: number; readonly verdict: Verdict }[] {
  const said = new Map(receipt.verdicts.map((one) => [`${one.seq}/${one.hash}`, one.verdict]));
  return items.flatMap(({ seq, hash, isDamaged }) => {
    const verdict = said.get(`${seq}/${hash}`);
    if (verdict === undefined) return [];
    // Bytes that came before are kept for the one reason that there is; the word that says it may have been lost.
    return [{ seq, verdict: isDamaged && verdict.verdict === 'DUPLICATE' ? DAMAGED : verdict }];
  });
}

/** The word that is kept and shown for a verdict. */
function verdictText(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'ACCEPTED':
    case 'CONFLICT':
    case 'FORK':
    case 'PENDING':
      return verdict.verdict;
    case 'DUPLICATE':
      return `DUPLICATE:${verdict.original}`;
    case 'QUARANTINED':
      return `QUARANTINED:${verdict.reason}`;
    default:
      return assertNever(verdict);
  }
}

/** Accepted money is acknowledged, anything a person must see is quarantined; "PENDING settles nothing" (OPOP-Sync/1 5.7). */
function settledState(verdict: Verdict): 'acknowledged' | 'quarantined' | null {
  const word = verdict.verdict === 'DUPLICATE' ? verdict.original : verdict.verdict;
  if (word === 'PENDING') return null;
  return word === 'ACCEPTED' ? 'acknowledged' : 'quarantined';
}

type Judged = { readonly seq: number; readonly verdict: Verdict };

/** Items by the word that is kept for them: a whole push has mostly one. */
function byWord(verdicts: readonly Judged[]): ReadonlyMap<string, readonly Judged[]> {
  const groups = new Map<string, Judged[]>();
  for (const one of verdicts) {
    const word = verdictText(one.verdict);
    const group = groups.get(word);
    if (group === undefined) groups.set(word, [one]);
    else group.push(one);
  }
  return groups;
}

/** Keeps a verified receipt and moves every item that it names; the caller's transaction makes it one commit. */
export async function settleItems(
  tx: WriteTx,
  taken: { readonly receipt: CustodyReceipt; readonly signed: SignedText; readonly receivedAt: number },
  verdicts: readonly Judged[],
): Promise<readonly SettledRow[]> {
  const { receipt, signed, receivedAt } = taken;
  await insertCustodyReceipt(tx, { receipt, signed, hash: sha256(signed.text), receivedAt });
  const settled: SettledRow[] = [];
  for (const [word, [first, ...others]] of byWord(verdicts)) {
    if (first === undefined) continue;
    const state = settledState(first.verdict);
    const seqs = [first, ...others].map(({ seq }) => seq);
    if (state === null) {
      await noteReason(tx, seqs, word);
      continue;
    }
    const changed = await settleDeliveries(tx, { seqs, state, verdict: word, atMs: receivedAt });
    settled.push(...seqs.map((seq) => ({ seq, verdict: word, state, isNew: changed.has(seq) })));
  }
  // A page may have come before the receipt: on a stick they come in any order.
  if (settled.some(({ state }) => state === 'quarantined')) await applySecondWords(tx);
  return settled.toSorted((left, right) => left.seq - right.seq);
}

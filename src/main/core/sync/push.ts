import {
  type CustodyReceipt,
  custodyReceiptSchema,
  PUSH_MAX_BYTES,
  PUSH_MAX_ENTRIES,
  pushAnswerSchema,
  type PushRequest,
  SIGNATURE_CONTEXT,
  type Verdict,
} from '../../../contract/sync-protocol.ts';
import type { SignedText } from '../../../contract/primitives.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { Journal, StoredEntry } from '../journal/journal.ts';
import { sha256 } from '../journal/hash-chain.ts';
import { verify } from '../journal/signing.ts';
import { sealKeyFor, type SubjectKeys } from '../journal/subject-keys.ts';
import type { ClockPort } from '../ports.ts';
import { readProvinceKeys, type ProvinceKey } from '../rules/rules-store.ts';
import { insertCustodyReceipt } from './custody-store.ts';
import { markSending, noteReason, putSyncState, readUnsent, settleDelivery } from './delivery-store.ts';
import type { LineFault, Link } from './link.ts';

/** What one push brought, per item. */
export type Pushed = { readonly items: readonly { readonly seq: number; readonly verdict: string }[] };

export type PushDeps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly subjectKeys: SubjectKeys;
  readonly link: Link;
  /** The best estimate: keys have an end, and limits count from the last contact. */
  readonly clock: ClockPort;
  readonly deviceId: string;
};

const PUSH_TIMEOUT_MS = 60_000;

type Batch = { readonly entries: readonly StoredEntry[]; readonly request: PushRequest };

/** The key under which body keys travel: the newest valid sealing key of the province. */
function sealingKey(keys: readonly ProvinceKey[], nowMs: number): ProvinceKey | undefined {
  return keys
    .filter((key) => key.purpose === 'sealing' && !key.revoked && key.from <= nowMs && nowMs <= key.to)
    .sort((left, right) => right.from - left.from)[0];
}

/** The oldest unsent entries that fit one push, with the body keys that belong to them. */
async function nextBatch(deps: PushDeps): Promise<Batch | undefined> {
  const { db, journal, subjectKeys } = deps;
  const gathered = await db.read(async (tx) => {
    const waiting = await readUnsent(tx, PUSH_MAX_ENTRIES);
    const [first] = waiting;
    if (first === undefined) return undefined;
    const wanted = new Set(waiting.map((one) => one.seq));
    const read = await journal.readAfter(tx, first.seq - 1, (waiting.at(-1)?.seq ?? first.seq) - first.seq + 1);
    const entries: StoredEntry[] = [];
    let bytes = 0;
    for (const entry of read) {
      if (!wanted.has(entry.seq)) continue;
      bytes += Buffer.byteLength(entry.text) + 200;
      if (entries.length > 0 && bytes > PUSH_MAX_BYTES) break;
      entries.push(entry);
    }
    const keys: { subject: string; bodyKey: Uint8Array }[] = [];
    for (const stream of new Set(entries.map((entry) => entry.stream))) {
      const bodyKey = await subjectKeys.findSubjectKey(tx, stream);
      if (bodyKey !== undefined) keys.push({ subject: stream, bodyKey });
    }
    return { entries, keys, provinceKey: sealingKey(await readProvinceKeys(tx), deps.clock.wallMs()) };
  });
  if (gathered === undefined) return undefined;
  const { entries, keys, provinceKey } = gathered;
  const sealed =
    provinceKey === undefined
      ? []
      : await Promise.all(
          keys.map(async ({ subject, bodyKey }) => ({ subject, jwe: await sealKeyFor(provinceKey, bodyKey) })),
        );
  return {
    entries,
    request: { entries: entries.map(({ text, hash, sig }) => ({ text, hash, sig })), subjectKeys: sealed, damaged: [] },
  };
}

/** Verifies the custody receipt: signed by a key the root vouched for, about this device and about what was sent. */
function readCustodyReceipt(
  signed: SignedText,
  keys: readonly ProvinceKey[],
  deviceId: string,
  entries: readonly StoredEntry[],
): Result<CustodyReceipt, LineFault> {
  const key = keys.find((one) => one.keyId === signed.keyId && one.purpose === 'signing' && !one.revoked);
  if (key === undefined || !verify(SIGNATURE_CONTEXT.custodyReceipt, signed.text, signed.sig, key.publicKey)) {
    return err({ fault: 'invalid', detail: 'CUSTODY_SIGNATURE' });
  }
  const parsed = custodyReceiptSchema.safeParse(JSON.parse(signed.text));
  if (!parsed.success || parsed.data.deviceId !== deviceId) return err({ fault: 'invalid', detail: 'CUSTODY_SHAPE' });
  const verdicts = new Map(parsed.data.verdicts.map((one) => [one.hash, one]));
  const isComplete = entries.every((entry) => verdicts.get(entry.hash)?.seq === entry.seq);
  return isComplete ? ok(parsed.data) : err({ fault: 'invalid', detail: 'CUSTODY_INCOMPLETE' });
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

/** A verdict settles the item either way: accepted money is acknowledged, anything a person must see is quarantined. */
function settledState(verdict: Verdict): 'acknowledged' | 'quarantined' {
  const word = verdict.verdict === 'DUPLICATE' ? verdict.original : verdict.verdict;
  return word === 'ACCEPTED' ? 'acknowledged' : 'quarantined';
}

/**
 * Pushes one batch: `sending` is committed before the first byte leaves, the verdicts and the custody receipt in one
 * commit afterwards. A fault changes nothing but the reason on the rows. Ok with no items when nothing waits.
 */
export async function pushOnce(
  deps: PushDeps,
  signal: AbortSignal,
): Promise<Result<Pushed, LineFault | StorageRefusal>> {
  const { db, link, clock, deviceId } = deps;
  const batch = await nextBatch(deps);
  if (batch === undefined) return ok({ items: [] });
  const seqs = batch.entries.map((entry) => entry.seq);
  const marked = await db.write(async (tx) => {
    await markSending(tx, seqs);
    return ok(undefined);
  });
  if (!marked.ok) return marked;
  const answer = await link.call({
    method: 'POST',
    path: '/v1/push',
    body: batch.request,
    schema: pushAnswerSchema,
    timeoutMs: PUSH_TIMEOUT_MS,
    signal,
  });
  const failed = async (fault: LineFault): Promise<Result<never, LineFault | StorageRefusal>> => {
    const noted = await db.write(async (tx) => {
      await noteReason(tx, seqs, fault.detail);
      return ok(undefined);
    });
    return noted.ok ? err(fault) : noted;
  };
  if (!answer.ok) return await failed(answer.error);
  if (answer.value.answer === 'GAP') return await failed({ fault: 'refused', detail: 'GAP' });
  const signed = answer.value.custodyReceipt;
  const keys = await db.read((tx) => readProvinceKeys(tx));
  const receipt = readCustodyReceipt(signed, keys, deviceId, batch.entries);
  if (!receipt.ok) return await failed(receipt.error);
  const atMs = clock.wallMs();
  const stored = await db.write(async (tx) => {
    await insertCustodyReceipt(tx, { receipt: receipt.value, signed, hash: sha256(signed.text), receivedAt: atMs });
    for (const { seq, verdict } of receipt.value.verdicts) {
      await settleDelivery(tx, { seq, state: settledState(verdict), verdict: verdictText(verdict), atMs });
    }
    await putSyncState(tx, { lastCustodyAt: atMs, lastContactAt: atMs });
    return ok(undefined);
  });
  if (!stored.ok) return stored;
  return ok({ items: receipt.value.verdicts.map(({ seq, verdict }) => ({ seq, verdict: verdictText(verdict) })) });
}

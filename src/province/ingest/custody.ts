import type { SignedText } from '../../contract/primitives.ts';
import { type PushRequest, SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Tx } from '../db/open.ts';
import { signedBy } from '../keys/key-ring.ts';
import type { ProvinceContext } from '../province-context.ts';
import { custodyReceipt, findReach, type Reach } from './custody-receipt.ts';
import { storeDamaged } from './damaged-items.ts';
import { lockChain } from './entry-store.ts';
import { keepAnnouncedVoids } from './announced-voids.ts';
import type { Said } from './judge-entry.ts';
import { type CustodyTx, isItemsFault, judgeRun } from './judge-run.ts';
import { type ProvedItem, proveItems, speaksForAnother } from './proved-item.ts';
import { isOfTraining, refuseTraining } from '../training.ts';
import { eraseSubjectKeys, keysBesideEntries, storeSubjectKeys } from './subject-keys.ts';
import type { Signer } from './verify-entry.ts';
import { settleWaiting } from './waiting-entries.ts';

/**
 * `FOREIGN_ENTRY`: whole entries in another device's name; `NOTHING_READABLE`: a new device and no bytes that tell an epoch;
 * `TRAINING_REFUSED`: one of its items is of a training.
 */
export type CustodyProblem = 'FOREIGN_ENTRY' | 'NOTHING_READABLE' | 'TRAINING_REFUSED';

/** What is in custody now, each item with its verdict, and our signature for it. */
export type Custody = { readonly custodyReceipt: SignedText; readonly said: readonly Said[] };

/** Rolls back what was written, because no receipt can be signed for it. */
class NothingReadable extends Error {
  override readonly name = 'NothingReadable';
}

const opensEpoch = ({ read }: ProvedItem): boolean => read?.ok === true && read.value.type === 'epoch.opened';
const erases = ({ read }: ProvedItem): boolean => read?.ok === true && read.value.type === 'subject-key.erased';

const NOTHING_SETTLED: ReadonlyMap<string, Said> = new Map();

async function takeItems(
  custody: CustodyTx,
  signer: Signer,
  request: PushRequest,
  items: readonly ProvedItem[],
): Promise<{ readonly said: readonly Said[]; readonly reach: Reach }> {
  const { tx, context, deviceId, road } = custody;
  await lockChain(tx, deviceId);
  const isLive = road === 'live';
  const keys = isLive ? request.subjectKeys : keysBesideEntries(request.subjectKeys, items);
  await storeSubjectKeys(tx, deviceId, keys, isLive, context.now());
  const damaged = await storeDamaged(tx, deviceId, request.damaged, isLive, context.now());
  await keepAnnouncedVoids(tx, deviceId, request.voidsFollow ?? [], items, context.now());
  const judged = await judgeRun(custody, items, 1);
  const gapsChanged = damaged.length > 0 || items.some(opensEpoch);
  const before = await findReach(tx, deviceId, [...judged, ...damaged]);
  const settled = before.isAnyWaiting ? await settleWaiting(custody, signer, judged, gapsChanged) : NOTHING_SETTLED;
  const now = judged.map((one) => (one.verdict.verdict === 'PENDING' ? (settled.get(one.hash) ?? one) : one));
  const said = [...now, ...damaged];
  const reach = settled.size === 0 ? before : await findReach(tx, deviceId, said);
  if (reach.isAnyErased && (keys.length > 0 || items.some(erases) || settled.size > 0)) {
    await eraseSubjectKeys(tx, deviceId, context.now());
  }
  return { said, reach };
}

/** A journal is of a training or it is not: one item of it tells, also as the bytes of a damaged row. */
function holdsTraining({ entries, damaged }: PushRequest): boolean {
  const rows = damaged.map(({ raw }) => Buffer.from(raw, 'base64url').toString('utf8'));
  return entries.some(({ text }) => isOfTraining(text)) || rows.some(isOfTraining);
}

/** Carefully only when we fail on an item: a savepoint costs more than the fault that seldom comes. */
async function tryTwice<T>(take: (isCareful: boolean) => Promise<T>): Promise<T> {
  try {
    return await take(false);
  } catch (error) {
    if (!isItemsFault(error)) throw error;
    return await take(true);
  }
}

/**
 * Takes a request into custody in one transaction: entries verified, raw bytes appended, money applied, verdicts given, all
 * or nothing (OPOP-Sync/1 5.2). Idempotency: constraints entry_position_once, entry_hash_once, suspended_once, damaged_once, pending_once,
 * sale_once; the same request again answers DUPLICATE. After a fault of our own on one item everything is rolled back, and
 * the request is taken anew. Throws GapFound on a live road whose predecessor is unknown.
 */
export async function takeIntoCustody(
  context: ProvinceContext,
  signer: Signer,
  request: PushRequest,
  road: 'live' | 'carried',
  prepare: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<Result<Custody, CustodyProblem>> {
  const { deviceId } = signer;
  if (holdsTraining(request)) return refuseTraining(context, road === 'live' ? 'push' : 'carried', deviceId);
  const items = proveItems(request.entries, signer);
  if (items.some((one) => speaksForAnother(one, signer))) return err('FOREIGN_ENTRY');
  const take = (isCareful: boolean): Promise<Custody> =>
    context.db.transaction().execute(async (tx) => {
      await prepare(tx);
      const custody = { tx, context, deviceId, road, isCareful };
      const { said, reach } = await takeItems(custody, signer, request, items);
      const receipt = custodyReceipt(context, deviceId, request, said, reach);
      if (receipt === undefined) throw new NothingReadable();
      context.log('info', 'PUSH', { device: deviceId, entries: items.length, ackSeq: receipt.ackSeq });
      return { custodyReceipt: signedBy(context.keys.signing, SIGNATURE_CONTEXT.custodyReceipt, receipt), said };
    });
  try {
    return ok(await tryTwice(take));
  } catch (error) {
    if (error instanceof NothingReadable) return err('NOTHING_READABLE');
    throw error;
  }
}

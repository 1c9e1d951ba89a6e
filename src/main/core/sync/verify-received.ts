import { feedPageSchema } from '../../../contract/feeds.ts';
import { type CustodyReceipt, custodyReceiptSchema, SIGNATURE_CONTEXT } from '../../../contract/sync-protocol.ts';
import type { Db } from '../db/open.ts';
import { sha256 } from '../journal/hash-chain.ts';
import { verify } from '../journal/signing.ts';
import { type FeedCursor, type ProvinceKey, readProvinceKeys } from '../rules/rules-store.ts';
import { type KeptReceipt, readCustodyReceipts } from './custody-store.ts';
import { readSettledAfter } from './delivery-store.ts';
import { countLostCursors, type KeptPage, readKeptPages } from './feed-page-store.ts';
import { placeOf } from './feed-pages.ts';
import { parseJson } from './parse-json.ts';
import { isEnding } from './second-word-store.ts';

/** What is wrong with what the province sent, as this counter keeps it. */
export type ReceivedProblem = { readonly seq: number | null; readonly problem: string };

type Keys = readonly ProvinceKey[];

/** A revoked key is believed for what it signed before: what was kept was verified when it came. */
const keyOf = (keys: Keys, keyId: string): ProvinceKey | undefined =>
  keys.find((key) => key.keyId === keyId && key.purpose === 'signing');

function readReceipt({ signed, hash }: KeptReceipt, keys: Keys, deviceId: string): CustodyReceipt | undefined {
  const key = keyOf(keys, signed.keyId);
  if (key === undefined || sha256(signed.text) !== hash) return undefined;
  if (!verify(SIGNATURE_CONTEXT.custodyReceipt, signed.text, signed.sig, key.publicKey)) return undefined;
  const parsed = custodyReceiptSchema.safeParse(parseJson(signed.text));
  return parsed.success && parsed.data.deviceId === deviceId ? parsed.data : undefined;
}

const BATCH = 200;

/** Places that a genuine receipt calls accepted, one byte for each: a set of a million numbers would be a hundred times that. */
type Accepted = { bytes: Uint8Array };

function markAccepted(accepted: Accepted, seq: number): void {
  if (seq > MOST_ENTRIES) return;
  if (seq >= accepted.bytes.length) {
    const larger = new Uint8Array(Math.max(seq + 1, accepted.bytes.length * 2));
    larger.set(accepted.bytes);
    accepted.bytes = larger;
  }
  accepted.bytes[seq] = 1;
}

function remember(accepted: Accepted, { verdicts }: CustodyReceipt): void {
  for (const { seq, verdict } of verdicts) {
    const word = verdict.verdict === 'DUPLICATE' ? verdict.original : verdict.verdict;
    if (word === 'ACCEPTED') markAccepted(accepted, seq);
  }
}

/** More than a counter writes in a hundred years; a receipt with a larger place is not one of ours. */
const MOST_ENTRIES = 50_000_000;

/**
 * "Nothing leaves the outbox without a custody receipt" (OPOP-Sync/1 6.1): every receipt is genuine, every settled row has
 * one, or had one that set it aside and a second word after it (11.6).
 */
async function verifyCustody(
  db: Pick<Db, 'read'>,
  keys: Keys,
  deviceId: string,
  accepted: Accepted,
): Promise<readonly ReceivedProblem[]> {
  const problems: ReceivedProblem[] = [];
  for (let after = 0; ; ) {
    const kept = await db.read((tx) => readCustodyReceipts(tx, after, BATCH));
    for (const one of kept) {
      const receipt = readReceipt(one, keys, deviceId);
      if (receipt === undefined) problems.push({ seq: null, problem: 'CUSTODY_RECEIPT_FORGED' });
      else remember(accepted, receipt);
    }
    const last = kept.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  for (let after = 0; ; ) {
    const seqs = await db.read((tx) => readSettledAfter(tx, after, 10_000));
    for (const seq of seqs) {
      if (accepted.bytes[seq] !== 1) problems.push({ seq, problem: 'SETTLED_WITHOUT_RECEIPT' });
    }
    const last = seqs.at(-1);
    if (last === undefined) return problems;
    after = last;
  }
}

type Chain = { cursor: FeedCursor | undefined; readonly versions: Map<string, number> };

/** The fold over the pages as they came: the same rule by which they were taken. */
function foldPage(chains: Map<string, Chain>, kept: KeptPage, keys: Keys, accepted: Accepted): string | undefined {
  const { feed, scope, hash, signed } = kept;
  const key = keyOf(keys, signed.keyId);
  if (key === undefined || sha256(signed.text) !== hash) return 'FEED_PAGE_FORGED';
  if (!verify(SIGNATURE_CONTEXT.feedPage, signed.text, signed.sig, key.publicKey)) return 'FEED_PAGE_FORGED';
  const page = feedPageSchema.safeParse(parseJson(signed.text)).data;
  if (page?.feed !== feed || page.scope !== scope) return 'FEED_PAGE_FORGED';
  const name = `${feed}/${scope}`;
  const chain = chains.get(name) ?? { cursor: undefined, versions: new Map<string, number>() };
  chains.set(name, chain);
  const base = page.prevHash === null ? null : (chain.versions.get(page.prevHash) ?? null);
  // The cursor may have gone back to a page that both sides hold before this one came.
  const isOnHeld = base === page.from && page.incarnation >= (chain.cursor?.incarnation ?? '');
  if (!isOnHeld && !placeOf(page, chain.cursor, { itself: false, base }).ok) return 'FEED_PAGE_UNPLACED';
  for (const { seq, word } of page.secondWords ?? []) if (isEnding(word)) markAccepted(accepted, seq);
  chain.versions.set(hash, page.to);
  chain.cursor = {
    version: page.to,
    pageHash: hash,
    incarnation: page.incarnation,
    freshUntil: page.freshUntil,
    appliedAt: page.validFrom,
    confirmedIncarnation: null,
  };
  return undefined;
}

async function verifyPages(db: Pick<Db, 'read'>, keys: Keys, accepted: Accepted): Promise<readonly ReceivedProblem[]> {
  const problems: ReceivedProblem[] = [];
  const chains = new Map<string, Chain>();
  for (let after = 0; ; ) {
    const kept = await db.read((tx) => readKeptPages(tx, after, BATCH));
    for (const one of kept) {
      const problem = foldPage(chains, one, keys, accepted);
      if (problem !== undefined) problems.push({ seq: null, problem });
    }
    const last = kept.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  const lost = await db.read((tx) => countLostCursors(tx));
  return lost === 0 ? problems : [...problems, { seq: null, problem: 'FEED_CURSOR_LOST' }];
}

/** Custody receipts and feed pages, as kept: genuine, in their chains, and one for each row that counts as settled. */
export async function verifyReceived(db: Pick<Db, 'read'>, deviceId: string): Promise<readonly ReceivedProblem[]> {
  const keys = await db.read((tx) => readProvinceKeys(tx));
  const accepted: Accepted = { bytes: new Uint8Array(1024) };
  const ofPages = await verifyPages(db, keys, accepted);
  return [...(await verifyCustody(db, keys, deviceId, accepted)), ...ofPages];
}

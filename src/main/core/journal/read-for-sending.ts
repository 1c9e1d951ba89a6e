import type { Epoch } from '../../../contract/primitives.ts';
import type { DamagedItem } from '../../../contract/sync-protocol.ts';
import type { Db } from '../db/database.ts';
import { storageRefusalOf } from '../db/storage-refusal.ts';
import { parseEnvelope, type StoredEntry } from './entry-text.ts';
import { hashEntry } from './hash-chain.ts';
import { findEntries, findEntry, findEntryBytes } from './journal-store.ts';
import type { EntryVerifier } from './signing.ts';

/** A place in the journal as the outbox names it: it knows the epoch even where the row itself is rotten. */
export type SendPlace = { readonly seq: number; readonly epoch: Epoch };

/** What can be sent: entries that prove themselves, and the bytes of rows that do not. */
export type ForSending = { readonly entries: readonly StoredEntry[]; readonly damaged: readonly DamagedItem[] };

/** The contract's limit of `raw` (90,000 characters of base64url), in bytes. */
const MOST_RAW_BYTES = 67_500;
const LINE_FEED = Buffer.from('\n');

/** What the disk gives, or undefined where it does not give it back; a bug is thrown on. */
async function readable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (storageRefusalOf(error) === undefined) throw error;
    return undefined; // the caller reads again and then names the row as damaged
  }
}

/** Whether hash and signature prove this text, and the text is that of this place: rows that changed places prove nothing. */
function isProved(entry: StoredEntry, verifies: EntryVerifier): boolean {
  if (hashEntry(entry.text) !== entry.hash || !verifies(entry.hash, entry.sig)) return false;
  return parseEnvelope(entry.text).seq === entry.seq;
}

/** The bytes of a row as they are; nothing when not even they can be read. */
async function damagedAt(db: Pick<Db, 'readFresh'>, { seq, epoch }: SendPlace): Promise<DamagedItem> {
  const bytes = await readable(db.readFresh((tx) => findEntryBytes(tx, seq)));
  const [text, hash, sig] = bytes ?? [];
  const raw =
    text === undefined || hash === undefined || sig === undefined
      ? Buffer.alloc(0)
      : Buffer.concat([text, LINE_FEED, hash, LINE_FEED, sig]);
  return { epoch, seq, raw: raw.subarray(0, MOST_RAW_BYTES).toString('base64url') };
}

/**
 * The entries at these places, each verified before it leaves. "An entry whose hash or signature fails twice after
 * reading the disk again is sent once as `damaged` bytes": the second reading goes through a connection of its own.
 * `verifies` knows the device's public signing key.
 */
export async function readForSending(
  db: Pick<Db, 'read' | 'readFresh'>,
  verifies: EntryVerifier,
  places: readonly SendPlace[],
): Promise<ForSending> {
  const seqs = places.map((place) => place.seq);
  const first = (await readable(db.read((tx) => findEntries(tx, seqs)))) ?? [];
  const proved = new Map(first.filter((entry) => isProved(entry, verifies)).map((entry) => [entry.seq, entry]));
  const damaged: DamagedItem[] = [];
  for (const place of places) {
    if (proved.has(place.seq)) continue;
    const again = await readable(db.readFresh((tx) => findEntry(tx, place.seq)));
    if (again !== undefined && isProved(again, verifies)) proved.set(place.seq, again);
    else damaged.push(await damagedAt(db, place));
  }
  const entries = [...proved.values()].sort((left, right) => left.seq - right.seq);
  return { entries, damaged };
}

import type { KeyObject } from 'node:crypto';
import type { DamagedFile } from '../db/salvage-file.ts';
import { parseEnvelope, type StoredEntry } from '../journal/entry-text.ts';
import { hashEntry } from '../journal/hash-chain.ts';
import { verifyEntryHash } from '../journal/signing.ts';

/** What a damaged journal still proves. */
export type ProvedEntries = {
  /** From the first entry on, each continuing the one before. */
  readonly chain: readonly StoredEntry[];
  /** Entries that prove themselves behind the first rotten place. */
  readonly beyond: readonly StoredEntry[];
};

/** A journal of many years; a damaged count of rows must not keep the search going for ever. */
const MOST_ENTRIES = 5_000_000;

function provedAt(file: DamagedFile, seq: number, key: KeyObject): StoredEntry | undefined {
  const row = file.row('SELECT text, hash, sig FROM entry WHERE seq = ?', seq);
  const { text, hash, sig } = row ?? {};
  if (typeof text !== 'string' || typeof hash !== 'string' || typeof sig !== 'string') return undefined;
  if (hashEntry(text) !== hash || !verifyEntryHash(hash, sig, key)) return undefined;
  // The columns beside the text are taken from it: what is signed is what counts.
  const { epoch, prev, type, stream, officerId, cashSessionId, wallMs, seq: signedSeq } = parseEnvelope(text);
  if (signedSeq !== seq) return undefined;
  return { seq, epoch, hash, prev, type, stream, officerId, cashSessionId, wallMs, text, sig };
}

/** Newest place that the damaged file knows of, or at least `known`. */
function lastPlace(file: DamagedFile, known: number): number {
  const places = ['SELECT max(seq) AS seq FROM entry', 'SELECT max(seq) AS seq FROM delivery'].map((sql) =>
    Number(file.row(sql)?.['seq'] ?? 0),
  );
  return Math.min(MOST_ENTRIES, Math.max(known, ...places.filter(Number.isSafeInteger)));
}

/** Reads every place up to the newest one that anybody knows of: the file, or a mark (`knownSeq`). */
export function provedEntries(file: DamagedFile, key: KeyObject, knownSeq: number): ProvedEntries {
  const chain: StoredEntry[] = [];
  const beyond: StoredEntry[] = [];
  const last = lastPlace(file, knownSeq);
  for (let seq = 1; seq <= last; seq += 1) {
    const entry = provedAt(file, seq, key);
    if (entry === undefined) continue;
    const before = chain.at(-1);
    const continues = seq === (before?.seq ?? 0) + 1 && entry.prev === (before?.hash ?? null);
    if (continues && beyond.length === 0) chain.push(entry);
    else beyond.push(entry);
  }
  return { chain, beyond };
}

import type { KeyObject } from 'node:crypto';
import { type EntryEnvelope, entryEnvelopeSchema } from '../../../contract/journal-entry.ts';
import type { Db } from '../db/database.ts';
import type { Head, StoredEntry } from './entry-text.ts';
import { bodyHash, canonicalJson, hashEntry } from './hash-chain.ts';
import { readAfter, readLedgerLines, type StoredLedgerLine } from './journal-store.ts';
import type { FoundMark, Mark } from './mark.ts';
import { keyIdOf, publicKeyFrom, verifyEntryHash } from './signing.ts';

/** What can be wrong, by name; `loket verify` prints these. */
export type JournalProblemCode =
  | 'TEXT_UNREADABLE'
  | 'TEXT_NOT_CANONICAL'
  | 'HASH_WRONG'
  | 'SIGNATURE_WRONG'
  | 'OTHER_KEY'
  | 'OTHER_DEVICE'
  | 'SEQ_GAP'
  | 'PREV_WRONG'
  | 'EPOCH_WRONG'
  | 'COLUMN_DIFFERS'
  | 'BODY_HASH_WRONG'
  | 'LEDGER_NOT_ZERO'
  | 'LEDGER_LINES_DIFFER'
  | 'MARK_UNREADABLE'
  | 'MARK_NOT_IN_JOURNAL'
  | 'MORE_PROBLEMS';

export type JournalProblem = { readonly seq: number | null; readonly problem: JournalProblemCode };

export type JournalReport = {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: Head | null;
  /** In the order of the journal, at most a thousand. */
  readonly problems: readonly JournalProblem[];
};

/** What the entries are checked against. */
export type JournalWitness = {
  readonly deviceId: string;
  /** Raw public signing key of the device, base64url, from its certificate. */
  readonly publicKey: string;
  /** Marks found outside the database; without them a cut-off end cannot be seen. */
  readonly marks?: readonly FoundMark[];
};

/** Small, so that a counter action between two batches waits a few hundredths of a second at most. */
const BATCH = 100;
const MOST_PROBLEMS = 1000;

type Report = (seq: number | null, problem: JournalProblemCode) => void;
type Line = { readonly account: string; readonly amount: number };

function parseText(text: string): EntryEnvelope | undefined {
  try {
    return entryEnvelopeSchema.safeParse(JSON.parse(text)).data;
  } catch (_notJson) {
    return undefined; // the caller reports it
  }
}

function isCanonical(text: string): boolean {
  try {
    return canonicalJson(JSON.parse(text)) === text;
  } catch (_notJson) {
    return false; // a lone surrogate, or no JSON at all
  }
}

/** The columns beside the text must say what the text says: screens search by them. */
function columnsFit(entry: StoredEntry, envelope: EntryEnvelope): boolean {
  return (
    entry.seq === envelope.seq &&
    entry.epoch.n === envelope.epoch.n &&
    entry.epoch.nonce === envelope.epoch.nonce &&
    entry.prev === envelope.prev &&
    entry.type === envelope.type &&
    entry.stream === envelope.stream &&
    entry.officerId === envelope.officerId &&
    entry.cashSessionId === envelope.cashSessionId &&
    entry.wallMs === envelope.wallMs
  );
}

function linesOfBody(body: EntryEnvelope['body']): readonly Line[] {
  const lines = body['ledgerLines'];
  if (!Array.isArray(lines)) return [];
  return lines.map((line: unknown) => {
    const isLine = typeof line === 'object' && line !== null && 'account' in line && 'amount' in line;
    if (!isLine) return { account: '', amount: Number.NaN };
    return { account: String(line.account), amount: typeof line.amount === 'number' ? line.amount : Number.NaN };
  });
}

function checkLedger(
  entry: StoredEntry,
  envelope: EntryEnvelope,
  stored: readonly StoredLedgerLine[],
  report: Report,
): void {
  const signed = linesOfBody(envelope.body);
  if (signed.reduce((sum, line) => sum + line.amount, 0) !== 0) report(entry.seq, 'LEDGER_NOT_ZERO');
  const fits =
    signed.length === stored.length &&
    stored.every((line, index) => {
      const other = signed[index];
      return (
        line.lineNo === index + 1 &&
        line.account === other?.account &&
        line.amount === other.amount &&
        line.cashSessionId === envelope.cashSessionId
      );
    });
  if (!fits) report(entry.seq, 'LEDGER_LINES_DIFFER');
}

/** An epoch begins with its own first entry and only then; its number rises. */
function epochFits(entry: StoredEntry, before: StoredEntry | undefined): boolean {
  if (before === undefined) return entry.type === 'epoch.opened';
  const isSame = before.epoch.n === entry.epoch.n && before.epoch.nonce === entry.epoch.nonce;
  return entry.type === 'epoch.opened' ? entry.epoch.n > before.epoch.n : isSame;
}

function checkEntry(
  entry: StoredEntry,
  before: StoredEntry | undefined,
  stored: readonly StoredLedgerLine[],
  witness: { readonly deviceId: string; readonly keyId: string; readonly key: KeyObject },
  report: Report,
): void {
  const { seq } = entry;
  if (seq !== (before?.seq ?? 0) + 1) report(seq, 'SEQ_GAP');
  if (entry.prev !== (before?.hash ?? null)) report(seq, 'PREV_WRONG');
  if (!epochFits(entry, before)) report(seq, 'EPOCH_WRONG');
  if (hashEntry(entry.text) !== entry.hash) report(seq, 'HASH_WRONG');
  if (!verifyEntryHash(entry.hash, entry.sig, witness.key)) report(seq, 'SIGNATURE_WRONG');
  const envelope = parseText(entry.text);
  if (envelope === undefined) {
    report(seq, 'TEXT_UNREADABLE');
    return;
  }
  if (!isCanonical(entry.text)) report(seq, 'TEXT_NOT_CANONICAL');
  if (envelope.deviceId !== witness.deviceId) report(seq, 'OTHER_DEVICE');
  if (envelope.keyId !== witness.keyId) report(seq, 'OTHER_KEY');
  if (bodyHash(envelope.body) !== envelope.bodyHash) report(seq, 'BODY_HASH_WRONG');
  if (!columnsFit(entry, envelope)) report(seq, 'COLUMN_DIFFERS');
  checkLedger(entry, envelope, stored, report);
}

function groupBySeq(lines: readonly StoredLedgerLine[]): Map<number, StoredLedgerLine[]> {
  const groups = new Map<number, StoredLedgerLine[]>();
  for (const line of lines) {
    const group = groups.get(line.seq);
    if (group === undefined) groups.set(line.seq, [line]);
    else group.push(line);
  }
  return groups;
}

/** Marks that verify, and a problem for each that is there and does not. */
function usableMarks(found: readonly FoundMark[], report: Report): readonly Mark[] {
  return found.flatMap((one) => {
    if (one.state === 'valid') return [one.mark];
    if (one.state !== 'absent') report(null, 'MARK_UNREADABLE');
    return [];
  });
}

/**
 * Reads the whole journal in batches and checks all of it: hashes, signatures, the chain, epochs, columns, body hashes,
 * ledger lines in the table against those that were signed, the zero sum, the marks. Reads only; needs the public key only.
 */
export async function verifyJournal(db: Pick<Db, 'read'>, witness: JournalWitness): Promise<JournalReport> {
  const key = publicKeyFrom('signing', witness.publicKey);
  if (key === undefined) throw new TypeError('not a public signing key');
  const by = { deviceId: witness.deviceId, keyId: keyIdOf(witness.publicKey), key };
  const problems: JournalProblem[] = [];
  const report: Report = (seq, problem) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ seq, problem });
    else if (problems.length === MOST_PROBLEMS) problems.push({ seq: null, problem: 'MORE_PROBLEMS' });
  };
  const waiting = new Map(usableMarks(witness.marks ?? [], report).map((mark) => [`${mark.seq}/${mark.head}`, mark]));
  let before: StoredEntry | undefined;
  let entries = 0;
  while (true) {
    const from = before?.seq ?? Number.MIN_SAFE_INTEGER;
    const { batch, lines } = await db.read(async (tx) => {
      const some = await readAfter(tx, from, BATCH);
      const to = some.at(-1)?.seq ?? Number.MAX_SAFE_INTEGER;
      return { batch: some, lines: groupBySeq(await readLedgerLines(tx, from + 1, to)) };
    });
    for (const entry of batch) {
      checkEntry(entry, before, lines.get(entry.seq) ?? [], by, report);
      lines.delete(entry.seq);
      waiting.delete(`${entry.seq}/${entry.hash}`);
      before = entry;
      entries += 1;
    }
    // Lines that stand beside no entry.
    for (const seq of lines.keys()) report(seq, 'LEDGER_LINES_DIFFER');
    // A position that was damaged beyond the safe integers is reported; nothing can be read on from it.
    if (batch.length === 0 || !Number.isSafeInteger(before?.seq)) break;
  }
  for (const mark of waiting.values()) report(mark.seq, 'MARK_NOT_IN_JOURNAL');
  const head = before === undefined ? null : { seq: before.seq, epoch: before.epoch, hash: before.hash };
  return { ok: problems.length === 0, entries, head, problems };
}

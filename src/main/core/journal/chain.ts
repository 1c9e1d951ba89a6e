import type { KeyObject } from 'node:crypto';
import type { EntryType } from '../../../contract/journal-entry.ts';
import type { Epoch } from '../../../contract/primitives.ts';
import type { WriteTx } from '../db/tx.ts';
import type { Timekeeper, TimeStamp } from '../device/timekeeper.ts';
import { type Append, type Appended, type EntryDraft, type Head, parseBody } from './entry-text.ts';
import { canonicalJson, hashEntry, sha256 } from './hash-chain.ts';
import { findHeadNow, insertEntryNow, insertLedgerLinesNow } from './journal-store.ts';
import { signEntryHash } from './signing.ts';

/** The contract's limit of an entry's text; a longer one could never be sent. */
const LONGEST_TEXT = 64_000;

/** Who signs. */
export type ChainSigner = {
  readonly deviceId: string;
  readonly signingPrivate: KeyObject;
  /** Names the signing key inside every entry. */
  readonly keyId: string;
  /** True in a training: every entry says so in its signed text (OPOP-Sync/1 17.1). */
  readonly training: boolean;
};

/** The end of the chain inside one write transaction. */
export type Chain = {
  readonly append: Append;
  /** The newest entry, appended ones included. */
  readonly head: () => Head | undefined;
};

/** The zero-sum lines of a body (OPOP-Sync/1 1.3); empty for types without money. Throws when they do not balance: a bug. */
function ledgerLinesOf(body: object): readonly { readonly account: string; readonly amount: number }[] {
  const lines: unknown = 'ledgerLines' in body ? body.ledgerLines : [];
  const checked = lines as readonly { readonly account: string; readonly amount: number }[]; // parsed by its schema
  const sum = checked.reduce((total, line) => total + line.amount, 0);
  if (sum !== 0) throw new Error(`ledger lines of one entry do not sum to zero: ${sum}`);
  return checked;
}

/**
 * Canonical JSON of the envelope. The body is half of it and was canonical already for its hash, so it is put in as it
 * stands: properties are sorted, and nothing before `body` (only `anchorId`) can hold its name.
 */
function textOf(
  signer: ChainSigner,
  draft: EntryDraft<EntryType>,
  body: string,
  stamp: TimeStamp,
  after: After,
): string {
  const envelope = canonicalJson({
    v: 1,
    deviceId: signer.deviceId,
    epoch: after.epoch,
    seq: after.seq,
    prev: after.prev,
    type: draft.type,
    stream: draft.stream,
    refs: draft.refs ?? [],
    officerId: draft.officerId,
    cashSessionId: draft.cashSessionId,
    rulePackId: draft.rulePackId ?? null,
    registryVersion: draft.registryVersion ?? null,
    ...(signer.training ? { environment: 'latihan' } : {}),
    ...(draft.mustUnderstand === undefined ? {} : { mustUnderstand: [...draft.mustUnderstand] }),
    ...stamp,
    body: null,
    bodyHash: sha256(body),
    keyId: signer.keyId,
  });
  const text = envelope.replace('"body":null', () => `"body":${body}`);
  if (text.length > LONGEST_TEXT) throw new Error(`an entry of ${text.length} characters can never be sent`);
  return text;
}

type After = { readonly epoch: Epoch; readonly seq: number; readonly prev: string | null };

/**
 * Continues the chain of the open transaction. `epoch` opens a new one, otherwise the epoch of the newest entry goes on;
 * a journal without an epoch takes no entry.
 */
export function continueChain(tx: WriteTx, signer: ChainSigner, timekeeper: Timekeeper, epoch?: Epoch): Chain {
  let head = findHeadNow(tx);
  const open = epoch ?? head?.epoch;
  let stamp: TimeStamp | undefined;

  const append = <T extends EntryType>(draft: EntryDraft<T>): Appended => {
    if (open === undefined) throw new Error('no epoch is open: the device is not enrolled');
    // One intention has one time.
    stamp ??= timekeeper.stamp();
    const after: After = { epoch: open, seq: (head?.seq ?? 0) + 1, prev: head?.hash ?? null };
    const place = { epoch: open, seq: after.seq, timeTrust: stamp.timeTrust };
    const body = parseBody(draft.type, typeof draft.body === 'function' ? draft.body(place) : draft.body);
    const lines = ledgerLinesOf(body);
    const text = textOf(signer, draft, canonicalJson(body), stamp, after);
    const hash = hashEntry(text);
    const appended: Appended = {
      ...after,
      hash,
      type: draft.type,
      stream: draft.stream,
      officerId: draft.officerId,
      cashSessionId: draft.cashSessionId,
      wallMs: stamp.wallMs,
      timeTrust: stamp.timeTrust,
      text,
      sig: signEntryHash(hash, signer.signingPrivate),
    };
    insertEntryNow(tx, appended);
    insertLedgerLinesNow(tx, appended, lines);
    head = { epoch: open, seq: appended.seq, hash };
    return appended;
  };
  return { append, head: () => head };
}

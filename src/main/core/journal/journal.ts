import type { KeyObject } from 'node:crypto';
import type { EntryBody } from '../../../contract/journal-entry.ts';
import type { Epoch } from '../../../contract/primitives.ts';
import { type AnyResult, type Err, ok, type Result } from '../../../domain/result.ts';
import type { Db } from '../db/database.ts';
import type { StorageRefusal } from '../db/storage-refusal.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { EventsPort, LogPort, RandomPort } from '../ports.ts';
import { type ChainSigner, continueChain } from './chain.ts';
import type { Append, Head, StoredEntry } from './entry-text.ts';
import {
  type AccountSum,
  countEntries,
  findEntry,
  findHead,
  findPlaces,
  readAfter,
  readStream,
  sumLedger,
} from './journal-store.ts';
import { type FoundMark, type Mark, type MarkProblem, type Marks, newestMark } from './mark.ts';
import { type ForSending, readForSending, type SendPlace } from './read-for-sending.ts';
import { entryVerifier, keyIdOf, publicKeyFrom } from './signing.ts';

export type { Append, Appended, EntryDraft, Head, StoredEntry } from './entry-text.ts';

type EpochBody = EntryBody<'epoch.opened'>;
export type EpochReason = EpochBody['reason'];

/** The device as its entries name it. */
export type DeviceIdentity = {
  readonly deviceId: string;
  readonly outletId: string;
  readonly keyStoreKind: EpochBody['keyStoreKind'];
  readonly appVersion: string;
  /** Whether its certificate is of a training: then every entry says so. */
  readonly training: boolean;
};

/** What the start found: `held` the database has what was marked, `gap` it has not and a new epoch declares so. */
export type MarkCheck = {
  readonly state: 'empty' | 'held' | 'unmarked' | 'gap';
  readonly marks: readonly FoundMark[];
  /** The entry that opened the new epoch, for `unmarked` and `gap`. */
  readonly opened: Head | null;
};

/** Places of an epoch that this counter cannot prove; both ends included. */
export type DeclaredGap = NonNullable<EpochBody['declaredGap']>;

/** The counter's one journal: everything that happened, append-only, chained, signed. */
export type Journal = {
  /**
   * One intention, one commit: what `work` writes and the entries it appends are on the disk together or not at all.
   * The signed mark of the last entry is written before this resolves; a mark that fails never undoes the commit.
   */
  readonly record: <R extends AnyResult>(
    work: (tx: WriteTx, append: Append) => Promise<R>,
  ) => Promise<R | Err<StorageRefusal>>;
  /** Opens the next epoch (OPOP-Sync/1 3.3); its first entry names the last entry that can be proved, and declares the gap. */
  readonly openEpoch: (reason: EpochReason, gap?: DeclaredGap) => Promise<Result<Head, StorageRefusal>>;
  /** At start (OPOP-Sync/1 3.2): "the database must contain the mark's head at its seq; if not, a new epoch opens" and declares the gap. */
  readonly checkMarks: () => Promise<Result<MarkCheck, StorageRefusal>>;
  /** Places that did not take the last mark; null when both did. */
  readonly markProblem: () => MarkProblem | null;
  readonly head: (tx: ReadTx) => Promise<Head | undefined>;
  /** The position of the next entry; certain inside a write transaction only. */
  readonly nextSeq: (tx: ReadTx) => Promise<number>;
  /** Entries after `seq`, oldest first, at most `limit`: the outbox is a cursor over this. */
  readonly readAfter: (tx: ReadTx, seq: number, limit: number) => Promise<readonly StoredEntry[]>;
  /**
   * What can be sent of these places: every entry is verified before it leaves, a row that fails twice comes as bytes.
   * Never inside a `db.read` or `db.write`.
   */
  readonly readForSending: (places: readonly SendPlace[]) => Promise<ForSending>;
  readonly readStream: (tx: ReadTx, stream: string) => Promise<readonly StoredEntry[]>;
  readonly find: (tx: ReadTx, seq: number) => Promise<StoredEntry | undefined>;
  /** Places that have an entry, with its hash, in any order. */
  readonly places: (tx: ReadTx, seqs: readonly number[]) => Promise<readonly Pick<StoredEntry, 'seq' | 'hash'>[]>;
  readonly count: (tx: ReadTx) => Promise<number>;
  /** Sum per ledger account, over everything or one cash session; whole rupiah. */
  readonly sumLedger: (tx: ReadTx, of?: { readonly cashSessionId?: string }) => Promise<readonly AccountSum[]>;
};

type Deps = {
  readonly db: Db;
  readonly secrets: { readonly signingPrivate: KeyObject; readonly signingPublic: string };
  readonly device: DeviceIdentity;
  readonly timekeeper: Timekeeper;
  readonly marks: Marks;
  readonly random: RandomPort;
  readonly events: EventsPort;
  readonly log: LogPort;
};

const NONCE_BYTES = 8;

/** What is missing between the database and the mark. */
function gapOf(mark: Mark, head: Head | undefined): DeclaredGap {
  return { epoch: mark.epoch, fromSeq: Math.min((head?.seq ?? 0) + 1, mark.seq), toSeq: mark.seq };
}

/** The newest entry, or the one before the rotten rows where those are the newest. */
async function lastProven(tx: ReadTx, reason: EpochReason, gap: DeclaredGap | null): Promise<Head | undefined> {
  const head = await findHead(tx);
  const isRotten = reason === 'damaged' && gap !== null && head !== undefined && head.seq <= gap.toSeq;
  return isRotten ? await findEntry(tx, gap.fromSeq - 1) : head;
}

/** Puts the journal of one device together. */
export function createJournal(deps: Deps): Journal {
  const { db, secrets, device, timekeeper, marks, random, events, log } = deps;
  const signer: ChainSigner = {
    deviceId: device.deviceId,
    signingPrivate: secrets.signingPrivate,
    keyId: keyIdOf(secrets.signingPublic),
    training: device.training,
  };

  const verifyKey = publicKeyFrom('signing', secrets.signingPublic);
  if (verifyKey === undefined) throw new TypeError('not a public signing key');
  const verifies = entryVerifier(verifyKey);

  /** Commits, then marks. The newest head travels out of the transaction so that the mark names what was committed. */
  const commit = async <R extends AnyResult>(
    work: (tx: WriteTx, append: Append) => Promise<R>,
    epochAfter?: (head: Head | undefined) => Epoch,
  ): Promise<R | Err<StorageRefusal>> => {
    const end: { head?: Head | undefined; before?: number | undefined } = {};
    const result = await db.write(async (tx) => {
      const before = epochAfter === undefined ? undefined : await findHead(tx);
      const chain = continueChain(tx, signer, timekeeper, epochAfter?.(before));
      end.before = chain.head()?.seq;
      const worked = await work(tx, chain.append);
      end.head = chain.head();
      return worked;
    });
    if (!result.ok || end.head === undefined || end.head.seq === end.before) return result;
    await marks.write(end.head);
    events.publish('outbox');
    return result;
  };

  const openEpoch = (reason: EpochReason, gap: DeclaredGap | null): Promise<Result<Head, StorageRefusal>> => {
    const nonce = Buffer.from(random.bytes(NONCE_BYTES)).toString('base64url');
    return commit(
      async (tx, append) => {
        const proven = await lastProven(tx, reason, gap);
        const entry = append({
          type: 'epoch.opened',
          stream: device.deviceId,
          officerId: null,
          cashSessionId: null,
          body: {
            reason,
            outletId: device.outletId,
            lastProven: proven === undefined ? null : { epoch: proven.epoch, seq: proven.seq, head: proven.hash },
            declaredGap: gap,
            appVersion: device.appVersion,
            keyStoreKind: device.keyStoreKind,
          },
        });
        return ok<Head>({ epoch: entry.epoch, seq: entry.seq, hash: entry.hash });
      },
      (head) => ({ n: Math.max(head?.epoch.n ?? 0, gap?.epoch.n ?? 0) + 1, nonce }),
    );
  };

  const declare = async (
    state: 'unmarked' | 'gap',
    found: readonly FoundMark[],
    gap: DeclaredGap | null,
  ): Promise<Result<MarkCheck, StorageRefusal>> => {
    log.write('error', 'mark.mismatch', { state, fromSeq: gap?.fromSeq ?? null });
    const opened = await openEpoch('mark-mismatch', gap);
    if (!opened.ok) return opened;
    events.publish('device');
    return ok({ state, marks: found, opened: opened.value });
  };

  return {
    record: (work) => commit(work),
    openEpoch: (reason, gap) => openEpoch(reason, gap ?? null),
    checkMarks: async () => {
      const found = await marks.read();
      const mark = newestMark(found);
      const { head, marked } = await db.read(async (tx) => ({
        head: await findHead(tx),
        marked: mark === undefined ? undefined : await findEntry(tx, mark.seq),
      }));
      if (mark === undefined) {
        if (head === undefined) return ok({ state: 'empty', marks: found, opened: null });
        return await declare('unmarked', found, null);
      }
      const holds = marked?.hash === mark.head && marked.epoch.nonce === mark.epoch.nonce;
      if (!holds || head === undefined) return await declare('gap', found, gapOf(mark, head));
      // A crash between commit and mark leaves the mark behind, and a lost place is filled again.
      await marks.write(head);
      return ok({ state: 'held', marks: found, opened: null });
    },
    markProblem: marks.problem,
    head: findHead,
    nextSeq: async (tx) => ((await findHead(tx))?.seq ?? 0) + 1,
    readAfter,
    readForSending: (places) => readForSending(db, verifies, places),
    readStream,
    find: findEntry,
    places: findPlaces,
    count: countEntries,
    sumLedger,
  };
}

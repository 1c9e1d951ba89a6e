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
  readAfter,
  readStream,
  sumLedger,
} from './journal-store.ts';
import type { FoundMark, Mark, MarkProblem, Marks } from './mark.ts';
import { keyIdOf } from './signing.ts';

export type { Append, Appended, EntryDraft, Head, StoredEntry } from './entry-text.ts';

type EpochBody = EntryBody<'epoch.opened'>;
export type EpochReason = EpochBody['reason'];

/** The device as its entries name it. */
export type DeviceIdentity = {
  readonly deviceId: string;
  readonly outletId: string;
  readonly keyStoreKind: EpochBody['keyStoreKind'];
  readonly appVersion: string;
};

/** What the start found: `held` the database has what was marked, `gap` it has not and a new epoch declares so. */
export type MarkCheck = {
  readonly state: 'empty' | 'held' | 'unmarked' | 'gap';
  readonly marks: readonly FoundMark[];
  /** The entry that opened the new epoch, for `unmarked` and `gap`. */
  readonly opened: Head | null;
};

type Gap = Pick<EpochBody, 'declaredGap'> & { readonly afterEpoch: number };

/** The counter's one journal: everything that happened, append-only, chained, signed. */
export type Journal = {
  /**
   * One intention, one commit: what `work` writes and the entries it appends are on the disk together or not at all.
   * The signed mark of the last entry is written before this resolves; a mark that fails never undoes the commit.
   */
  readonly record: <R extends AnyResult>(
    work: (tx: WriteTx, append: Append) => Promise<R>,
  ) => Promise<R | Err<StorageRefusal>>;
  /** Opens the next epoch; its first entry names the last entry that can be proved. */
  readonly openEpoch: (reason: EpochReason) => Promise<Result<Head, StorageRefusal>>;
  /** At start: "the database must contain the mark's head at its seq; if not, a new epoch opens" and declares the gap. */
  readonly checkMarks: () => Promise<Result<MarkCheck, StorageRefusal>>;
  /** Places that did not take the last mark; null when both did. */
  readonly markProblem: () => MarkProblem | null;
  readonly head: (tx: ReadTx) => Promise<Head | undefined>;
  /** The position of the next entry; certain inside a write transaction only. */
  readonly nextSeq: (tx: ReadTx) => Promise<number>;
  /** Entries after `seq`, oldest first, at most `limit`: the outbox is a cursor over this. */
  readonly readAfter: (tx: ReadTx, seq: number, limit: number) => Promise<readonly StoredEntry[]>;
  readonly readStream: (tx: ReadTx, stream: string) => Promise<readonly StoredEntry[]>;
  readonly find: (tx: ReadTx, seq: number) => Promise<StoredEntry | undefined>;
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

/** The newest of the marks that verify. */
function newestMark(found: readonly FoundMark[]): Mark | undefined {
  return found
    .flatMap((one) => (one.state === 'valid' ? [one.mark] : []))
    .reduce<Mark | undefined>((best, mark) => (best === undefined || mark.seq > best.seq ? mark : best), undefined);
}

/** What is missing between the database and the mark. */
function gapOf(mark: Mark, head: Head | undefined): Gap {
  const fromSeq = Math.min((head?.seq ?? 0) + 1, mark.seq);
  return { afterEpoch: mark.epoch.n, declaredGap: { epoch: mark.epoch, fromSeq, toSeq: mark.seq } };
}

/** Puts the journal of one device together. */
export function createJournal(deps: Deps): Journal {
  const { db, secrets, device, timekeeper, marks, random, events, log } = deps;
  const signer: ChainSigner = {
    deviceId: device.deviceId,
    signingPrivate: secrets.signingPrivate,
    keyId: keyIdOf(secrets.signingPublic),
  };

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

  const openEpoch = (reason: EpochReason, gap: Gap | null): Promise<Result<Head, StorageRefusal>> => {
    const nonce = Buffer.from(random.bytes(NONCE_BYTES)).toString('base64url');
    return commit(
      async (tx, append) => {
        const head = await findHead(tx);
        const entry = append({
          type: 'epoch.opened',
          stream: device.deviceId,
          officerId: null,
          cashSessionId: null,
          body: {
            reason,
            outletId: device.outletId,
            lastProven: head === undefined ? null : { epoch: head.epoch, seq: head.seq, head: head.hash },
            declaredGap: gap?.declaredGap ?? null,
            appVersion: device.appVersion,
            keyStoreKind: device.keyStoreKind,
          },
        });
        return ok<Head>({ epoch: entry.epoch, seq: entry.seq, hash: entry.hash });
      },
      (head) => ({ n: Math.max(head?.epoch.n ?? 0, gap?.afterEpoch ?? 0) + 1, nonce }),
    );
  };

  const declare = async (
    state: 'unmarked' | 'gap',
    found: readonly FoundMark[],
    gap: Gap | null,
  ): Promise<Result<MarkCheck, StorageRefusal>> => {
    log.write('error', 'mark.mismatch', { state, fromSeq: gap?.declaredGap?.fromSeq ?? null });
    const opened = await openEpoch('mark-mismatch', gap);
    if (!opened.ok) return opened;
    events.publish('device');
    return ok({ state, marks: found, opened: opened.value });
  };

  return {
    record: (work) => commit(work),
    openEpoch: (reason) => openEpoch(reason, null),
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
    readStream,
    find: findEntry,
    count: countEntries,
    sumLedger,
  };
}

import { mkdir } from 'node:fs/promises';
import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { fileFault } from '../db/medium-fault.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { EventsPort, LogPort } from '../ports.ts';
import { markExported, readUnsent } from '../sync/delivery-store.ts';
import { createAbsence } from './mirror-absence.ts';
import { createPast } from './mirror-evidence.ts';
import { claimFolder, type SegmentName } from './mirror-folder.ts';
import { completeMedium, copyToMedium, unsentAfter } from './mirror-medium.ts';
import type { SegmentDeps } from './mirror-segments.ts';
import {
  findMirrorPlace,
  findThroughSeq,
  type MirrorPlace,
  putMirrorPlace,
  putThroughSeq,
} from './mirror-settings-store.ts';

/** `none` no folder was chosen, `missing` the medium does not take it, `behind` it is being written. */
export type MirrorState = 'ok' | 'missing' | 'behind' | 'none';

/** Where the second copy stands. */
export type MirrorStatus = {
  readonly folder: string | null;
  readonly medium: MirrorPlace['medium'] | null;
  readonly state: MirrorState;
  /** Why the medium does not take it; a code. */
  readonly reason: string | null;
  /** Every unsent entry up to here has its second copy. */
  readonly throughSeq: number;
  /** Unsent entries without one. */
  readonly uncovered: number;
  /** Files of another history of this device, left as they are. */
  readonly foreign: number;
  /** Files there that are named like ours and that no counter of this device can have written. */
  readonly strange: number;
  readonly lastWrittenAt: number | null;
};

/** What `complete` put on the medium. */
export type MirrorCompleted = {
  readonly throughSeq: number;
  readonly entries: number;
  readonly medium: MirrorPlace['medium'];
  readonly folder: string;
};

/** The second copy of unsent entries on another medium. */
export type Mirror = {
  /** At start: a place that is known, or the given one where none was chosen yet. */
  readonly open: (fallback: string | null) => Promise<void>;
  /**
   * "Commit, mark, mirror (failure or 2 s: policy warns or stops), print intent" (OPOP-Sync/1 3.5): resolves when what
   * was committed has its second copy, or after 2 s; never fails.
   */
  readonly follow: () => Promise<MirrorState>;
  /** Looks whether the medium is there, without writing; at most 2 s. */
  readonly look: () => Promise<MirrorState>;
  /** The state as it was last seen. */
  readonly state: () => MirrorState;
  /** Whether the last sale went without its second copy, or the next one would. */
  readonly isMissing: () => boolean;
  /** Opens an epoch where the medium, as it was last seen, knows of places that neither this journal nor a declared gap does. */
  readonly declarePast: () => Promise<Result<unknown, StorageRefusal>>;
  readonly status: () => Promise<MirrorStatus>;
  /** Something was committed or acknowledged: in a few seconds the medium follows, and what is in custody is removed from it. */
  readonly wake: () => void;
  /**
   * Every unsent entry on the medium, in few files that were read back; the entry that says so (OPOP-Sync/1 3.6); its own
   * copy. Of what was completed on a medium that can be carried away no sale is voided here any more.
   */
  readonly complete: (by: {
    readonly officerId: string | null;
    readonly cashSessionId: string | null;
  }) => Promise<Result<MirrorCompleted, Refusal<'MIRROR_MISSING'> | StorageRefusal>>;
  readonly setFolder: (
    folder: string,
    medium: MirrorPlace['medium'] | null,
  ) => Promise<Result<MirrorStatus, Refusal<'MIRROR_FOLDER_REFUSED'> | StorageRefusal>>;
  /** Ends the waiting of `wake`, follows once more, and resolves when nothing is under way. */
  readonly stop: () => Promise<void>;
};

type Deps = SegmentDeps & {
  readonly dataDir: string;
  readonly events: EventsPort;
  readonly log: LogPort;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** "mirror (failure or 2 s)". */
const PATIENCE_MS = 2000;
const WAKE_MS = 5000;

type Seen = Omit<MirrorStatus, 'folder' | 'medium' | 'foreign'> & { readonly foreign: readonly SegmentName[] };

const UNSEEN: Seen = {
  state: 'none',
  reason: null,
  throughSeq: 0,
  uncovered: 0,
  foreign: [],
  strange: 0,
  lastWrittenAt: null,
};

/** Puts the second copy of one device together. */
export function createMirror(deps: Deps): Mirror {
  const { db, journal, events, log } = deps;
  const absence = createAbsence(deps);
  const past = createPast(deps);
  const held: { place: MirrorPlace | null; seen: Seen; isOver: boolean } = { place: null, seen: UNSEEN, isOver: false };
  const queue: { last: Promise<unknown>; next: Promise<void> | null } = { last: Promise.resolve(), next: null };
  const waking: { timer: AbortController | null; done: Promise<void> } = { timer: null, done: Promise.resolve() };

  /** One at a time on the medium. */
  const exclusive = <T>(task: () => Promise<T>): Promise<T> => {
    const turn = queue.last.then(task);
    // The next task waits for this one, whatever its end; the failure itself goes to the caller.
    queue.last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  };
  const show = (change: Partial<Seen>): void => {
    const before = held.seen.state;
    held.seen = { ...held.seen, ...change };
    if (held.seen.state !== before) events.publish('device');
  };
  const missed = async (reason: string): Promise<void> => {
    const uncovered = await unsentAfter(deps, held.seen.throughSeq);
    show({ state: 'missing', reason, uncovered: uncovered.length });
    // Audit entries travel along; an absence begins with money that has no second copy.
    const first = uncovered.find((place) => place.lane === 'money');
    if (first !== undefined) await absence.note(reason, first.seq);
  };
  /** Whatever goes wrong on the medium, the sale stands and the paper comes; the log has the words. */
  const guarded = async <T>(work: Promise<Result<T, string>>): Promise<Result<T, string>> => {
    try {
      return await work;
    } catch (error) {
      const reason = fileFault(error);
      log.write('error', 'mirror.failed', { reason: reason === 'UNKNOWN' ? String(error).slice(0, 200) : reason });
      return err(reason);
    }
  };

  const bring = async (what: { readonly write: boolean; readonly tidy: boolean }): Promise<void> => {
    if (held.place === null) return;
    const brought = await guarded(copyToMedium(deps, held.place.folder, what));
    if (!brought.ok) {
      await missed(brought.error);
      return;
    }
    const { throughSeq, uncovered, foreign, strange, hasWritten } = brought.value;
    if (hasWritten) show({ lastWrittenAt: deps.now() });
    // A medium that comes while the counter works tells what it would have told at start, before the next sale. Not by
    // itself in between: two computers of one image with one folder would answer each other's epochs without end.
    if (!what.tidy) await past.declare(foreign);
    show({ state: uncovered > 0 ? 'behind' : 'ok', reason: null, throughSeq, uncovered, foreign, strange });
    await absence.end();
  };
  /** After whatever is under way, once: those who come meanwhile share it. */
  const soon = (): Promise<void> => {
    queue.next ??= exclusive(() => {
      queue.next = null;
      return bring({ write: true, tidy: false });
    });
    return queue.next;
  };
  const patiently = async (work: Promise<void>): Promise<MirrorState> => {
    const patience = new AbortController();
    const waited = deps.wait(PATIENCE_MS, patience.signal).then(() => false);
    const inTime = await Promise.race([work.then(() => true), waited]);
    patience.abort();
    if (!inTime) await missed('TOO_SLOW');
    return held.seen.state;
  };
  const look = async (): Promise<MirrorState> =>
    held.place === null ? 'none' : await patiently(exclusive(() => bring({ write: false, tidy: false })));
  const wake = (): void => {
    if (held.place === null || waking.timer !== null || held.isOver) return;
    const timer = new AbortController();
    waking.timer = timer;
    waking.done = deps.wait(WAKE_MS, timer.signal).then(async () => {
      waking.timer = null;
      await exclusive(() => bring({ write: true, tidy: true }));
    });
  };
  const status = async (): Promise<MirrorStatus> => {
    if ((await look()) === 'behind') wake();
    const { place, seen } = held;
    return { ...seen, folder: place?.folder ?? null, medium: place?.medium ?? null, foreign: seen.foreign.length };
  };
  const choose = async (folder: string, medium: MirrorPlace['medium'] | null) => {
    const claimed = await claimFolder(folder, deps.dataDir);
    if (!claimed.ok) return err({ code: 'MIRROR_FOLDER_REFUSED' as const, details: { reason: claimed.error } });
    const place = { folder, medium: medium ?? (claimed.value.otherDisk ? 'removable' : 'folder') } as const;
    const written = await db.write(async (tx) => {
      await putMirrorPlace(tx, place);
      await putThroughSeq(tx, 0);
      return ok(undefined);
    });
    if (!written.ok) return written;
    held.place = place;
    // What is on the other medium counts no more.
    show({ ...UNSEEN, state: 'behind' });
    return ok(place);
  };

  /** A counter starts without its second copy rather than not at all. */
  const firstChoice = (folder: string): Promise<Result<unknown, string>> =>
    guarded(
      mkdir(folder, { recursive: true }).then(async () => {
        const chosen = await choose(folder, 'folder');
        return chosen.ok ? chosen : err(chosen.error.code);
      }),
    );

  const complete: Mirror['complete'] = async ({ officerId, cashSessionId }) => {
    const { place } = held;
    if (place === null) return err({ code: 'MIRROR_MISSING', details: { reason: 'NONE' } });
    const completed = await exclusive(() => guarded(completeMedium(deps, place.folder)));
    if (!completed.ok) {
      await missed(completed.error);
      return err({ code: 'MIRROR_MISSING', details: { reason: completed.error } });
    }
    const { entries, head } = completed.value;
    if (head === undefined) throw new Error('an enrolled counter has an entry');
    const { medium, folder } = place;
    const noted = await journal.record(async (tx, append) => {
      // A medium that is put away cannot be asked after a restart.
      await putThroughSeq(tx, head.seq);
      const body = { throughSeq: head.seq, head: head.hash, entries, medium };
      const entry = append({ type: 'mirror.completed', stream: deps.deviceId, officerId, cashSessionId, body });
      // He is told to take it away: whoever has it can bring these sales to the province, which may book them at once, so
      // that from here on a void is no longer ours to give (OPOP-Sync/1 5.1).
      const [first] = medium === 'removable' ? await readUnsent(tx, 1) : [];
      if (first !== undefined) await markExported(tx, first.seq, entry.seq);
      return ok(entry);
    });
    if (!noted.ok) return noted;
    show({ lastWrittenAt: deps.now() });
    // The entry that says so has its own copy too, before the medium is taken away.
    await soon();
    return ok({ throughSeq: head.seq, entries, medium, folder });
  };

  return {
    open: async (fallback) => {
      const known = await db.read(async (tx) => ({
        place: await findMirrorPlace(tx),
        throughSeq: await findThroughSeq(tx),
      }));
      held.place = known.place;
      held.seen = { ...UNSEEN, throughSeq: known.throughSeq };
      if (held.place === null && fallback !== null) {
        const chosen = await firstChoice(fallback);
        if (!chosen.ok) log.write('warn', 'mirror.no-folder', { reason: chosen.error });
      }
      await look();
    },
    follow: async () => (held.place === null ? 'none' : await patiently(soon())),
    look,
    state: () => held.seen.state,
    isMissing: () => held.seen.state === 'missing' || held.seen.state === 'none',
    declarePast: () => past.declare(held.seen.foreign),
    status,
    wake,
    complete,
    setFolder: async (folder, medium) => {
      const chosen = await choose(folder, medium);
      if (!chosen.ok) return chosen;
      await patiently(soon());
      return ok(await status());
    },
    stop: async () => {
      held.isOver = true;
      waking.timer?.abort();
      await waking.done;
      await exclusive(() => bring({ write: true, tidy: true }));
    },
  };
}

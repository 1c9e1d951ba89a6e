import type { Refusal } from '../../../contract/errors.ts';
import type { EntryBody } from '../../../contract/journal-entry.ts';
import type { QueueItem } from '../../../contract/region.ts';
import type { RegionWordsView } from '../../../contract/views-region.ts';
import { isCloseEven } from '../../../domain/day-match.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { WriteTx } from '../db/tx.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Append, Appended, Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { keptRegion, type DayKey, type KeptRegion } from './kept-region.ts';
import { readOthersWords } from './others-words.ts';
import { countWaiting, insertWord, isWaiting, readWords, type WordSubject } from './region-word-store.ts';
import { delegationFor, seenDay, seenItem, type ShownDay, type Signature } from './what-he-saw.ts';

type Shared = 'REGION_NOT_LOADED' | 'REGION_CHANGED' | 'REGION_OWN_WORK' | 'REGION_ALREADY_SAID';
type SignRefusal = Refusal<Shared | 'REGION_DIFFERS' | 'REGION_NOTE_NEEDED'>;
type DecideRefusal = Refusal<Shared | 'REGION_NOT_HIS' | 'REGION_NOTE_NEEDED'>;

/** The contract's length of a list. */
const MOST_OTHERS = 200;

/** One fresh sign-in, and how many entries stand under it. */
export type Said = { readonly group: string; readonly words: number };

export type ApartAct = 'hold' | 'return' | 'settle';

/**
 * A supervisor's words. Whoever calls has checked his PIN a moment ago: each call writes that sign-in and every word of it
 * in one commit, or nothing at all.
 */
export type RegionWords = {
  readonly view: (signIn: SignIn, limit: number) => Promise<RegionWordsView>;
  readonly sign: (
    signIn: SignIn,
    asked: { readonly signature: Signature; readonly days: readonly ShownDay[]; readonly note: string | null },
  ) => Promise<Result<Said, SignRefusal | StorageRefusal>>;
  readonly setApart: (
    signIn: SignIn,
    asked: DayKey & { readonly item: string; readonly act: ApartAct; readonly reason: string },
  ) => Promise<Result<Said, Refusal<Shared> | StorageRefusal>>;
  readonly decide: (
    signIn: SignIn,
    asked: Pick<QueueItem, 'kind' | 'subject' | 'outletId' | 'evidence'> & {
      readonly decision: EntryBody<'day.queue-decided'>['decision'];
      readonly note: string | null;
    },
  ) => Promise<Result<Said, DecideRefusal | StorageRefusal>>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly events: EventsPort;
  readonly newId: () => string;
};

const SIGN_TYPES = { close: 'day.close-signed', reconciliation: 'day.reconciliation-signed' } as const;
const APART_TYPES = { hold: 'day.item-held', return: 'day.item-returned', settle: 'day.item-settled' } as const;

/** A word that is ready to be said: its entry, and the row that follows its outcome. */
type Ready = {
  readonly subject: WordSubject;
  readonly outletName: string;
  readonly decision: EntryBody<'day.queue-decided'>['decision'] | null;
  readonly append: (append: Append) => Appended;
};

export function createRegionWords({ db, journal, cipher, events, newId }: Deps): RegionWords {
  /** The fresh sign-in, then every word; the same word twice is not said. */
  const say = async <C extends Refusal>(
    signIn: SignIn,
    prepare: (kept: KeptRegion) => Promise<Result<readonly Ready[], C>>,
  ): Promise<Result<Said, C | Refusal<'REGION_ALREADY_SAID'> | StorageRefusal>> => {
    const group = newId();
    const said = await journal.record(async (tx: WriteTx, append) => {
      const ready = await prepare(keptRegion(tx, cipher, signIn.officerId));
      if (!ready.ok) return ready;
      const { officerId, stream, role } = signIn;
      append({ type: 'officer.signed-in', stream, officerId, cashSessionId: null, body: { role } });
      for (const word of ready.value) {
        if (await isWaiting(tx, word.subject)) return err({ code: 'REGION_ALREADY_SAID' as const });
        const { seq, hash: entryHash, wallMs: recordedAt } = word.append(append);
        const { outletName, decision, subject } = word;
        // What a word is about was checked by its own schema when its entry was appended.
        await insertWord(tx, { ...subject, seq, entryHash, recordedAt, saidWith: group, outletName, decision });
      }
      return ok({ group, words: ready.value.length });
    });
    if (said.ok) events.publish('region');
    return said;
  };

  return {
    view: ({ officerId }, limit) =>
      db.read(async (tx) => ({
        waiting: await countWaiting(tx, officerId),
        words: await readWords(tx, cipher, officerId, limit),
        others: (await readOthersWords(tx, cipher, officerId)).slice(0, MOST_OTHERS),
      })),

    sign: (signIn, { signature, days, note }) =>
      say<SignRefusal>(signIn, async (kept) => {
        const ready: Ready[] = [];
        for (const shown of days) {
          const seen = await seenDay(kept, shown, signature);
          if (!seen.ok) return seen;
          const { outletName, part, items, itemsHash, journal: takings, legs, isOwnWork, matches } = seen.value;
          if (isOwnWork) return err({ code: 'REGION_OWN_WORK' });
          if (days.length > 1 && !matches) return err({ code: 'REGION_DIFFERS' });
          if (note === null && signature === 'close' && !isCloseEven(seen.value))
            return err({ code: 'REGION_NOTE_NEEDED' });
          const delegation = await delegationFor(kept, shown.outletId);
          if (!delegation.ok) return delegation;
          const type = SIGN_TYPES[signature];
          const { outletId, businessOn } = shown;
          const body = {
            outletId,
            businessOn,
            delegationId: delegation.value,
            part,
            items,
            itemsHash,
            journal: takings,
            legs,
            note,
          };
          ready.push({
            subject: { supervisorId: signIn.officerId, type, outletId, businessOn, part, subject: null },
            outletName,
            decision: null,
            append: (append) =>
              append({ type, stream: signIn.stream, officerId: signIn.officerId, cashSessionId: null, body }),
          });
        }
        return ok(ready);
      }),

    setApart: (signIn, { outletId, businessOn, item, act, reason }) =>
      say<Refusal<Shared>>(signIn, async (kept) => {
        const { day } = await kept.day({ outletId, businessOn });
        if (day === null) return err({ code: 'REGION_NOT_LOADED' });
        if (day.isOwnWork) return err({ code: 'REGION_OWN_WORK' });
        if (day.apart.some((one) => one.item === item) !== (act === 'settle')) return err({ code: 'REGION_CHANGED' });
        const delegation = await delegationFor(kept, outletId);
        if (!delegation.ok) return delegation;
        const type = APART_TYPES[act];
        const body = { outletId, businessOn, delegationId: delegation.value, item, reason };
        return ok([
          {
            subject: { supervisorId: signIn.officerId, type, outletId, businessOn, part: null, subject: item },
            outletName: day.outletName,
            decision: null,
            append: (append) =>
              append({ type, stream: signIn.stream, officerId: signIn.officerId, cashSessionId: null, body }),
          },
        ]);
      }),

    decide: (signIn, { decision, note, ...asked }) =>
      say<DecideRefusal>(signIn, async (kept) => {
        const seen = await seenItem(kept, asked);
        if (!seen.ok) return seen;
        const { kind, subject, outletId, outletName, evidence, mayNot } = seen.value;
        if (mayNot === 'OWN_WORK') return err({ code: 'REGION_OWN_WORK' });
        if (mayNot !== null) return err({ code: 'REGION_NOT_HIS', details: { reason: mayNot } });
        // A variance is explained or refused in words, and nothing is refused without them.
        if (note === null && (decision === 'refused' || kind === 'variance'))
          return err({ code: 'REGION_NOTE_NEEDED' });
        const delegation = await delegationFor(kept, outletId);
        if (!delegation.ok) return delegation;
        const type = 'day.queue-decided';
        const body = { kind, subject, outletId, delegationId: delegation.value, decision, note, evidence };
        return ok([
          {
            subject: { supervisorId: signIn.officerId, type, outletId, businessOn: null, part: null, subject },
            outletName,
            decision,
            append: (append) =>
              append({ type, stream: signIn.stream, officerId: signIn.officerId, cashSessionId: null, body }),
          },
        ]);
      }),
  };
}

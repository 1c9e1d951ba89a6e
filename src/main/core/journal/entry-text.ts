import {
  type EntryBody,
  type EntryEnvelope,
  type EntryType,
  entryBodySchemas,
  entryEnvelopeSchema,
} from '../../../contract/journal-entry.ts';
import type { Epoch, TimeTrust } from '../../../contract/primitives.ts';

/** Where an entry stands. `seq` rises by one from entry to entry and goes on across epochs. */
export type Position = { readonly epoch: Epoch; readonly seq: number };

/** The newest entry of the journal. */
export type Head = Position & { readonly hash: string };

/** An entry as it is stored, sent and verified; `text` is what counts, the other fields repeat it. */
export type StoredEntry = Head & {
  readonly prev: string | null;
  readonly type: string;
  readonly stream: string;
  readonly officerId: string | null;
  readonly cashSessionId: string | null;
  /** ms UTC as the counter believed. */
  readonly wallMs: number;
  readonly text: string;
  readonly sig: string;
};

/** An entry that was just appended; it is on the disk when `record` resolves, not before. */
export type Appended = StoredEntry & { readonly timeTrust: TimeTrust };

/** What a feature says about one entry; everything else of the envelope is the journal's. */
export type EntryDraft<T extends EntryType> = {
  readonly type: T;
  /** The transaction, cash session or document it belongs to. */
  readonly stream: string;
  readonly refs?: readonly string[];
  /** Names of fields without which the entry means something else (OPOP-Sync/1 11.2): a province that does not know them keeps it aside. */
  readonly mustUnderstand?: readonly string[];
  readonly officerId: string | null;
  readonly cashSessionId: string | null;
  readonly rulePackId?: string | null;
  readonly registryVersion?: number | null;
  /** The body, or what makes it out of the entry's own position (a receipt prints its own number). */
  readonly body: EntryBody<T> | ((place: Position & { readonly timeTrust: TimeTrust }) => EntryBody<T>);
};

/** Puts an entry at the end of the chain, at once and in the open transaction. Throws on a body that its schema refuses: a bug. */
export type Append = <T extends EntryType>(draft: EntryDraft<T>) => Appended;

/** Reads the envelope of a stored text. Throws when it is none: rows are verified by `verifyJournal`, not here. */
export function parseEnvelope(text: string): EntryEnvelope {
  return entryEnvelopeSchema.parse(JSON.parse(text));
}

/** Checks a body by the schema of its type. Throws with the paths that are wrong, never with values: they may be a person's. */
export function parseBody<T extends EntryType>(type: T, body: unknown): EntryBody<T> {
  const parsed = entryBodySchemas[type].safeParse(body);
  // The schema was looked up by `type`, so its output is that type's body; TypeScript does not follow the lookup.
  if (parsed.success) return parsed.data as unknown as EntryBody<T>;
  const paths = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`);
  throw new TypeError(`the body of ${type} is not valid at ${paths.join(', ')}`);
}

/** Body of a stored entry of a known type. */
export function bodyOf<T extends EntryType>(type: T, entry: Pick<StoredEntry, 'text' | 'type'>): EntryBody<T> {
  if (entry.type !== type) throw new TypeError(`a ${entry.type} has no body of ${type}`);
  return parseBody(type, parseEnvelope(entry.text).body);
}

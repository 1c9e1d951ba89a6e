import type { EntryBody, EntryType } from '../../contract/journal-entry.ts';

/** A body of a known type, in the shape of its type. */
export type ReadBody = { readonly [T in EntryType]: { readonly type: T; readonly body: EntryBody<T> } }[EntryType];

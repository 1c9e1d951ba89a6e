import type { ReadTx, WriteTx } from '../db/open.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { RandomPort } from '../ports.ts';
import type { PageRow } from './document-store.ts';
import { unwrapPage, type WrappedPage } from './page-seal.ts';
import { closeView, findOpenView, insertView } from './view-key-store.ts';

const KEY_BYTES = 32;

/** A view key that a page may be wrapped under. */
export type UsableView = { readonly subject: string; readonly viewKey: Uint8Array | null };

/** "The counter can show the page while it serves the citizen and cannot afterwards": one key for each service, destroyed at its end. */
export type PageViews = {
  /** The view of an open stream; a new one where there is none, or where the old one has ended by the clock. */
  readonly use: (tx: WriteTx, stream: string, hours: number) => Promise<UsableView>;
  /** A view without a key, for a page that is taken again after its service was closed. */
  readonly closedView: (tx: WriteTx, stream: string) => Promise<UsableView>;
  /** What is wrapped of a page; undefined where its view is closed or has ended. */
  readonly open: (tx: ReadTx, row: PageRow) => Promise<WrappedPage | undefined>;
};

export function createPageViews(deps: {
  readonly subjectKeys: SubjectKeys;
  readonly random: RandomPort;
  readonly newId: () => string;
  readonly now: () => number;
}): PageViews {
  const { subjectKeys, random, newId, now } = deps;

  const keyOf = async (tx: ReadTx, stream: string): Promise<{ subject: string; viewKey: Uint8Array } | undefined> => {
    const view = await findOpenView(tx, stream);
    if (view === undefined || view.closesAt <= now()) return undefined;
    const viewKey = await subjectKeys.findSubjectKey(tx, view.subject);
    return viewKey === undefined ? undefined : { subject: view.subject, viewKey };
  };

  return {
    use: async (tx, stream, hours) => {
      const found = await keyOf(tx, stream);
      if (found !== undefined) return found;
      await closeView(tx, stream, now());
      const subject = newId();
      const viewKey = random.bytes(KEY_BYTES);
      const openedAt = now();
      await insertView(tx, { subject, stream, openedAt, closesAt: openedAt + hours * 3_600_000, closedAt: null });
      await subjectKeys.storeSubjectKey(tx, subject, viewKey);
      return { subject, viewKey };
    },
    closedView: async (tx, stream) => {
      const subject = newId();
      const at = now();
      await insertView(tx, { subject, stream, openedAt: at, closesAt: at, closedAt: at });
      return { subject, viewKey: null };
    },
    open: async (tx, row) => {
      if (row.wrapped_key === null) return undefined;
      const view = await keyOf(tx, row.stream);
      if (view === undefined || view.subject !== row.view_subject) return undefined;
      const page = unwrapPage(view.viewKey, row.stream, row.wrapped_key);
      if (page === undefined) throw new Error('a wrapped page key does not open under its own view key');
      return page;
    },
  };
}

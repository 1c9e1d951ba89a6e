import type { Refusal } from '../../../contract/errors.ts';
import type { EntryBody } from '../../../contract/journal-entry.ts';
import type { KeptPage, pageSpaceSchema } from '../../../contract/views-documents.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import type { z } from 'zod';
import {
  discardPage,
  findPage,
  keptPageOf,
  type PageRow,
  pageFigures,
  readDiscardedOf,
  readPagesOf,
} from './document-store.ts';
import type { PageFiles } from './page-files.ts';
import type { Surroundings } from './page-rules.ts';
import { openPage } from './page-seal.ts';
import { spaceFor } from './page-space.ts';
import type { PageViews } from './page-views.ts';

type ShowRefusal = Refusal<'PAGE_UNKNOWN' | 'PAGE_NOT_SHOWN' | 'PAGE_DAMAGED'> | StorageRefusal;
type DiscardRefusal =
  | Refusal<'PAGE_UNKNOWN' | 'PAGE_NOT_SHOWN' | 'TRANSACTION_UNKNOWN' | 'TRANSACTION_CLOSED'>
  | StorageRefusal;

/** Pages in safe keeping: listed, shown while their service is open, taken back. */
export type DocumentsService = {
  readonly of: (stream: string) => Promise<KeptPage[]>;
  /** The JPEG itself; the look is committed before the first byte is opened. */
  readonly open: (signIn: SignIn, documentId: string) => Promise<Result<Buffer, ShowRefusal>>;
  readonly discard: (
    signIn: SignIn,
    documentId: string,
    why: Pick<EntryBody<'document.discarded'>, 'reason' | 'note'>,
  ) => Promise<Result<{ pages: KeptPage[] }, DiscardRefusal>>;
  /** Records what the officer did with what was read; never the values. */
  readonly settleReading: (
    signIn: SignIn,
    documentId: string,
    fields: EntryBody<'document.read'>['fields'],
  ) => Promise<Result<Record<string, never>, Refusal<'PAGE_UNKNOWN'> | StorageRefusal>>;
  /** Removes the files of pages that were taken back with their service; call it after that commit. */
  readonly letGo: (stream: string) => Promise<void>;
  readonly space: () => Promise<Readonly<z.infer<typeof pageSpaceSchema>>>;
};

type Deps = Pick<Surroundings, 'streamState'> & {
  readonly db: Db;
  readonly journal: Journal;
  readonly files: PageFiles;
  readonly views: PageViews;
  readonly events: EventsPort;
};

export function createDocumentsService(deps: Deps): DocumentsService {
  const { db, journal, files, views, events, streamState } = deps;

  const listed = async (tx: ReadTx, stream: string): Promise<KeptPage[]> => {
    const rows = await readPagesOf(tx, stream);
    const pages: KeptPage[] = [];
    for (const row of rows) pages.push(keptPageOf(row, (await views.open(tx, row)) !== undefined));
    return pages;
  };

  const findKept = async (tx: ReadTx, documentId: string): Promise<PageRow | undefined> => {
    const row = await findPage(tx, documentId);
    return row?.state === 'discarded' ? undefined : row;
  };

  return {
    of: (stream) => db.read((tx) => listed(tx, stream)),

    open: async (signIn, documentId) => {
      const looked = await journal.record(async (tx, append) => {
        const row = await findKept(tx, documentId);
        if (row === undefined) return err({ code: 'PAGE_UNKNOWN' as const });
        const page = (await streamState(tx, row.stream)) === 'open' ? await views.open(tx, row) : undefined;
        if (page === undefined) return err({ code: 'PAGE_NOT_SHOWN' as const });
        append({
          type: 'document.viewed',
          stream: row.stream,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { documentId },
        });
        return ok({ row, pageKey: page.pageKey });
      });
      if (!looked.ok) return looked;
      const { row, pageKey } = looked.value;
      const bytes = await files.read(documentId);
      const jpeg = bytes === undefined ? undefined : openPage(bytes, row, pageKey);
      return jpeg === undefined ? err({ code: 'PAGE_DAMAGED', details: { found: 'keeping' } }) : ok(jpeg);
    },

    discard: async (signIn, documentId, { reason, note }) => {
      const discarded = await journal.record(async (tx, append) => {
        const row = await findKept(tx, documentId);
        if (row === undefined) return err({ code: 'PAGE_UNKNOWN' as const });
        const state = await streamState(tx, row.stream);
        if (state === 'unknown') return err({ code: 'TRANSACTION_UNKNOWN' as const });
        if (state === 'closed') return err({ code: 'TRANSACTION_CLOSED' as const, details: { state } });
        append({
          type: 'document.discarded',
          stream: row.stream,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { documentId, reason, note },
        });
        await discardPage(tx, documentId);
        return ok({ pages: await listed(tx, row.stream) });
      });
      if (!discarded.ok) return discarded;
      // Only now: what is cut off here is a file of a discarded page, which the next start removes.
      await files.remove(documentId);
      events.publish('documents');
      return discarded;
    },

    settleReading: (signIn, documentId, fields) =>
      journal.record(async (tx, append) => {
        const row = await findKept(tx, documentId);
        if (row === undefined) return err({ code: 'PAGE_UNKNOWN' as const });
        append({
          type: 'document.read',
          stream: row.stream,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { documentId, fields: [...fields] },
        });
        return ok({});
      }),

    letGo: async (stream) => {
      const discarded = await db.read((tx) => readDiscardedOf(tx, stream));
      for (const documentId of discarded) await files.remove(documentId);
      if (discarded.length > 0) events.publish('documents');
    },

    space: async () => {
      const freeDiskBytes = await files.freeBytes();
      return await db.read(async (tx) => {
        const { pages } = await readPolicy(tx);
        return spaceFor(pages, { ...(await pageFigures(tx)), freeDiskBytes });
      });
    },
  };
}

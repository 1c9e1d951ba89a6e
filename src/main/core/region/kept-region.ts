import {
  regionAnswerSchema,
  type RegionOutlet,
  regionQueueAnswerSchema,
  type QueueItem,
} from '../../../contract/region.ts';
import {
  type RegionDayAnswer,
  regionDayAnswerSchema,
  regionDayEntriesAnswerSchema,
  regionDaysAnswerSchema,
  type RegionDaySummary,
  regionDayTransactionsAnswerSchema,
} from '../../../contract/region-day.ts';
import type { Kept, RegionQuestion } from '../../../contract/views-region.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { keptList } from './kept-pages.ts';
import { type KeptPage, readPages, readQuestions } from './region-page-store.ts';
import { DAY_LISTS, questionName } from './region-questions.ts';

export type DayKey = { readonly outletId: string; readonly businessOn: LocalDate };

/** Reads what is kept of one supervisor's region, in one transaction. */
export function keptRegion(tx: ReadTx, cipher: ColumnCipher, supervisorId: string) {
  const pagesOf = (question: RegionQuestion): Promise<readonly KeptPage[]> =>
    readPages(tx, cipher, { supervisorId, question: questionName(question) });
  const daysUnder = async (question: string) =>
    keptList(
      await readPages(tx, cipher, { supervisorId, question }),
      (text) => regionDaysAnswerSchema.parse(JSON.parse(text)),
      ({ days }) => days,
      ({ outletId, businessOn }) => `${outletId} ${businessOn}`,
    );
  return {
    outlets: async () =>
      keptList(
        await pagesOf({ of: 'outlets' }),
        (text) => regionAnswerSchema.parse(JSON.parse(text)),
        ({ outlets }) => outlets,
        ({ outletId }) => outletId,
      ),
    queue: async (kind: QueueItem['kind'] | null) =>
      keptList(
        await pagesOf({ of: 'queue', kind }),
        (text) => regionQueueAnswerSchema.parse(JSON.parse(text)),
        ({ items }) => items,
        (item) => `${item.kind} ${item.subject}`,
      ),
    days: (question: Extract<RegionQuestion, { of: 'days' }>) => daysUnder(questionName(question)),
    day: async (key: DayKey): Promise<Kept & { readonly day: RegionDayAnswer | null }> => {
      const [page] = await pagesOf({ of: 'day', ...key });
      return page === undefined
        ? { loadedAt: null, complete: false, day: null }
        : { loadedAt: page.loadedAt, complete: true, day: regionDayAnswerSchema.parse(JSON.parse(page.text)) };
    },
    transactions: async (key: DayKey) =>
      keptList(
        await pagesOf({ of: 'transactions', ...key }),
        (text) => regionDayTransactionsAnswerSchema.parse(JSON.parse(text)),
        ({ transactions }) => transactions,
        ({ entryHash }) => entryHash,
      ),
    entries: async (key: DayKey, type: string | null) =>
      keptList(
        await pagesOf({ of: 'entries', ...key, type }),
        (text) => regionDayEntriesAnswerSchema.parse(JSON.parse(text)),
        ({ entries }) => entries,
        ({ entryHash }) => entryHash,
      ),
    /** A day as any list shows it. */
    summaries: async ({ outletId, businessOn }: DayKey): Promise<readonly RegionDaySummary[]> => {
      const lists = await Promise.all((await readQuestions(tx, supervisorId, DAY_LISTS)).map(daysUnder));
      return lists
        .flatMap(({ rows }) => rows.map(({ row }) => row))
        .filter((row) => row.outletId === outletId && row.businessOn === businessOn);
    },
    outlet: async (outletId: string): Promise<RegionOutlet | undefined> => {
      const pages = await pagesOf({ of: 'outlets' });
      for (const { text } of pages) {
        const found = regionAnswerSchema.parse(JSON.parse(text)).outlets.find((one) => one.outletId === outletId);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

export type KeptRegion = ReturnType<typeof keptRegion>;

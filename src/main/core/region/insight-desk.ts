import { regionDayPaperAnswerSchema } from '../../../contract/day-paper.ts';
import { regionQualityAnswerSchema, regionSignalsAnswerSchema } from '../../../contract/region-insight.ts';
import { regionMonthAnswerSchema } from '../../../contract/region.ts';
import type { DayPaperView, MonthView, QualityView, SignalsView } from '../../../contract/views-insight.ts';
import type { RegionQuestion } from '../../../contract/views-region.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { keptList, keptPart } from './kept-pages.ts';
import { readPages } from './region-page-store.ts';
import { questionName } from './region-questions.ts';

type Part = { readonly offset: number; readonly limit: number };
/** A part of a day: 0 is the day itself, the others are its supplements. */
type PaperKey = { readonly outletId: string; readonly businessOn: LocalDate; readonly part: number };

/** Weeks, months and papers of a supervisor's region, as they were loaded. */
export type InsightDesk = {
  readonly month: (signIn: SignIn, asked: Part & { readonly month: string }) => Promise<MonthView>;
  readonly signals: (signIn: SignIn, asked: Part) => Promise<SignalsView>;
  readonly quality: (signIn: SignIn, asked: Part) => Promise<QualityView>;
  readonly paper: (signIn: SignIn, key: PaperKey) => Promise<DayPaperView>;
};

type Deps = { readonly db: Pick<Db, 'read'>; readonly cipher: ColumnCipher };

export function createInsightDesk({ db, cipher }: Deps): InsightDesk {
  const pagesOf = (tx: ReadTx, { officerId: supervisorId }: SignIn, question: RegionQuestion) =>
    readPages(tx, cipher, { supervisorId, question: questionName(question) });
  return {
    month: (signIn, { month, ...part }) =>
      db.read(async (tx) => {
        const { head, ...list } = keptList(
          await pagesOf(tx, signIn, { of: 'month', month }),
          (text) => regionMonthAnswerSchema.parse(JSON.parse(text)),
          ({ outlets }) => outlets,
          ({ outletId }) => outletId,
        );
        if (head === undefined) return { head: null, ...keptPart(list, part) };
        const { outlets: _outlets, next: _next, ...rest } = head;
        return { head: rest, ...keptPart(list, part) };
      }),
    signals: (signIn, part) =>
      db.read(async (tx) => {
        const { head, ...list } = keptList(
          await pagesOf(tx, signIn, { of: 'signals' }),
          (text) => regionSignalsAnswerSchema.parse(JSON.parse(text)),
          ({ signals }) => signals,
          ({ outletId, kind, by, entries }) => `${outletId} ${kind} ${by?.officerId ?? ''} ${entries[0] ?? ''}`,
        );
        if (head === undefined) return { head: null, ...keptPart(list, part) };
        const { signals: _signals, next: _next, ...rest } = head;
        return { head: rest, ...keptPart(list, part) };
      }),
    quality: (signIn, part) =>
      db.read(async (tx) => {
        const { head, ...list } = keptList(
          await pagesOf(tx, signIn, { of: 'quality' }),
          (text) => regionQualityAnswerSchema.parse(JSON.parse(text)),
          ({ outlets }) => outlets,
          ({ outletId }) => outletId,
        );
        if (head === undefined) return { head: null, ...keptPart(list, part) };
        const { outlets: _outlets, next: _next, ...rest } = head;
        return { head: rest, ...keptPart(list, part) };
      }),
    paper: (signIn, key) =>
      db.read(async (tx) => {
        const [page] = await pagesOf(tx, signIn, { of: 'paper', ...key });
        if (page === undefined) return { loadedAt: null, complete: false, paper: null };
        const paper = regionDayPaperAnswerSchema.parse(JSON.parse(page.text));
        return { loadedAt: page.loadedAt, complete: true, paper };
      }),
  };
}

import type { RegionOutlet } from '../../../contract/region.ts';
import type { OverdueView } from '../../../contract/views-sticks.ts';
import type {
  DayList,
  Kept,
  RegionDaysView,
  RegionDayView,
  RegionEntriesView,
  RegionOutletsView,
  RegionQuestion,
  RegionQueueView,
  RegionTransactionsView,
} from '../../../contract/views-region.ts';
import { isRegencyCode, regencyName } from '../../../domain/regency.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { EventsPort } from '../ports.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import type { RegionLine, RegionLineRefusal } from '../sync/region-line.ts';
import { keptRegion, type DayKey } from './kept-region.ts';
import { keptPart, stretch } from './kept-pages.ts';
import { overdueOutlets, silenceOf } from './overdue-outlets.ts';
import { dropPages, findNewestPage, putPage } from './region-page-store.ts';
import { nextOf, putQuestion, questionName } from './region-questions.ts';

type Part = { readonly offset: number; readonly limit: number };
type Asked<T> = T & Part;

/** What a supervisor sees of his region: read from this device, loaded from the province page by page. */
export type RegionDesk = {
  readonly outlets: (signIn: SignIn, asked: Asked<{ readonly search: string }>) => Promise<RegionOutletsView>;
  readonly days: (signIn: SignIn, asked: Asked<DayList>) => Promise<RegionDaysView>;
  readonly day: (signIn: SignIn, key: DayKey) => Promise<RegionDayView>;
  readonly transactions: (signIn: SignIn, asked: Asked<DayKey>) => Promise<RegionTransactionsView>;
  readonly entries: (
    signIn: SignIn,
    asked: Asked<DayKey & { readonly type: string | null }>,
  ) => Promise<RegionEntriesView>;
  readonly queue: (
    signIn: SignIn,
    asked: Asked<Pick<Extract<RegionQuestion, { of: 'queue' }>, 'kind'>>,
  ) => Promise<RegionQueueView>;
  /** Outlets that are silent for too long, or that come by flashdisk. */
  readonly overdue: (signIn: SignIn, limit: number) => Promise<OverdueView>;
  /** Asks for one page and keeps it. Whoever is not appointed any more loses what was kept for him. */
  readonly load: (
    signIn: SignIn,
    asked: { readonly question: RegionQuestion; readonly more: boolean },
  ) => Promise<Result<Kept, RegionLineRefusal | StorageRefusal>>;
};

type Deps = {
  readonly db: Db;
  readonly cipher: ColumnCipher;
  readonly events: EventsPort;
  readonly line: RegionLine;
  readonly now: () => number;
};

/** Whether a typed text is in an outlet's name, number, regency or region; every word of it, in any order. */
function isFound(outlet: Pick<RegionOutlet, 'name' | 'outletId' | 'regency' | 'regionName'>, search: string): boolean {
  const { name, outletId, regency, regionName } = outlet;
  const place = isRegencyCode(regency) ? regencyName(regency) : '';
  const words = `${name} ${outletId} ${place} ${regionName ?? ''}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

export function createRegionDesk({ db, cipher, events, line, now }: Deps): RegionDesk {
  const read = <T>({ officerId }: SignIn, of: (kept: ReturnType<typeof keptRegion>) => Promise<T>): Promise<T> =>
    db.read((tx) => of(keptRegion(tx, cipher, officerId)));

  const forget = async (supervisorId: string, code: string, name: string): Promise<Result<void, StorageRefusal>> =>
    await db.write(async (tx) => {
      if (code === 'REGION_NOT_APPOINTED') await dropPages(tx, supervisorId);
      if (code === 'REGION_OUT_OF_SCOPE') await dropPages(tx, supervisorId, name);
      return ok(undefined);
    });

  return {
    outlets: (signIn, { search, ...part }) =>
      read(signIn, async (kept) => {
        const { rows, head, loadedAt, complete } = await kept.outlets();
        const found = rows.filter(({ row }) => isFound(row, search));
        const { outlets: _outlets, next: _next, ...region } = head ?? { outlets: [], next: null };
        return {
          loadedAt,
          complete,
          head: head === undefined ? null : (region as Omit<typeof head, 'outlets' | 'next'>), // the rest of a head that is there
          ...stretch(
            found.map(({ row, loadedAt: rowLoadedAt }) => ({ ...row, loadedAt: rowLoadedAt })),
            part,
          ),
        };
      }),
    days: (signIn, { on, waiting, ...part }) =>
      read(signIn, async (kept) => keptPart(await kept.days({ of: 'days', on, waiting }), part)),
    day: (signIn, key) => read(signIn, (kept) => kept.day(key)),
    transactions: (signIn, { outletId, businessOn, ...part }) =>
      read(signIn, async (kept) => keptPart(await kept.transactions({ outletId, businessOn }), part)),
    entries: (signIn, { outletId, businessOn, type, ...part }) =>
      read(signIn, async (kept) => keptPart(await kept.entries({ outletId, businessOn }, type), part)),
    queue: (signIn, { kind, ...part }) =>
      read(signIn, async (kept) => {
        const { head, ...list } = await kept.queue(kind);
        return { counts: head?.counts ?? [], ...keptPart(list, part) };
      }),

    overdue: ({ officerId }, limit) =>
      db.read(async (tx) => {
        const { rows, loadedAt } = await keptRegion(tx, cipher, officerId).outlets();
        const limitDays = (await readPolicy(tx)).caps.daysSinceContact;
        const all = overdueOutlets(rows.map(({ row }) => silenceOf(row, limitDays, now())));
        const overdue = all.filter((one) => one.overdue).length;
        return { limitDays, loadedAt, overdue, outlets: all.slice(0, limit) };
      }),

    load: async ({ officerId: supervisorId }, { question, more }) => {
      const asked = { supervisorId, question: questionName(question) };
      const newest = await db.read((tx) => findNewestPage(tx, asked));
      // Nothing comes after the last page, and nothing after none: then it begins anew.
      const after = more && newest !== undefined && newest.next !== null ? newest : undefined;
      const { path, body, schema } = putQuestion(question, after?.next ?? null);
      const answer = await line.ask({ path, body: { supervisorId, ...body }, schema });
      if (!answer.ok) {
        const forgotten = await forget(supervisorId, answer.error.code, asked.question);
        events.publish('region');
        return forgotten.ok ? answer : forgotten;
      }
      const loadedAt = now();
      const next = nextOf(answer.value);
      const kept = await db.write(async (tx) => {
        await putPage(tx, cipher, asked, {
          sweep: after?.sweep ?? Math.max(loadedAt, (newest?.sweep ?? 0) + 1),
          page: after === undefined ? 0 : after.page + 1,
          loadedAt,
          next,
          text: JSON.stringify(answer.value),
        });
        return ok({ loadedAt, complete: next === null });
      });
      events.publish('region');
      return kept;
    },
  };
}

import { useMemo, useState } from 'react';
import type { RegionDayAnswer, RegionDaySummary } from '../../../contract/region-day.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { useProcedure } from '../../app/queries.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { useWords } from '../../app/region/Words.tsx';
import { useCounter } from '../../app/status.tsx';
import {
  isSaid,
  listQuestion,
  nextSignature,
  type RecapList,
  type RecapRow,
  recapRows,
  rowKey,
  type Signature,
  signatureOf,
} from './recap-rows.ts';
import type { ToSign } from './SignSheet.tsx';

const MOST = 200;
const NO_DAYS: readonly RegionDaySummary[] = [];
const NO_DAY = { outletId: '0000-000', businessOn: '2026-01-01' } as const;

type DayKey = Readonly<{ outletId: string; businessOn: LocalDate }>;
type Asked = Readonly<{ outletId?: string; businessOn?: LocalDate }>;

const keyText = ({ outletId, businessOn }: DayKey): string => `${outletId} ${businessOn}`;

function summaryToSign(day: RegionDaySummary, signature: Signature): readonly ToSign[] {
  const part = day[signature];
  const { outletId, outletName, businessOn, sales, journal, legs } = day;
  return part === null ? [] : [{ outletId, outletName, businessOn, sales, journal, legs, ...part }];
}

function dayToSign(day: RegionDayAnswer, signature: Signature): readonly ToSign[] {
  const part = day[signature];
  const { outletId, outletName, businessOn, transactions, match } = day;
  const { journal, legs } = match;
  return part === null ? [] : [{ outletId, outletName, businessOn, sales: transactions.count, journal, legs, ...part }];
}

/** What the primary key signs: the whole list, or the day as it was loaded last; nothing where it is not his to sign. */
function whatToSign(
  row: RecapRow | undefined,
  day: RegionDayAnswer | undefined,
  signature: Signature | undefined,
  words: Parameters<typeof isSaid>[0],
): readonly ToSign[] {
  if (signature === undefined) return [];
  if (row?.kind === 'all') return row.days.flatMap((one) => summaryToSign(one, signature));
  if (day === undefined || day.isOwnWork || isSaid(words, day, signature)) return [];
  return dayToSign(day, signature);
}

/** The days that are listed, fresh from the province as far as there is a line. */
function useDays(list: RecapList, on: LocalDate, settled: string) {
  const question = listQuestion(list, on);
  const load = useRegionLoad({ of: 'days', ...question }, settled);
  const { value: kept } = useProcedure('region.days', { ...question, offset: 0, limit: MOST }, { keepPrevious: true });
  // Whose outlet it is by which letter stands with the outlets: a signature needs it.
  const outlets = useProcedure('region.outlets', { search: '', offset: 0, limit: 1 });
  useRegionLoad(outlets.value?.loadedAt === null ? { of: 'outlets' } : undefined);
  return { load, kept };
}

/** The day that is chosen, as it was loaded last. */
function useDay(key: DayKey | undefined, settled: string) {
  const load = useRegionLoad(key === undefined ? undefined : { of: 'day', ...key }, settled);
  const { value } = useProcedure('region.day', key ?? NO_DAY, { enabled: key !== undefined });
  return { dayLoad: load, day: key === undefined ? undefined : (value?.day ?? undefined) };
}

/** Everything that the screen of Rekap Harian stands on. */
export function useRecap(asked: Asked) {
  const { status } = useCounter();
  const { outletId, businessOn } = asked;
  const first = outletId === undefined || businessOn === undefined ? undefined : { outletId, businessOn };
  const [list, setList] = useState<RecapList>(first === undefined ? 'close' : 'date');
  const [on, setOn] = useState(first?.businessOn ?? status.clock.today);
  const [at, setAt] = useState(first === undefined ? undefined : keyText(first));
  const [sheet, setSheet] = useState<Readonly<{ days: readonly ToSign[]; signature: Signature }> | undefined>();
  const [showsEntries, setShowsEntries] = useState(false);
  const [group, setGroup] = useState<string | undefined>();
  const { words, others, settled } = useWords();
  const { load, kept } = useDays(list, on, settled);
  const days = kept?.rows ?? NO_DAYS;
  const rows = useMemo(() => recapRows(days, words, list), [days, words, list]);
  const found = rows.find((one) => rowKey(one) === at);
  const row = found ?? (at === undefined ? rows[0] : undefined);
  // A day that another screen asked for is opened whether a list has it or not.
  const isAsked = row === undefined && first !== undefined && at === keyText(first);
  const key: DayKey | undefined = row?.kind === 'day' ? row.day : isAsked ? first : undefined;
  const shown = key === undefined ? undefined : { outletId: key.outletId, businessOn: key.businessOn };
  const { dayLoad, day } = useDay(shown, settled);
  const next = day === undefined ? undefined : nextSignature(day);
  const signature = row?.kind === 'all' ? signatureOf(list) : next;
  const toSign = whatToSign(row, day, signature, words);
  return {
    ...{
      list,
      on,
      at,
      rows,
      row,
      kept,
      load,
      key,
      day,
      dayLoad,
      words,
      others,
      group,
      sheet,
      showsEntries,
      signature,
      toSign,
    },
    setShowsEntries,
    setSheet,
    setAt,
    setList: (chosen: RecapList): void => {
      setList(chosen);
      setAt(undefined);
    },
    setOn: (date: LocalDate): void => {
      setOn(date);
      setAt(undefined);
    },
    press: (): void => {
      if (signature !== undefined && toSign.length > 0) setSheet({ days: toSign, signature });
    },
    /** After a word: its outcome is what the screen shows next. */
    said: (words: string): void => {
      setGroup(words);
      setSheet(undefined);
      setShowsEntries(false);
    },
  };
}

export type RecapState = ReturnType<typeof useRecap>;

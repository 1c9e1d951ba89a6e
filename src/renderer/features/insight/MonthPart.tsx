import { NativeSelect, SegmentedControl } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { MonthView } from '../../../contract/views-insight.ts';
import { isRegencyCode, regencyName } from '../../../domain/regency.ts';
import { useProcedure } from '../../app/queries.tsx';
import { LoadRefusal } from '../../app/region/LoadRefusal.tsx';
import { RegionScreen } from '../../app/region/RegionScreen.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { useCounter } from '../../app/status.tsx';
import { count, money } from '../../text/format.ts';
import { INSIGHT_TEXT } from '../../text/insight-text.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { TwoLines } from '../../ui/TwoLines.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { PartBar, ShareBar } from './bars.tsx';
import styles from './Insight.module.css';
import { MonthExportSheet } from './MonthExportSheet.tsx';
import { accountName, lastMonths, monthRows, type MonthRow, sharesOf } from './month-rows.ts';

type List = keyof typeof INSIGHT_TEXT.lists;
type Head = NonNullable<MonthView['head']>;

const LISTS: readonly List[] = ['outlets', 'accounts', 'regencies'];
const MOST = 200;
const ROW_REM = 3;
const COLUMNS = 'minmax(0, 1.6fr) minmax(0, 1.4fr) 10rem 10rem 10rem';
const placeName = (regency: string): string => (isRegencyCode(regency) ? regencyName(regency) : regency);

function Totals({ total }: Pick<Head, 'total'>): ReactNode {
  const unsigned = total.journal - total.journalSigned;
  const figures: readonly (readonly [string, string, boolean])[] = [
    [INSIGHT_TEXT.journal, money(total.journal), false],
    [INSIGHT_TEXT.signed, money(total.journalSigned), false],
    [INSIGHT_TEXT.unsigned, money(unsigned), unsigned !== 0],
    [INSIGHT_TEXT.days, INSIGHT_TEXT.daysOf(total.daysSigned, total.days), total.daysSigned < total.days],
    [INSIGHT_TEXT.sales, count(total.sales), false],
  ];
  return (
    <dl className={styles['figures']}>
      {figures.map(([name, value, waits]) => (
        <div key={name} data-waits={waits}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Shares({ total }: Pick<Head, 'total'>): ReactNode {
  const shares = sharesOf(total.accounts);
  const words = shares.map(({ key, value }) => `${INSIGHT_TEXT.shares[key]} ${money(value)}`);
  return (
    <section className={styles['picture']} aria-label={INSIGHT_TEXT.picture}>
      <ShareBar shares={shares} label={words.join(', ')} />
      <ul className={styles['legend']}>
        {shares.map(({ key }, at) => (
          <li key={key}>
            <svg width="12" height="12" aria-hidden>
              <rect className={styles['swatch']} data-series={at} width="12" height="12" />
            </svg>
            {words[at]}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ row, most }: Readonly<{ row: MonthRow; most: number }>): ReactNode {
  const { name, note, waits, days, all, signed, last } = row;
  return (
    <>
      <TwoLines>
        <strong title={name}>{name}</strong>
        <small data-tone={waits ? 'waiting' : undefined} title={note}>
          {note}
        </small>
      </TwoLines>
      <TwoLines>
        <PartBar part={signed} all={all} most={most} label={INSIGHT_TEXT.bar(signed, all)} />
        <small>{days}</small>
      </TwoLines>
      <span className={styles['figure']}>{money(all)}</span>
      <span className={styles['figure']}>{money(signed)}</span>
      <span className={styles['figure']}>{money(last)}</span>
    </>
  );
}

/** Loads the pages after the first by itself: totals and files are of the whole month. */
function useWholeMonth(month: string) {
  const load = useRegionLoad({ of: 'month', month });
  const { value: kept } = useProcedure('insight.month', { month, offset: 0, limit: MOST }, { keepPrevious: true });
  const isPartial = kept !== undefined && kept.loadedAt !== null && !kept.complete;
  const wantsMore = isPartial && !load.busy && load.refusal === undefined;
  const { more } = load;
  const latest = useRef(more);
  useEffect(() => {
    latest.current = more;
  });
  useEffect(() => {
    if (wantsMore) latest.current();
  }, [wantsMore, kept?.count]);
  return { load, kept, isPartial };
}

/** Rekap Bulan: what a month took, what of it is signed, and whose it is; the file for the treasurer. */
export function MonthPart({ tabs }: Readonly<{ tabs: ReactNode }>): ReactNode {
  const { today } = useCounter().status.clock;
  const months = lastMonths(today);
  const [month, setMonth] = useState(months[0] ?? today.slice(0, 7));
  const [list, setList] = useState<List>('outlets');
  const [at, setAt] = useState<string | undefined>();
  const [isSaving, setSaving] = useState(false);
  const { load, kept, isPartial } = useWholeMonth(month);
  const head = kept?.head?.month === month ? kept.head : null;
  const rows = head === null || kept === undefined ? [] : monthRows(list, head, kept.rows, { accountName, placeName });
  const most = Math.max(1, ...rows.map(({ all }) => all));
  const isEmpty = head !== null && head.total.days === 0;
  return (
    <RegionScreen
      title={INSIGHT_TEXT.title}
      choice={
        <>
          {tabs}
          <NativeSelect
            aria-label={INSIGHT_TEXT.month}
            value={month}
            data={months.map((value) => ({ value, label: INSIGHT_TEXT.monthName(value) }))}
            onChange={({ currentTarget: { value } }) => setMonth(value)}
          />
        </>
      }
      kept={kept}
      load={load}
      primary={
        <>
          {isPartial ? <span className={styles['dim']}>{INSIGHT_TEXT.partial(kept?.count ?? 0)}</span> : null}
          <KeyButton
            action="primary"
            primary
            label={INSIGHT_TEXT.save}
            disabled={head === null || isPartial || isEmpty}
            onPress={() => setSaving(true)}
          />
        </>
      }
    >
      <div className={styles['insight']}>
        <LoadRefusal refusal={load.refusal} hasCopy={head !== null} />
        {head === null || isEmpty ? null : (
          <>
            <Totals total={head.total} />
            <Shares total={head.total} />
            <SegmentedControl
              aria-label={INSIGHT_TEXT.parts}
              value={list}
              data={LISTS.map((value) => ({ value, label: INSIGHT_TEXT.lists[value] }))}
              onChange={(next) => {
                setList(next);
                setAt(undefined);
              }}
            />
          </>
        )}
        <div className={styles['table']}>
          <VirtualList<MonthRow>
            label={INSIGHT_TEXT.lists[list]}
            rows={rows}
            keyOf={({ key }) => key}
            rowRem={ROW_REM}
            columns={COLUMNS}
            head={INSIGHT_TEXT.head[list]}
            figuresFrom={2}
            selected={at ?? rows[0]?.key}
            onSelect={({ key }) => setAt(key)}
            autoFocus
            empty={<Empty loaded={head !== null} busy={load.busy} />}
            render={(row) => <Row row={row} most={most} />}
          />
        </div>
      </div>
      {isSaving ? <MonthExportSheet month={month} onClose={() => setSaving(false)} /> : null}
    </RegionScreen>
  );
}

function Empty({ loaded, busy }: Readonly<{ loaded: boolean; busy: boolean }>): ReactNode {
  if (loaded) return <EmptyState text={INSIGHT_TEXT.monthEmpty} />;
  return busy ? null : <EmptyState text={REGION_TEXT.never} next={REGION_TEXT.neverNext} />;
}

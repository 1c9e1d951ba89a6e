import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { RegionDayAnswer, RegionDaySummary } from '../../../contract/region-day.ts';
import type { RegionDaysView } from '../../../contract/views-region.ts';
import type { Place } from '../../app/navigation.tsx';
import { LoadRefusal } from '../../app/region/LoadRefusal.tsx';
import { Others } from '../../app/region/Others.tsx';
import { RegionAge } from '../../app/region/RegionAge.tsx';
import { Words } from '../../app/region/Words.tsx';
import { PAPER_TEXT } from '../../text/insight-text.ts';
import { RECAP_TEXT } from '../../text/recap-text.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import { DateField } from '../../ui/DateField.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { DayPage } from './DayPage.tsx';
import { Entries } from './Entries.tsx';
import { PaperSheet } from './PaperSheet.tsx';
import { RecapListRow } from './RecapListRow.tsx';
import { type RecapList, type RecapRow, rowKey } from './recap-rows.ts';
import styles from './Recap.module.css';
import { SignSheet } from './SignSheet.tsx';
import { type RecapState, useRecap } from './use-recap.ts';

const ROW_REM = 3.5;
const LISTS: readonly RecapList[] = ['close', 'reconciliation', 'date'];

function MatchingList({ days }: Readonly<{ days: readonly RegionDaySummary[] }>): ReactNode {
  return (
    <Pane title={RECAP_TEXT.allMatching(days.length)} fill>
      <p className={styles['dim']}>{RECAP_TEXT.allMatchingHow}</p>
      <ul className={styles['matching']}>
        {days.map((day) => (
          <li key={rowKey({ kind: 'day', day })}>
            <RecapListRow row={{ kind: 'day', day }} words={[]} others={[]} />
          </li>
        ))}
      </ul>
    </Pane>
  );
}

/** The chosen day, as it was loaded last. */
function ChosenDay({ day, busy }: Readonly<{ day: RegionDayAnswer | null | undefined; busy: boolean }>): ReactNode {
  if (day !== null && day !== undefined) return <DayPage day={day} />;
  return busy ? (
    <Waiting busy label={REGION_TEXT.loading} />
  ) : (
    <EmptyState text={REGION_TEXT.never} next={REGION_TEXT.neverNext} />
  );
}

function emptyText(list: RecapList, kept: RegionDaysView | undefined): string {
  if (kept?.loadedAt === null) return REGION_TEXT.never;
  return list === 'date' ? RECAP_TEXT.emptyDate : RECAP_TEXT.empty[list];
}

/** The list on the left: which days, and one of them chosen. */
function Days({ recap }: Readonly<{ recap: RecapState }>): ReactNode {
  const { list, on, kept, rows, row, at, load, words } = recap;
  return (
    <div className={styles['list']}>
      <SegmentedControl
        aria-label={RECAP_TEXT.list}
        orientation="vertical"
        fullWidth
        value={list}
        data={LISTS.map((value) => ({ value, label: RECAP_TEXT.lists[value] }))}
        onChange={recap.setList}
      />
      {list === 'date' ? (
        <DateField
          label={RECAP_TEXT.date}
          value={on}
          // While what is typed is no day, the list stays with the day before it; what is signed names its own days.
          onChange={(date) => {
            if (date !== undefined) recap.setOn(date);
          }}
        />
      ) : null}
      <Pane title={RECAP_TEXT.lists[list]} fill>
        <VirtualList<RecapRow>
          label={RECAP_TEXT.list}
          rows={rows}
          keyOf={rowKey}
          rowRem={ROW_REM}
          columns="minmax(0, 1fr)"
          selected={row === undefined ? at : rowKey(row)}
          onSelect={(next) => recap.setAt(rowKey(next))}
          onOpen={recap.press}
          autoFocus
          empty={kept === undefined ? null : <EmptyState text={emptyText(list, kept)} />}
          render={(one) => <RecapListRow row={one} words={words} others={recap.others} />}
        />
      </Pane>
      {kept === undefined || kept.complete || kept.loadedAt === null ? null : (
        <KeyButton action="recent" label={RECAP_TEXT.loadMore} busy={load.busy} onPress={load.more} />
      )}
    </div>
  );
}

/** What is chosen: all that match, or one day. */
function Chosen({ recap }: Readonly<{ recap: RecapState }>): ReactNode {
  const { row, key, day, dayLoad } = recap;
  if (row?.kind === 'all') return <MatchingList days={row.days} />;
  if (key === undefined) return <EmptyState text={RECAP_TEXT.choose} />;
  return <ChosenDay day={day} busy={dayLoad.busy} />;
}

function labelOf({ row, signature }: RecapState): string {
  if (row?.kind === 'all') return RECAP_TEXT.signAll(row.days.length);
  return signature === undefined ? RECAP_TEXT.noneToSign : RECAP_TEXT.sign[signature];
}

/** Rekap Harian: the days that wait, what should be equal in each, and two signatures at two times. */
export function Recap({ place }: Readonly<{ place: Extract<Place, { screen: 'recap' }> }>): ReactNode {
  const recap = useRecap(place);
  const { day, load, sheet, toSign, words, group } = recap;
  const [showsPaper, setPaper] = useState(false);
  if (recap.showsEntries && day !== undefined) {
    return <Entries day={day} onSaid={recap.said} onBack={() => recap.setShowsEntries(false)} />;
  }
  return (
    <Screen
      title={RECAP_TEXT.title}
      aside={<RegionAge kept={recap.kept} load={load} />}
      primary={
        <>
          <KeyButton
            action="why"
            label={RECAP_TEXT.entriesOpen}
            disabled={day === undefined}
            onPress={() => recap.setShowsEntries(true)}
          />
          <KeyButton
            action="quote"
            label={PAPER_TEXT.open}
            disabled={day === undefined}
            onPress={() => setPaper(true)}
          />
          <KeyButton
            action="primary"
            primary
            label={labelOf(recap)}
            disabled={toSign.length === 0}
            onPress={recap.press}
          />
        </>
      }
    >
      <Days recap={recap} />
      <div className={styles['right']}>
        <Others others={recap.others.filter(({ waited }) => waited === null)} />
        <Words words={words.filter((word) => word.group === group)} />
        <LoadRefusal refusal={load.refusal} hasCopy />
        <Chosen recap={recap} />
      </div>
      {sheet === undefined ? null : (
        <SignSheet {...sheet} onSigned={recap.said} onClose={() => recap.setSheet(undefined)} />
      )}
      {showsPaper && day !== undefined ? <PaperSheet day={day} onClose={() => setPaper(false)} /> : null}
    </Screen>
  );
}

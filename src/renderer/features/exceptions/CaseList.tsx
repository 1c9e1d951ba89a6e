import { Button, SegmentedControl } from '@mantine/core';
import type { ReactNode, RefObject } from 'react';
import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { CASE_OWNERS } from '../../../domain/exception-case.ts';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import { CASE_KIND_TEXT, CASE_TEXT } from '../../text/case-text.ts';
import { dateTime } from '../../text/format.ts';
import { UNCLAIMED_TEXT } from '../../text/unclaimed-text.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Exceptions.module.css';

/** Which cases are listed: all, those whose turn is somebody's, or those whose money nobody fetched. */
export type Asked = 'all' | 'unclaimed' | ExceptionCaseView['owner'];

const OWNER_CHOICES: readonly Readonly<{ value: Asked; label: string }>[] = [
  { value: 'all', label: CASE_PAGE_TEXT.all },
  ...CASE_OWNERS.map((value) => ({ value, label: CASE_PAGE_TEXT.owners[value] })),
];

const isUnclaimed = ({ unclaimed }: ExceptionCaseView): boolean => unclaimed !== null;

/** The cases that were asked for, in their order. */
export function casesOf(all: readonly ExceptionCaseView[], asked: Asked): readonly ExceptionCaseView[] {
  if (asked === 'all') return all;
  return all.filter((each) => (asked === 'unclaimed' ? isUnclaimed(each) : each.owner === asked));
}

function Row({ one }: Readonly<{ one: ExceptionCaseView }>): ReactNode {
  return (
    <span className={styles['row']}>
      <span className={styles['rowHead']}>
        {one.nrkb === null ? null : <Plate nrkb={one.nrkb} />}
        <span className={styles['dim']}>{dateTime(one.openedAt)}</span>
      </span>
      <ToneMark
        tone="person"
        word={[CASE_KIND_TEXT[one.kind], ...(isUnclaimed(one) ? [UNCLAIMED_TEXT.title] : [])].join(' · ')}
      />
      <span className={styles['dim']}>
        {[one.number ?? '', CASE_PAGE_TEXT.owners[one.owner]].filter((part) => part !== '').join(' · ')}
      </span>
    </span>
  );
}

type CaseListProps = Readonly<{
  place: RefObject<HTMLDivElement | null>;
  all: readonly ExceptionCaseView[];
  cases: readonly ExceptionCaseView[];
  asked: Asked;
  onAsked: (asked: Asked) => void;
  selected: string | undefined;
  onSelect: (one: ExceptionCaseView) => void;
}>;

/** The cases, and whose turn is asked for. */
export function CaseList({ place, all, cases, asked, onAsked, selected, onSelect }: CaseListProps): ReactNode {
  const unclaimed = all.filter(isUnclaimed).length;
  return (
    <div ref={place} className={styles['list']}>
      <Pane title={CASE_TEXT.list} fill>
        <SegmentedControl
          aria-label={CASE_PAGE_TEXT.filter}
          size="xs"
          fullWidth
          value={asked}
          data={[...OWNER_CHOICES]}
          onChange={(value) => onAsked(OWNER_CHOICES.find((choice) => choice.value === value)?.value ?? 'all')}
        />
        {unclaimed === 0 && asked !== 'unclaimed' ? null : (
          <Button
            variant={asked === 'unclaimed' ? 'filled' : 'light'}
            size="compact-sm"
            fullWidth
            aria-pressed={asked === 'unclaimed'}
            onClick={() => onAsked(asked === 'unclaimed' ? 'all' : 'unclaimed')}
          >
            {UNCLAIMED_TEXT.filter(unclaimed)}
          </Button>
        )}
        <VirtualList<ExceptionCaseView>
          label={CASE_TEXT.list}
          rows={cases}
          keyOf={(each) => each.caseId}
          rowRem={5.5}
          columns="minmax(0, 1fr)"
          selected={selected}
          onSelect={onSelect}
          autoFocus
          empty={
            all.length === 0 ? (
              <EmptyState text={CASE_TEXT.empty} next={CASE_TEXT.emptyNext} />
            ) : (
              <p className={styles['dim']}>{CASE_PAGE_TEXT.nothingHere}</p>
            )
          }
          render={(each) => <Row one={each} />}
        />
      </Pane>
    </div>
  );
}

import { IconAlertTriangle, IconChecks, IconCircleCheck, IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { OthersWord, RegionWord } from '../../../contract/views-region.ts';
import { dayNotice, RECAP_TEXT } from '../../text/recap-text.ts';
import { WORD_TEXT } from '../../text/word-text.ts';
import { isSaid, nextSignature, type RecapRow, saidByOther } from './recap-rows.ts';
import styles from './Recap.module.css';

const ICONS = { person: IconAlertTriangle, waiting: IconClock, settled: IconCircleCheck } as const;

/** One line of the list: which day, how much, and what needs a look first. */
export function RecapListRow({
  row,
  words,
  others,
}: Readonly<{ row: RecapRow; words: readonly RegionWord[]; others: readonly OthersWord[] }>): ReactNode {
  if (row.kind === 'all') {
    return (
      <span className={styles['all']}>
        <IconChecks size="1.25rem" aria-hidden />
        {RECAP_TEXT.allMatching(row.days.length)}
      </span>
    );
  }
  const { day } = row;
  const signature = nextSignature(day);
  const isSigned = signature !== undefined && isSaid(words, day, signature);
  const other = saidByOther(others, day);
  const notice = isSigned ? { tone: 'waiting' as const, text: RECAP_TEXT.signedShort } : dayNotice(day);
  const Icon = ICONS[notice.tone];
  return (
    <span className={styles['item']}>
      <strong className={styles['cut']} title={day.outletName}>
        {day.outletName}
      </strong>
      <small>{RECAP_TEXT.listRow(day.businessOn, day.journal)}</small>
      <small className={styles['notice']} data-tone={notice.tone}>
        <Icon size="1rem" aria-hidden />
        {notice.text}
      </small>
      {other === undefined ? null : (
        <small className={styles['other']} data-tone="waiting">
          {WORD_TEXT.decidedBy(other)}
        </small>
      )}
    </span>
  );
}

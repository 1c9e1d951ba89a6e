import type { ReactNode } from 'react';
import type { RegionQualityOutlet } from '../../../contract/region-insight.ts';
import { count } from '../../text/format.ts';
import { INSIGHT_TEXT, newestWeek, reasonWords } from '../../text/insight-text.ts';
import { WeekBars, type WeekBar } from './bars.tsx';
import styles from './Insight.module.css';

type Week = RegionQualityOutlet['weeks'][number];
type Chart = keyof typeof INSIGHT_TEXT.charts;

const CHARTS: readonly Chart[] = ['speed', 'exact', 'care', 'open'];

/** A week's bar of a chart, and the part of it in another colour. */
const BARS: Readonly<Record<Chart, (week: Week) => { readonly value: number | null; readonly part: number }>> = {
  speed: ({ secondsPerSale }) => ({ value: secondsPerSale, part: 0 }),
  exact: ({ changed, refused }) => ({ value: changed + refused, part: refused }),
  care: ({ voids, missingPapers }) => ({ value: voids + missingPapers, part: voids }),
  open: ({ sales, offlineSales }) => ({ value: sales, part: offlineSales }),
};

function wordsOf(chart: Chart, week: Week): string {
  const { chartWords: words } = INSIGHT_TEXT;
  switch (chart) {
    case 'speed':
      return week.secondsPerSale === null ? '–' : words.speed(week.secondsPerSale, week.slowSeconds, week.waitMinutes);
    case 'exact':
      return words.exact(week.changed, week.refused, week.heard);
    case 'care':
      return words.care(week.voids, week.missingPapers, week.variance);
    case 'open':
      return words.open(week.sales, week.offlineSales, week.offlineHours);
    default:
      return chart satisfies never;
  }
}

function reasonsOf(weeks: readonly Week[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { reason, count: many } of weeks.flatMap(({ reasons }) => reasons)) {
    counts.set(reason, (counts.get(reason) ?? 0) + many);
  }
  return [...counts].toSorted(([, left], [, right]) => right - left);
}

/** Speed, accuracy, care and availability of one outlet, each over eight weeks and the newest in words. */
export function QualityCharts({ outlet }: Readonly<{ outlet: RegionQualityOutlet }>): ReactNode {
  const newest = newestWeek(outlet);
  const reasons = reasonsOf(outlet.weeks);
  return (
    <div className={styles['charts']}>
      {outlet.few ? <p className={styles['level']}>{INSIGHT_TEXT.qualityFew}</p> : null}
      {CHARTS.map((chart) => {
        const bars = outlet.weeks.map(
          (week): WeekBar => ({
            key: week.monday,
            ...BARS[chart](week),
            title: INSIGHT_TEXT.weekOf(week.monday, wordsOf(chart, week)),
          }),
        );
        return (
          <figure key={chart} className={styles['chart']}>
            <figcaption>{INSIGHT_TEXT.charts[chart]}</figcaption>
            <WeekBars bars={bars} label={bars.map(({ title }) => title).join('; ')} />
            <span className={styles['words']}>
              {newest === undefined ? '–' : INSIGHT_TEXT.weekOf(newest.monday, wordsOf(chart, newest))}
            </span>
          </figure>
        );
      })}
      {reasons.length === 0 ? null : (
        <p className={styles['dim']}>
          {INSIGHT_TEXT.reasonsTitle}:{' '}
          {reasons.map(([reason, many]) => INSIGHT_TEXT.reasonOf(reasonWords(reason), many)).join(', ')} (
          {count(reasons.reduce((sum, [, many]) => sum + many, 0))})
        </p>
      )}
    </div>
  );
}

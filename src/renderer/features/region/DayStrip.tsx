import type { ReactNode } from 'react';
import type { RegionOutlet } from '../../../contract/region.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import styles from './DayStrip.module.css';

type Day = RegionOutlet['days'][number];

const STEP = 10;
const BAR = 7;
const HIGH = 24;
const LEAST = 5;

/** How tall a bar is among the others of its outlet; a day without a sale still has its place. */
export function barHeight(sales: number, most: number): number {
  return most === 0 ? LEAST : Math.round(LEAST + (HIGH - LEAST) * (sales / most));
}

/** A bar by its look: filled, hatched and hollow tell the days apart also where no colour does. */
function Bar({ day, at, most }: Readonly<{ day: Day; at: number; most: number }>): ReactNode {
  const x = at * STEP + 1;
  const height = day.look === 'silent' ? HIGH : day.look === 'day-off' ? 2 : barHeight(day.sales, most);
  const y = HIGH - height + 1;
  return (
    <g className={styles['bar']} data-look={day.look}>
      <title>{REGION_TEXT.bar(day)}</title>
      <rect x={x} y={y} width={BAR} height={height} />
      {day.look === 'silent' ? <path d={`M${x} ${y} l${BAR} ${HIGH} m0 ${-HIGH} l${-BAR} ${HIGH}`} /> : null}
      {day.look === 'unclosed' ? <circle cx={x + BAR / 2} cy={Math.max(4, y - 4)} r="2.5" /> : null}
    </g>
  );
}

/** Two weeks of an outlet as small bars, today last. */
export function DayStrip({ days }: Pick<RegionOutlet, 'days'>): ReactNode {
  const most = Math.max(0, ...days.map(({ sales }) => sales));
  const width = Math.max(1, days.length) * STEP;
  return (
    <svg
      className={styles['strip']}
      viewBox={`0 0 ${width} ${HIGH + 2}`}
      role="img"
      aria-label={REGION_TEXT.strip(days)}
      preserveAspectRatio="xMinYMid meet"
    >
      {days.map((day, at) => (
        <Bar key={day.on} day={day} at={at} most={most} />
      ))}
    </svg>
  );
}

import type { ReactNode } from 'react';
import styles from './Insight.module.css';

const WIDE = 100;
const HIGH = 10;

/** How long a part is beside the largest of its kind, 0 to 100. */
const lengthOf = (value: number, most: number): number =>
  most <= 0 ? 0 : Math.max(0, Math.min(WIDE, (value / most) * WIDE));

/** An amount beside the largest one: its outline, and the part of it that is signed filled. */
export function PartBar({
  part,
  all,
  most,
  label,
}: Readonly<{ part: number; all: number; most: number; label: string }>): ReactNode {
  return (
    <svg
      className={styles['bar']}
      viewBox={`0 0 ${WIDE} ${HIGH}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect className={styles['part']} x="0" y="1" width={lengthOf(part, most)} height={HIGH - 2} />
      <rect
        className={styles['all']}
        x="0.25"
        y="1"
        width={Math.max(0.5, lengthOf(all, most) - 0.5)}
        height={HIGH - 2}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** One bar cut into shares of a whole. */
export function ShareBar({
  shares,
  label,
}: Readonly<{ shares: readonly { readonly key: string; readonly value: number }[]; label: string }>): ReactNode {
  const whole = shares.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const starts = shares.map((_share, at) =>
    shares.slice(0, at).reduce((sum, { value }) => sum + lengthOf(value, whole), 0),
  );
  return (
    <svg
      className={styles['share']}
      viewBox={`0 0 ${WIDE} ${HIGH}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {shares.map(({ key, value }, at) => (
        <rect key={key} x={starts[at] ?? 0} y="0" width={lengthOf(value, whole)} height={HIGH} />
      ))}
    </svg>
  );
}

/** A value a week, null for a week that has none; `part` of it stands in another colour at its foot. */
export type WeekBar = Readonly<{ key: string; value: number | null; part: number; title: string }>;

const STEP = 12;
const BAR = 9;
const TALL = 30;

/** Eight weeks as bars, the newest on the right; a week without a value has its place and no bar. */
export function WeekBars({ bars, label }: Readonly<{ bars: readonly WeekBar[]; label: string }>): ReactNode {
  const most = Math.max(1, ...bars.map(({ value }) => value ?? 0));
  const tall = (value: number): number => (value <= 0 ? 0 : Math.max(1, (value / most) * TALL));
  const width = Math.max(1, bars.length) * STEP;
  return (
    <svg
      className={styles['weeks']}
      viewBox={`0 0 ${width} ${TALL + 2}`}
      preserveAspectRatio="xMinYMid meet"
      role="img"
      aria-label={label}
    >
      <line x1="0" y1={TALL + 1} x2={width} y2={TALL + 1} strokeWidth="0.5" />
      {bars.map(({ key, value, part, title }, at) => (
        <g key={key}>
          <title>{title}</title>
          <rect x={at * STEP + 1} y={TALL + 1 - tall(value ?? 0)} width={BAR} height={tall(value ?? 0)} />
          {part === 0 ? null : (
            <rect data-part="true" x={at * STEP + 1} y={TALL + 1 - tall(part)} width={BAR} height={tall(part)} />
          )}
        </g>
      ))}
    </svg>
  );
}

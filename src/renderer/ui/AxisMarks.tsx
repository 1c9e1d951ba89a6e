import { IconBook2, IconCash, IconFileText, IconPrinter, IconSend, type IconProps } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { Axes } from '../../contract/views-transaction.ts';
import { AXIS_NAMES, type AxisMark, axisMarks, type Tone } from '../text/axes-text.ts';
import styles from './AxisMarks.module.css';

const ICONS: Readonly<Record<AxisMark['axis'], ComponentType<IconProps>>> = {
  business: IconCash,
  print: IconPrinter,
  delivery: IconSend,
  central: IconBook2,
  documents: IconFileText,
};

/** One mark: icon, word and colour together. */
export function ToneMark({ tone, word, icon }: Readonly<{ tone: Tone; word: string; icon?: ReactNode }>): ReactNode {
  return (
    <span className={styles['mark']} data-tone={tone}>
      {icon ?? <span className={styles['dot']} aria-hidden="true" />}
      {word}
    </span>
  );
}

/** The axes of a transaction as small marks with words: `dibayar · tercetak · terkirim`. */
export function AxisMarks({ axes, only }: Readonly<{ axes: Axes; only?: readonly AxisMark['axis'][] }>): ReactNode {
  const marks = axisMarks(axes).filter((mark) => only === undefined || only.includes(mark.axis));
  return (
    <span className={styles['marks']}>
      {marks.map((mark) => {
        const Icon = ICONS[mark.axis];
        return <ToneMark key={mark.axis} tone={mark.tone} word={mark.word} icon={<Icon size="1rem" aria-hidden />} />;
      })}
    </span>
  );
}

/** The five axes with their names, one below the other. */
export function AxisList({ axes }: Readonly<{ axes: Axes }>): ReactNode {
  return (
    <dl className={styles['list']}>
      {axisMarks(axes).map((mark) => {
        const Icon = ICONS[mark.axis];
        return (
          <div key={mark.axis} className={styles['listRow']}>
            <dt>{AXIS_NAMES[mark.axis]}</dt>
            <dd>
              <ToneMark tone={mark.tone} word={mark.word} icon={<Icon size="1rem" aria-hidden />} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

import { Button, TextInput } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { DENOMINATIONS } from '../../../domain/cash-session.ts';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { money } from '../../text/format.ts';
import { movedIndex } from '../../ui/list-movement.ts';
import styles from './CashSession.module.css';
import { type Counts, countedTotal, countOf, steppedCount, typedCount } from './denominations.ts';

type DenominationCountProps = Readonly<{
  counts: Counts;
  /** What the sum is called. */
  totalLabel: string;
  /** A word under the sum, such as that nothing was typed yet. */
  note: string;
  /** Beside the sum, such as the total that was written down. */
  beside?: ReactNode;
  onChange: (counts: Counts) => void;
  onDone: () => void;
}>;

/** A count by denomination: big steppers for a finger, columns for the keyboard. */
export function DenominationCount(props: DenominationCountProps): ReactNode {
  const { counts, totalLabel, note, beside = null, onChange, onDone } = props;
  const grid = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const denomination = DENOMINATIONS[index];
    if (denomination === undefined || event.ctrlKey) return;
    if (event.key === '+' || event.key === '-') {
      event.preventDefault();
      onChange(steppedCount(counts, denomination, event.key === '+' ? 1 : -1));
      return;
    }
    const onward = event.key === 'Enter' ? 'ArrowDown' : event.key;
    if (event.key === 'Enter' && index === DENOMINATIONS.length - 1) {
      onDone();
      return;
    }
    if (onward !== 'ArrowDown' && onward !== 'ArrowUp') return;
    const moved = movedIndex(onward, index, DENOMINATIONS.length);
    if (moved === undefined) return;
    event.preventDefault();
    grid.current?.querySelectorAll('input')[moved]?.focus();
  };
  const total = countedTotal(counts);
  return (
    <>
      <div className={styles['counts']} ref={grid}>
        {DENOMINATIONS.map((denomination, index) => {
          const label = money(denomination);
          return (
            <div key={denomination} className={styles['count']}>
              <span className={styles['denomination']}>{label}</span>
              <Button
                variant="default"
                tabIndex={-1}
                aria-label={CASH_TEXT.fewer(label)}
                onClick={() => onChange(steppedCount(counts, denomination, -1))}
              >
                <IconMinus size="1.25rem" aria-hidden />
              </Button>
              <TextInput
                size="md"
                aria-label={CASH_TEXT.countOf(label)}
                classNames={{ input: styles['countField'] }}
                value={counts[denomination]}
                inputMode="numeric"
                autoComplete="off"
                autoFocus={index === 0}
                onChange={(event) => onChange({ ...counts, [denomination]: typedCount(event.currentTarget.value) })}
                onKeyDown={(event) => onKeyDown(event, index)}
              />
              <Button
                variant="default"
                tabIndex={-1}
                aria-label={CASH_TEXT.more(label)}
                onClick={() => onChange(steppedCount(counts, denomination, 1))}
              >
                <IconPlus size="1.25rem" aria-hidden />
              </Button>
              <span className={styles['sum']}>{money(denomination * countOf(counts, denomination))}</span>
            </div>
          );
        })}
      </div>
      <p className={styles['later']}>{CASH_TEXT.keysHint}</p>
      <div className={styles['totals']}>
        <div className={styles['wait']}>{beside}</div>
        <div className={styles['total']}>
          <span>{totalLabel}</span>
          <output>{money(total)}</output>
          <span className={styles['later']}>{note}</span>
        </div>
      </div>
    </>
  );
}

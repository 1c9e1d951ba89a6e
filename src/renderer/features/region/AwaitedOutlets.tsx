import type { ReactNode } from 'react';
import { useProcedure } from '../../app/queries.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { useCounter } from '../../app/status.tsx';
import { STICKS_TEXT } from '../../text/sticks-text.ts';
import { Pane } from '../../ui/Pane.tsx';
import styles from './Sticks.module.css';

const MOST = 100;

/** Outlets that are overdue, those that bring flashdisks first; of the region as it was loaded last. */
export function AwaitedOutlets(): ReactNode {
  const { now } = useCounter();
  useRegionLoad({ of: 'outlets' });
  const { value } = useProcedure('region.overdue', { limit: MOST }, { keepPrevious: true });
  const rows = value?.outlets ?? [];
  return (
    <Pane title={STICKS_TEXT.overdue} fill aside={value === undefined ? null : STICKS_TEXT.limit(value.limitDays)}>
      {value?.loadedAt === null ? <p className={styles['dim']}>{STICKS_TEXT.never}</p> : null}
      {value !== undefined && value.loadedAt !== null && rows.length === 0 ? <p>{STICKS_TEXT.overdueNone}</p> : null}
      <ul className={styles['awaited']}>
        {rows.map((outlet) => (
          <li key={outlet.outletId} data-overdue={outlet.overdue}>
            <strong>{outlet.name}</strong>
            <span>
              {[
                ...(outlet.overdue ? [STICKS_TEXT.isOverdue] : []),
                STICKS_TEXT.silent(outlet, now),
                ...(outlet.byFlashdisk ? [STICKS_TEXT.byFlashdisk] : []),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Pane>
  );
}

import { IconArrowDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CashStandingView } from '../../../contract/views-cash.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import { money, roughMoney } from '../../text/format.ts';
import styles from './Drawer.module.css';

const ORDER = ['drawer', 'safe', 'courier', 'inTransit', 'confirmed'] as const;

/** A small picture of where the cash is, on its way from the drawer to the bank. */
export function CashPlaces({ standing }: Readonly<{ standing: CashStandingView }>): ReactNode {
  return (
    <ol className={styles['places']} aria-label={DRAWER_TEXT.places}>
      {ORDER.map((place, index) => {
        const amount = standing[place];
        return (
          <li key={place} data-empty={amount === 0} data-place={place}>
            <span>
              {index === 0 ? null : <IconArrowDown size="1rem" aria-hidden />}
              {DRAWER_TEXT.placeNames[place]}
            </span>
            <strong>{(place === 'drawer' && standing.rough ? roughMoney : money)(amount)}</strong>
            {place === 'safe' && standing.doubtful > 0 ? <em>{DRAWER_TEXT.doubtful(standing.doubtful)}</em> : null}
          </li>
        );
      })}
    </ol>
  );
}

/** By when the oldest cash must be at the bank, counted down. */
export function DueLine({ standing }: Readonly<{ standing: CashStandingView }>): ReactNode {
  const { due } = standing;
  return (
    <p className={styles['due']} data-overdue={due?.overdue ?? false} role="status">
      {due === null ? DRAWER_TEXT.dueNone : DRAWER_TEXT.due(due)}
    </p>
  );
}

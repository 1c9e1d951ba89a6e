import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CashStandingView } from '../../../contract/views-cash.ts';
import { useProcedure } from '../../app/queries.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './CashSession.module.css';
import { CourierForm } from './CourierForm.tsx';
import { DepositForm } from './DepositForm.tsx';
import { StoreForm } from './StoreForm.tsx';

type Destination = keyof typeof DRAWER_TEXT.destinations;
const DESTINATIONS = ['bank', 'courier', 'safe'] as const satisfies readonly Destination[];

type DepositSheetProps = Readonly<{
  standing: CashStandingView;
  onClose: () => void;
  onSaved: (words: string) => void;
}>;

/** Setor: where the cash goes, from where, and what that takes. */
export function DepositSheet({ standing, onClose, onSaved }: DepositSheetProps): ReactNode {
  const session = useProcedure('cash-session.current', {});
  const [destination, setDestination] = useState<Destination>('bank');
  const [from, setFrom] = useState<'drawer' | 'safe'>(standing.safe > 0 ? 'safe' : 'drawer');
  useKeys({ back: { run: onClose, label: CASH_TEXT.cancel } }, { level: LAYER.question, exclusive: true });
  const hasDrawer = session.value?.state === 'open';
  // Without an open session there is no drawer to take from.
  const source = hasDrawer ? from : 'safe';
  const known = DESTINATIONS.filter((one) => one !== 'safe' || hasDrawer);
  return (
    <Sheet title={DRAWER_TEXT.moveTitle} width="42rem" closeLabel={CASH_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        <div>
          <span className={styles['fieldLabel']}>{DRAWER_TEXT.destination}</span>
          <SegmentedControl
            fullWidth
            aria-label={DRAWER_TEXT.destination}
            value={destination}
            onChange={setDestination}
            data={known.map((value) => ({ value, label: DRAWER_TEXT.destinations[value] }))}
          />
        </div>
        {hasDrawer && destination !== 'safe' ? (
          <div>
            <span className={styles['fieldLabel']}>{CASH_TEXT.from}</span>
            <SegmentedControl
              fullWidth
              aria-label={CASH_TEXT.from}
              value={from}
              onChange={setFrom}
              data={[
                { value: 'drawer', label: CASH_TEXT.fromDrawer },
                { value: 'safe', label: CASH_TEXT.fromSafe },
              ]}
            />
          </div>
        ) : null}
        {destination === 'bank' ? (
          <DepositForm standing={standing} from={source} onClose={onClose} onSaved={onSaved} />
        ) : null}
        {destination === 'courier' ? <CourierForm from={source} onClose={onClose} onSaved={onSaved} /> : null}
        {destination === 'safe' ? <StoreForm onClose={onClose} onSaved={onSaved} /> : null}
      </div>
    </Sheet>
  );
}

import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CashStandingView, CourierLegView, DoubtView } from '../../../contract/views-cash.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import { money } from '../../text/format.ts';
import { ArrivalSheet } from './ArrivalSheet.tsx';
import styles from './Drawer.module.css';
import { WriteOffSheet } from './WriteOffSheet.tsx';

/** Cash that somebody still has to speak about: with couriers, and what a bank would not take. */
export function OnTheWay({ standing }: Readonly<{ standing: CashStandingView }>): ReactNode {
  const [leg, setLeg] = useState<CourierLegView | undefined>();
  const [doubt, setDoubt] = useState<DoubtView | undefined>();
  const { couriers, doubts } = standing;
  return (
    <>
      {couriers.length === 0 ? null : (
        <section className={styles['waiting']} aria-label={DRAWER_TEXT.couriers}>
          <h3>{DRAWER_TEXT.couriers}</h3>
          <ul>
            {couriers.map((one) => (
              <li key={one.dispatchId}>
                <strong>{money(one.amount)}</strong>
                <Button variant="default" size="compact-sm" onClick={() => setLeg(one)}>
                  {DRAWER_TEXT.arrived}
                </Button>
                <span className={styles['dim']}>
                  {DRAWER_TEXT.legOf(one.dispatchNumber, one.dispatchedAt, one.officerName)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {doubts.length === 0 ? null : (
        <section className={styles['waiting']} aria-label={DRAWER_TEXT.doubts}>
          <h3>{DRAWER_TEXT.doubts}</h3>
          <ul>
            {doubts.map((one) => (
              <li key={one.refusalId}>
                <strong>{`${DRAWER_TEXT.refusedNames[one.reason]} ${money(one.amount)}`}</strong>
                <Button variant="default" size="compact-sm" onClick={() => setDoubt(one)}>
                  {DRAWER_TEXT.writeOff}
                </Button>
                <span className={styles['dim']}>{DRAWER_TEXT.by(one.refusedAt, one.officerName)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {leg === undefined ? null : <ArrivalSheet leg={leg} onClose={() => setLeg(undefined)} />}
      {doubt === undefined ? null : <WriteOffSheet doubt={doubt} onClose={() => setDoubt(undefined)} />}
    </>
  );
}

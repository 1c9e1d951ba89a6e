import type { ReactNode } from 'react';
import type { HandedOverView } from '../../../contract/views-drawer.ts';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import { money } from '../../text/format.ts';
import { FactList } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Screen } from '../../ui/Screen.tsx';
import styles from './CashSession.module.css';

type HandedOverProps = Readonly<{ handed: HandedOverView; onOn: () => void }>;

/** The drawer is the next officer's: what the one left, and with what the other begins. */
export function HandedOver({ handed, onOn }: HandedOverProps): ReactNode {
  const { closed, session, variance, handOverNumber, printJobId } = handed;
  return (
    <Screen
      title={DRAWER_TEXT.handedOver}
      primary={<KeyButton action="primary" primary label={CASH_TEXT.serve} onPress={onOn} />}
    >
      <Pane title={DRAWER_TEXT.handedOver} fill>
        <p role="status">
          <strong>{DRAWER_TEXT.handedTo(session.officerName)}</strong>
        </p>
        <div className={styles['variance']} data-variance={variance === 0 ? 'none' : 'some'}>
          <span>{`${CASH_TEXT.variance}, ${closed.officerName}`}</span>
          <strong>{CASH_TEXT.varianceOf(variance)}</strong>
        </div>
        <FactList
          look="sums"
          facts={[
            [CASH_TEXT.countedTotal, money(closed.counted)],
            [CASH_TEXT.expected, money(closed.expected)],
            [DRAWER_TEXT.nextFloat, money(session.floatTotal)],
            [DRAWER_TEXT.nextCarried, money(session.carried)],
            [DRAWER_TEXT.handOverNumber, handOverNumber],
          ]}
        />
        <p className={styles['later']}>
          {printJobId === null ? DRAWER_TEXT.handOverNotPrinted : DRAWER_TEXT.handOverPrinted}
        </p>
      </Pane>
    </Screen>
  );
}

import { type ReactNode, useState } from 'react';
import type { ClosedWithCopyView } from '../../../contract/views-cash.ts';
import { useProcedure } from '../../app/queries.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { afterClose, backupAfterClose } from '../../text/custody-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import { money } from '../../text/format.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Screen } from '../../ui/Screen.tsx';
import styles from './CashSession.module.css';
import { Deposits } from './Deposits.tsx';
import { SlipSheet } from './SlipSheet.tsx';
import { FactList } from '../../ui/FactList.tsx';

/** What the entry of the close has frozen, and the next step: the bank. */
export function ClosedSession({
  session,
  onOpenNext,
}: Readonly<{ session: ClosedWithCopyView; onOpenNext: () => void }>): ReactNode {
  const [depositing, setDepositing] = useState(false);
  const [printing, setPrinting] = useState(false);
  const copy = afterClose(session.secondCopy);
  const backup = useProcedure('mirror.status', {}).value?.backup ?? session.backup;
  return (
    <Screen
      title={CASH_TEXT.closed}
      primary={
        <>
          <KeyButton action="plate" label={CASH_TEXT.openNext} onPress={onOpenNext} />
          <KeyButton action="reprint" label={DRAWER_TEXT.slip} onPress={() => setPrinting(true)} />
          <KeyButton action="primary" primary label={DRAWER_TEXT.move} onPress={() => setDepositing(true)} />
        </>
      }
    >
      <Pane
        title={CASH_TEXT.closed}
        fill
        aside={<ToneMark tone="settled" word={CASH_TEXT.closedAt(session.closedAt)} />}
      >
        <FactList
          look="large"
          facts={[
            [CASH_TEXT.toSafe, money(session.toSafe)],
            [CASH_TEXT.variance, CASH_TEXT.varianceOf(session.variance)],
          ]}
        />
        <p role="status" className={styles['later']}>
          {session.printJobId === null ? DRAWER_TEXT.slipNotPrinted : DRAWER_TEXT.slipPrinted}
        </p>
        <div className={styles['copy']} data-done={copy.done} role="status">
          <p>{copy.what}</p>
          <p>{backupAfterClose(backup)}</p>
          {backup.making ? null : <strong>{copy.next}</strong>}
        </div>
        <FactList
          look="sums"
          facts={[
            [CASH_TEXT.made, money(session.counted)],
            [CASH_TEXT.expected, money(session.expected)],
            [CASH_TEXT.floatReturned, money(session.floatReturned)],
            [CASH_TEXT.sales, `${session.sales}, ${money(session.salesTotal)}`],
            [CASH_TEXT.entries, CASH_TEXT.entriesOf(session.firstSeq, session.lastSeq)],
            [CASH_TEXT.head, `${session.head.slice(0, 4)}…${session.head.slice(-4)}`],
          ]}
        />
      </Pane>
      <Deposits depositing={depositing} onDepositing={setDepositing} />
      {printing ? <SlipSheet cashSessionId={session.cashSessionId} onClose={() => setPrinting(false)} /> : null}
    </Screen>
  );
}

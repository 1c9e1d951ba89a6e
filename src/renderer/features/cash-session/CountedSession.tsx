import { type ReactNode, useState } from 'react';
import type { CashSessionView, ClosedWithCopyView, CountedView } from '../../../contract/views-cash.ts';
import { useAction } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { money, signedMoney } from '../../text/format.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './CashSession.module.css';
import { floatMovedFacts } from './float-facts.ts';
import { FactList } from '../../ui/FactList.tsx';

type CountedSessionProps = Readonly<{
  session: CashSessionView;
  counted: CountedView;
  onClosed: (session: ClosedWithCopyView) => void;
}>;

/** After the count: what should be there, the difference, and where the sum comes from; then the close. */
export function CountedSession({ session, counted, onClosed }: CountedSessionProps): ReactNode {
  const { signIn } = useCounter();
  const close = useAction('cash-session.close');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const own = session.officerId === signIn.officerId;
  const submit = async (): Promise<void> => {
    const answer = await close.run({ cashSessionId: session.cashSessionId });
    if (answer === undefined) return;
    if (answer.ok) onClosed(answer.value);
    else setRefusal(answer.error);
  };
  const { variance } = counted;
  return (
    <Screen
      title={CASH_TEXT.title}
      primary={
        own ? (
          <>
            <div className={styles['wait']}>
              <Waiting busy={close.busy} label={CASH_TEXT.close} />
            </div>
            <KeyButton
              action="primary"
              primary
              label={CASH_TEXT.close}
              onPress={() => void submit()}
              busy={close.busy}
            />
          </>
        ) : undefined
      }
    >
      <Pane
        title={CASH_TEXT.counted}
        fill
        aside={<ToneMark tone="moving" word={CASH_TEXT.countedAt(counted.countedAt)} />}
      >
        <FactList
          look="large"
          facts={[
            [CASH_TEXT.made, money(counted.total)],
            [CASH_TEXT.expected, money(counted.expected)],
          ]}
        />
        <div className={styles['variance']} data-variance={variance === 0 ? 'none' : 'some'} role="status">
          <span>{CASH_TEXT.variance}</span>
          <strong>{CASH_TEXT.varianceOf(variance)}</strong>
          <p>{CASH_TEXT.varianceWhy(variance)}</p>
        </div>
        <p className={styles['later']}>{own ? CASH_TEXT.closeWhy : CASH_TEXT.otherOfficer(session.officerName)}</p>
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      </Pane>
      <Pane title={CASH_TEXT.madeUpOf} fill>
        <FactList
          look="sums"
          facts={[
            [CASH_TEXT.floatTotal, money(session.floatTotal)],
            ...floatMovedFacts(session),
            [CASH_TEXT.salesTotal, signedMoney(counted.salesTotal)],
            [CASH_TEXT.depositedTotal, signedMoney(-counted.depositedTotal)],
            [CASH_TEXT.expected, money(counted.expected)],
          ]}
        />
      </Pane>
    </Screen>
  );
}

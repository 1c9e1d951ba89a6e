import { type ReactNode, useState } from 'react';
import type { CashSessionView, ClosedWithCopyView } from '../../../contract/views-cash.ts';
import { mayOpen, useNavigation } from '../../app/navigation.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { count, money } from '../../text/format.ts';
import { cashFigure } from '../../text/frame-text.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import styles from './CashSession.module.css';
import { ClosedSession } from './ClosedSession.tsx';
import { CountDrawer } from './CountDrawer.tsx';
import { CountedSession } from './CountedSession.tsx';
import { DenominationCount } from './DenominationCount.tsx';
import { type Counts, countedLines, countedTotal, NO_COUNTS } from './denominations.ts';
import { Deposits } from './Deposits.tsx';
import { floatMovedFacts } from './float-facts.ts';
import { FloatForm } from './FloatForm.tsx';
import { ForgottenSession } from './ForgottenSession.tsx';
import { FactList } from '../../ui/FactList.tsx';

/** The session that is open. Nothing here adds the drawer up: it is counted blind. */
function OpenSession({ session, onCount }: Readonly<{ session: CashSessionView; onCount: () => void }>): ReactNode {
  const { status, signIn } = useCounter();
  const { go } = useNavigation();
  const [moving, setMoving] = useState(false);
  const own = session.officerId === signIn.officerId;
  return (
    <Screen
      title={CASH_TEXT.title}
      primary={
        own ? (
          <>
            <KeyButton action="change" label={CASH_TEXT.change} onPress={() => setMoving(true)} />
            <KeyButton action="plate" label={CASH_TEXT.serve} onPress={() => go({ screen: 'service' })} />
            <KeyButton action="primary" primary label={CASH_TEXT.count} onPress={onCount} />
          </>
        ) : undefined
      }
    >
      <Pane title={CASH_TEXT.state} fill aside={<ToneMark tone="settled" word={CASH_TEXT.states[session.state]} />}>
        <FactList
          look="large"
          facts={[
            [CASH_TEXT.opened, CASH_TEXT.openedBy(session.officerName, session.openedAt)],
            [CASH_TEXT.floatTotal, money(session.floatTotal)],
            ...floatMovedFacts(session),
            [CASH_TEXT.sales, count(session.sales)],
            [CASH_TEXT.undeposited, `${cashFigure(status.cash)}, ${CASH_TEXT.cap} ${money(status.cash.cap)}`],
          ]}
        />
        <p className={styles['later']}>
          {own
            ? session.forgotten
              ? CASH_TEXT.forgottenOwn
              : CASH_TEXT.endOfDay
            : CASH_TEXT.otherOfficer(session.officerName)}
        </p>
      </Pane>
      <Deposits />
      {moving ? <FloatForm onClose={() => setMoving(false)} /> : null}
    </Screen>
  );
}

/** Opening: the float, counted by denomination. */
function Opening(): ReactNode {
  const { go } = useNavigation();
  const open = useAction('cash-session.open');
  const [counts, setCounts] = useState<Counts>(NO_COUNTS);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const submit = async (): Promise<void> => {
    const answer = await open.run({ float: countedLines(counts) });
    if (answer === undefined) return;
    if (answer.ok) go({ screen: 'service' });
    else setRefusal(answer.error);
  };
  return (
    <Screen
      title={CASH_TEXT.title}
      primary={
        <KeyButton action="primary" primary label={CASH_TEXT.open} onPress={() => void submit()} busy={open.busy} />
      }
    >
      <Pane title={CASH_TEXT.open} fill>
        <p>{CASH_TEXT.openWhy}</p>
        <DenominationCount
          counts={counts}
          totalLabel={CASH_TEXT.floatTotal}
          note={countedTotal(counts) === 0 ? CASH_TEXT.zeroFloat : ''}
          onChange={setCounts}
          onDone={() => void submit()}
        />
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      </Pane>
      <Deposits />
    </Screen>
  );
}

/** For those who do not take cash: what stands, and nothing to press. */
function Watching({ session }: Readonly<{ session: CashSessionView | null }>): ReactNode {
  return (
    <Screen title={CASH_TEXT.title}>
      <p>{session === null ? CASH_TEXT.notOfficer : CASH_TEXT.openedBy(session.officerName, session.openedAt)}</p>
    </Screen>
  );
}

/** Sesi Kas: open, count blind, close, deposit. */
export function CashSession(): ReactNode {
  const { signIn } = useCounter();
  const reading = useProcedure('cash-session.current', {});
  const [counting, setCounting] = useState(false);
  const [closed, setClosed] = useState<ClosedWithCopyView | undefined>();
  const session = reading.value;
  if (reading.refusal !== undefined) {
    return (
      <Screen title={CASH_TEXT.title}>
        <RefusalCard refusal={reading.refusal} />
      </Screen>
    );
  }
  if (session === undefined) return <Screen title={CASH_TEXT.title}>{null}</Screen>;
  if (signIn.role === 'supervisor' && session?.forgotten === true) return <ForgottenSession session={session} />;
  if (!mayOpen(signIn.role, 'service')) return <Watching session={session} />;
  if (closed !== undefined && session === null) {
    return <ClosedSession session={closed} onOpenNext={() => setClosed(undefined)} />;
  }
  if (session === null) return <Opening />;
  if (session.counted !== null)
    return <CountedSession session={session} counted={session.counted} onClosed={setClosed} />;
  if (counting) return <CountDrawer session={session} onBack={() => setCounting(false)} />;
  return <OpenSession session={session} onCount={() => setCounting(true)} />;
}

import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CashSessionView, ClosedWithCopyView } from '../../../contract/views-cash.ts';
import type { HandedOverView } from '../../../contract/views-drawer.ts';
import { mayOpen, useNavigation } from '../../app/navigation.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { count, money } from '../../text/format.ts';
import { cashFigure } from '../../text/status-text.ts';
import { INSPECTION_TEXT } from '../../text/inspection-text.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { CashEvents } from './CashEvents.tsx';
import styles from './CashSession.module.css';
import { ClosedSession } from './ClosedSession.tsx';
import { CountDrawer } from './CountDrawer.tsx';
import { CountedSession } from './CountedSession.tsx';
import { DenominationCount } from './DenominationCount.tsx';
import { type Counts, countedLines, countedTotal, countsOf, isTyped, NO_COUNTS } from './denominations.ts';
import { Deposits } from './Deposits.tsx';
import { carriedFacts, floatMovedFacts } from './float-facts.ts';
import { FloatForm } from './FloatForm.tsx';
import { Inspection } from './Inspection.tsx';
import { HandedOver } from './HandedOver.tsx';
import { HandOver } from './HandOver.tsx';
import { PauseSheet } from './PauseSheet.tsx';
import { ForgottenSession } from './ForgottenSession.tsx';
import { FactList } from '../../ui/FactList.tsx';

type OpenSessionProps = Readonly<{
  session: CashSessionView;
  onCount: () => void;
  onHandOver: () => void;
  onInspect: () => void;
}>;

/** The session that is open. Nothing here adds the drawer up: it is counted blind. */
function OpenSession({ session, onCount, onHandOver, onInspect }: OpenSessionProps): ReactNode {
  const { status, signIn } = useCounter();
  const { go } = useNavigation();
  const [sheet, setSheet] = useState<'none' | 'change' | 'pause'>('none');
  const standing = useProcedure('cash.standing', {}).value;
  const own = session.officerId === signIn.officerId;
  return (
    <Screen
      title={CASH_TEXT.title}
      primary={
        own ? (
          <>
            <KeyButton action="inspect" label={INSPECTION_TEXT.start} onPress={onInspect} />
            <KeyButton action="pause" label={DRAWER_TEXT.pause} onPress={() => setSheet('pause')} />
            <KeyButton action="handOver" label={DRAWER_TEXT.handOver} onPress={onHandOver} />
            <KeyButton action="change" label={CASH_TEXT.change} onPress={() => setSheet('change')} />
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
            ...carriedFacts(session),
            [CASH_TEXT.sales, count(session.sales)],
            [CASH_TEXT.undeposited, `${cashFigure(status.cash)}, ${CASH_TEXT.cap} ${money(status.cash.cap)}`],
          ]}
        />
        <p className={styles['later']}>
          {own
            ? session.forgotten
              ? CASH_TEXT.forgottenOwn
              : CASH_TEXT.endOfDay
            : session.pausedAt === null
              ? CASH_TEXT.otherOfficer(session.officerName)
              : `${DRAWER_TEXT.away(session.officerName, session.pausedAt)}. ${DRAWER_TEXT.takeOver}`}
        </p>
        {standing === undefined ? null : <CashEvents events={standing.events} />}
      </Pane>
      <Deposits withoutEvents />
      {sheet === 'change' ? <FloatForm onClose={() => setSheet('none')} /> : null}
      {sheet === 'pause' ? <PauseSheet onClose={() => setSheet('none')} /> : null}
    </Screen>
  );
}

/** An empty form is no empty drawer: that one is told by a 0. */
function floatNote(counts: Counts): string {
  if (!isTyped(counts)) return CASH_TEXT.nothingTyped;
  return countedTotal(counts) === 0 ? CASH_TEXT.zeroFloat : '';
}

/** Opening: the float, counted by denomination. */
function Opening(): ReactNode {
  const { go } = useNavigation();
  const open = useAction('cash-session.open');
  const lastFloat = useProcedure('cash.standing', {}).value?.lastFloat ?? [];
  const [counts, setCounts] = useState<Counts>(NO_COUNTS);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const submit = async (): Promise<void> => {
    if (!isTyped(counts)) return;
    const answer = await open.run({ float: countedLines(counts) });
    if (answer === undefined) return;
    if (answer.ok) go({ screen: 'service' });
    else setRefusal(answer.error);
  };
  return (
    <Screen
      title={CASH_TEXT.title}
      primary={
        <KeyButton
          action="primary"
          primary
          label={CASH_TEXT.open}
          onPress={() => void submit()}
          disabled={!isTyped(counts)}
          busy={open.busy}
        />
      }
    >
      <Pane title={CASH_TEXT.open} fill>
        <p>{CASH_TEXT.openWhy}</p>
        {lastFloat.length === 0 ? null : (
          <div>
            <Button variant="default" onClick={() => setCounts(countsOf(lastFloat))}>
              {DRAWER_TEXT.lastFloat}
            </Button>
          </div>
        )}
        <DenominationCount
          counts={counts}
          totalLabel={CASH_TEXT.floatTotal}
          note={floatNote(counts)}
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
function Watching({
  session,
  onInspect,
}: Readonly<{ session: CashSessionView | null; onInspect: () => void }>): ReactNode {
  const { signIn } = useCounter();
  const canInspect = signIn.role === 'supervisor' && session?.state === 'open';
  return (
    <Screen
      title={CASH_TEXT.title}
      primary={
        canInspect ? (
          <KeyButton action="primary" primary label={INSPECTION_TEXT.start} onPress={onInspect} />
        ) : undefined
      }
    >
      <Pane title={CASH_TEXT.state} fill>
        <p>{session === null ? CASH_TEXT.notOfficer : CASH_TEXT.openedBy(session.officerName, session.openedAt)}</p>
      </Pane>
      <Deposits readOnly />
    </Screen>
  );
}

/** Sesi Kas: open, count blind, close, deposit. */
export function CashSession(): ReactNode {
  const { signIn } = useCounter();
  const reading = useProcedure('cash-session.current', {});
  const { go } = useNavigation();
  const [step, setStep] = useState<'none' | 'count' | 'hand-over' | 'inspect'>('none');
  const [handed, setHanded] = useState<HandedOverView | undefined>();
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
  const isLeft = session !== null && (session.forgotten || session.pausedAt !== null);
  if (signIn.role === 'supervisor' && isLeft) return <ForgottenSession session={session} />;
  const back = (): void => setStep('none');
  if (step === 'inspect' && session !== null) return <Inspection session={session} onBack={back} />;
  if (handed !== undefined) {
    const on = (): void => {
      setHanded(undefined);
      setStep('none');
      go({ screen: 'service' });
    };
    return <HandedOver handed={handed} onOn={on} />;
  }
  if (!mayOpen(signIn.role, 'service')) return <Watching session={session} onInspect={() => setStep('inspect')} />;
  if (closed !== undefined && session === null) {
    return <ClosedSession session={closed} onOpenNext={() => setClosed(undefined)} />;
  }
  if (session === null) return <Opening />;
  if (session.counted !== null)
    return <CountedSession session={session} counted={session.counted} onClosed={setClosed} />;
  if (step === 'count') return <CountDrawer session={session} onBack={back} />;
  if (step === 'hand-over') return <HandOver session={session} onBack={back} onHanded={setHanded} />;
  return (
    <OpenSession
      session={session}
      onCount={() => setStep('count')}
      onHandOver={() => setStep('hand-over')}
      onInspect={() => setStep('inspect')}
    />
  );
}

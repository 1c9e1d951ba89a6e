import { type ReactNode, useState } from 'react';
import type { CashSessionView } from '../../../contract/views-counter.ts';
import { mayOpen, useNavigation } from '../../app/navigation.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { count, money } from '../../text/format.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import styles from './CashSession.module.css';
import { DenominationCount } from './DenominationCount.tsx';
import { type Counts, countedLines, NO_COUNTS } from './denominations.ts';

/** The session that is open: what the ledger says of it. */
function OpenSession({ session }: Readonly<{ session: CashSessionView }>): ReactNode {
  const { status } = useCounter();
  const facts: readonly (readonly [string, string])[] = [
    [CASH_TEXT.opened, CASH_TEXT.openedBy(session.officerName, session.openedAt)],
    [CASH_TEXT.floatTotal, money(session.floatTotal)],
    [CASH_TEXT.sales, count(session.sales)],
    [CASH_TEXT.salesTotal, money(session.salesTotal)],
    [CASH_TEXT.undeposited, `${money(status.cash.undeposited)} / ${CASH_TEXT.cap} ${money(status.cash.cap)}`],
  ];
  return (
    <Pane
      title={CASH_TEXT.state}
      fill
      aside={<ToneMark tone={session.state === 'open' ? 'settled' : 'moving'} word={CASH_TEXT.states[session.state]} />}
    >
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['later']}>{CASH_TEXT.closeLater}</p>
    </Pane>
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
        <DenominationCount counts={counts} onChange={setCounts} onDone={() => void submit()} />
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      </Pane>
    </Screen>
  );
}

/** Sesi Kas: open one, or see the one that is open. */
export function CashSession(): ReactNode {
  const { signIn } = useCounter();
  const { go } = useNavigation();
  const session = useProcedure('cash-session.current', {});
  const officer = mayOpen(signIn.role, 'service');
  if (session.value === null && officer) return <Opening />;
  const opened = session.value ?? undefined;
  return (
    <Screen
      title={CASH_TEXT.title}
      primary={
        opened !== undefined && officer ? (
          <KeyButton action="primary" primary label={CASH_TEXT.serve} onPress={() => go({ screen: 'service' })} />
        ) : undefined
      }
    >
      {session.refusal === undefined ? null : <RefusalCard refusal={session.refusal} />}
      {opened === undefined ? (
        <p>{session.value === null ? CASH_TEXT.notOfficer : ''}</p>
      ) : (
        <OpenSession session={opened} />
      )}
    </Screen>
  );
}

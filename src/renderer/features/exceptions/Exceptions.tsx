import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { CHARGE_COMPONENTS } from '../../../domain/charge.ts';
import { mayOpen, useNavigation } from '../../app/navigation.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import {
  CASE_KIND_TEXT,
  CASE_TEXT,
  caseMeaning,
  differenceText,
  MONEY_PLACE_TEXT,
  periodText,
  stepText,
} from '../../text/case-text.ts';
import { centralMark } from '../../text/axes-text.ts';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { dateTime, money } from '../../text/format.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { componentText } from '../../text/vehicle-text.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Exceptions.module.css';
import { ExplainVariance } from './ExplainVariance.tsx';

function amountText(amount: number | null): string {
  return amount === null ? CASE_TEXT.notSaid : money(amount);
}

/** What the counter said beside what the province says, the difference marked. */
function SideBySide({ one }: Readonly<{ one: ExceptionCaseView }>): ReactNode {
  const differs = one.provinceTotal !== null && one.provinceTotal !== one.counterTotal;
  return (
    <div className={styles['sides']}>
      <div className={styles['side']}>
        <h3>{CASE_TEXT.counter}</h3>
        <strong>{amountText(one.counterTotal)}</strong>
      </div>
      <div className={styles['side']} data-differs={differs}>
        <h3>{CASE_TEXT.province}</h3>
        <strong>{amountText(one.provinceTotal)}</strong>
      </div>
      <div className={styles['side']} data-differs={differs}>
        <h3>{CASE_TEXT.difference}</h3>
        <strong>{differenceText(one.counterTotal, one.provinceTotal)}</strong>
      </div>
    </div>
  );
}

type Outcome = ExceptionCaseView['outcomes'][number];

/** The components in the order in which the paper lists them. */
function inPaperOrder(outcomes: readonly Outcome[]): readonly Outcome[] {
  const place = (outcome: Outcome): number =>
    CHARGE_COMPONENTS.findIndex((component) => component === outcome.component);
  return [...outcomes].sort(
    (left, right) => left.periodDueOn.localeCompare(right.periodDueOn) || place(left) - place(right),
  );
}

function Outcomes({ one }: Readonly<{ one: ExceptionCaseView }>): ReactNode {
  if (one.outcomes.length === 0) return null;
  return (
    <table className={styles['outcomes']}>
      <caption>{CASE_TEXT.outcomes}</caption>
      <thead>
        <tr>
          <th scope="col">{CASE_TEXT.outcomes}</th>
          <th scope="col">{CASE_TEXT.taken}</th>
          <th scope="col">{CASE_TEXT.expected}</th>
          <th scope="col">{CASE_TEXT.province}</th>
        </tr>
      </thead>
      <tbody>
        {inPaperOrder(one.outcomes).map((outcome) => {
          const { tone, word } = centralMark(outcome.state);
          return (
            <tr
              key={`${outcome.component}-${outcome.periodDueOn}`}
              data-differs={outcome.expected !== outcome.taken || tone === 'person'}
            >
              <th scope="row">
                {componentText(outcome.component)}
                <span className={styles['dim']}>{periodText(outcome.periodDueOn)}</span>
              </th>
              <td>{money(outcome.taken)}</td>
              <td>{money(outcome.expected)}</td>
              <td>
                <ToneMark tone={tone} word={word} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The question that a silent printer left open, with its two answers. */
function UnknownPaper({
  one,
  onRefusal,
}: Readonly<{ one: ExceptionCaseView; onRefusal: (refusal: ScreenRefusal | undefined) => void }>): ReactNode {
  const jobs = useProcedure('printing.jobs', {});
  const answer = useAction('printing.answer');
  const reprint = useAction('transactions.reprint');
  const job = (jobs.value ?? []).find((each) => each.state === 'unknown' && each.transactionId === one.transactionId);
  const say = async (cameOut: boolean): Promise<void> => {
    if (job === undefined) return;
    const answered = await answer.run({ jobId: job.jobId, cameOut });
    if (answered?.ok === false) onRefusal(answered.error);
    if (answered?.ok !== true || cameOut || one.transactionId === null) return;
    const printed = await reprint.run({ transactionId: one.transactionId, reason: SERVICE_TEXT.reprintReason });
    if (printed?.ok === false) onRefusal(printed.error);
  };
  if (job === undefined) return null;
  return (
    <>
      <p>{SERVICE_TEXT.didItComeOut(one.receiptNumber ?? '')}</p>
      <div className={styles['actions']}>
        <KeyButton action="cameOut" label={SERVICE_TEXT.cameOut} onPress={() => void say(true)} busy={answer.busy} />
        <KeyButton
          action="reprint"
          label={SERVICE_TEXT.didNotComeOut}
          onPress={() => void say(false)}
          busy={reprint.busy}
        />
      </div>
    </>
  );
}

/** What the case is about: a question, a drawer, or two figures side by side. */
function CaseFacts({
  one,
  onRefusal,
}: Readonly<{ one: ExceptionCaseView; onRefusal: (refusal: ScreenRefusal | undefined) => void }>): ReactNode {
  if (one.cashSessionId !== null) {
    return (
      <>
        <p className={styles['meaning']}>{CASH_TEXT.varianceOf(one.difference)}</p>
        <p>{`${CASE_TEXT.officer}: ${one.reason ?? ''}`}</p>
        <ExplainVariance cashSessionId={one.cashSessionId} onRefusal={onRefusal} />
      </>
    );
  }
  return (
    <>
      {one.kind === 'print-unknown' ? <UnknownPaper one={one} onRefusal={onRefusal} /> : <SideBySide one={one} />}
      {one.reason === null ? null : <p>{`${CASE_TEXT.reason}: ${one.reason}`}</p>}
    </>
  );
}

/** A case is a page. */
function CasePage({ one }: Readonly<{ one: ExceptionCaseView }>): ReactNode {
  const { go } = useNavigation();
  const { signIn } = useCounter();
  const reprint = useAction('transactions.reprint');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const { transactionId } = one;
  const printCopy = async (): Promise<void> => {
    if (transactionId === null) return;
    const answer = await reprint.run({ transactionId, reason: CASE_KIND_TEXT[one.kind] });
    if (answer !== undefined) setRefusal(answer.ok ? undefined : answer.error);
  };
  const officer = mayOpen(signIn.role, 'service');
  const foot =
    transactionId === null ? undefined : (
      <div className={styles['actions']}>
        <Button variant="default" onClick={() => go({ screen: 'history', transactionId })}>
          {CASE_TEXT.transaction}
        </Button>
        {officer && one.kind !== 'print-unknown' ? (
          <KeyButton
            action="primary"
            primary
            label={CASE_TEXT.paper}
            onPress={() => void printCopy()}
            busy={reprint.busy}
          />
        ) : null}
      </div>
    );
  return (
    <Pane
      title={CASE_KIND_TEXT[one.kind]}
      fill
      foot={foot}
      aside={one.nrkb === null ? null : <Plate nrkb={one.nrkb} />}
    >
      <p className={styles['meaning']}>{caseMeaning(one.kind)}</p>
      <p className={styles['dim']}>
        {[one.receiptNumber ?? '', `${CASE_TEXT.opened} ${dateTime(one.openedAt)}`]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <CaseFacts one={one} onRefusal={setRefusal} />
      <p>
        <strong>{`${CASE_TEXT.money}: `}</strong>
        {MONEY_PLACE_TEXT[one.moneyPlace]}
      </p>
      <div>
        <h3>{CASE_TEXT.steps}</h3>
        {one.steps.length === 0 ? (
          <p className={styles['dim']}>{CASE_TEXT.noSteps}</p>
        ) : (
          <ol className={styles['steps']}>
            {one.steps.map((step) => (
              <li key={step}>{stepText(step)}</li>
            ))}
          </ol>
        )}
      </div>
      <Outcomes one={one} />
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </Pane>
  );
}

/** Perlu Tindakan: the list of cases, and the chosen one as a page. */
export function Exceptions(): ReactNode {
  const reading = useProcedure('exceptions.list', {});
  const [chosen, setChosen] = useState<string | undefined>();
  const cases = reading.value ?? [];
  const one = cases.find((each) => each.caseId === chosen) ?? cases[0];
  return (
    <Screen title={CASE_TEXT.title}>
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      {reading.value !== undefined && one === undefined ? (
        <EmptyState text={CASE_TEXT.empty} next={CASE_TEXT.emptyNext} />
      ) : (
        <>
          <div className={styles['list']}>
            <Pane title={CASE_TEXT.list} fill>
              <VirtualList<ExceptionCaseView>
                label={CASE_TEXT.list}
                rows={cases}
                keyOf={(each) => each.caseId}
                rowRem={4}
                columns="minmax(0, 1fr)"
                selected={one?.caseId}
                onSelect={(each) => setChosen(each.caseId)}
                autoFocus
                empty={null}
                render={(each) => (
                  <span className={styles['row']}>
                    <span className={styles['rowHead']}>
                      {each.nrkb === null ? null : <Plate nrkb={each.nrkb} />}
                      <span className={styles['dim']}>{dateTime(each.openedAt)}</span>
                    </span>
                    <ToneMark tone="person" word={CASE_KIND_TEXT[each.kind]} />
                  </span>
                )}
              />
            </Pane>
          </div>
          {one === undefined ? null : <CasePage key={one.caseId} one={one} />}
        </>
      )}
    </Screen>
  );
}

import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CasePage } from '../../../contract/views-cases.ts';
import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { CHARGE_COMPONENTS } from '../../../domain/charge.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import {
  CASE_KIND_TEXT,
  CASE_TEXT,
  caseMeaning,
  differenceText,
  MONEY_PLACE_TEXT,
  periodText,
} from '../../text/case-text.ts';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import { caseReason } from '../../text/case-sheets-text.ts';
import { centralMark } from '../../text/axes-text.ts';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { dateTime, money } from '../../text/format.ts';
import { componentText } from '../../text/vehicle-text.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { ApprovalCase } from './ApprovalCase.tsx';
import { CaseActions, CaseStepSheet, type OpenedStep } from './CaseActions.tsx';
import { type Asked, CaseList, casesOf } from './CaseList.tsx';
import { CasePapers } from './CasePapers.tsx';
import { CaseHead, CaseLife, CaseMoney, CaseRefunds, CaseSteps } from './CaseProgress.tsx';
import styles from './Exceptions.module.css';
import { ExplainVariance } from './ExplainVariance.tsx';
import { RefundPapers } from './RefundPapers.tsx';
import { UnclaimedRefund } from './UnclaimedRefund.tsx';
import { UnknownPaper } from './UnknownPaper.tsx';

function amountText(amount: number | null): string {
  return amount === null ? CASE_TEXT.notSaid : money(amount);
}

/** What the counter said beside what the province says, the difference marked; nothing where neither names a sum. */
function SideBySide({ one }: Readonly<{ one: ExceptionCaseView }>): ReactNode {
  if (one.counterTotal === null && one.provinceTotal === null) return null;
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

/** What the case is about: a question, a drawer, or two figures side by side. */
function CaseFacts({
  one,
  papers,
  onRefusal,
}: Readonly<{
  one: ExceptionCaseView;
  papers: CasePage['papers'];
  onRefusal: (refusal: ScreenRefusal | undefined) => void;
}>): ReactNode {
  if (one.kind === 'cash-variance' && one.cashSessionId !== null) {
    return (
      <>
        <p className={styles['meaning']}>{CASH_TEXT.varianceOf(one.difference)}</p>
        <p>{`${CASE_TEXT.officer}: ${one.reason ?? ''}`}</p>
        <ExplainVariance cashSessionId={one.cashSessionId} inspectionId={one.inspectionId} onRefusal={onRefusal} />
      </>
    );
  }
  const reason = caseReason(one);
  if (one.approval !== null) return <ApprovalCase approval={one.approval} usedAt={one.openedAt} />;
  return (
    <>
      {one.kind === 'print-unknown' ? (
        <UnknownPaper one={one} papers={papers} onRefusal={onRefusal} />
      ) : (
        <SideBySide one={one} />
      )}
      {reason === null ? null : <p>{reason}</p>}
    </>
  );
}

/** What was settled a moment ago: nothing more is asked of it, and what was refused after it is told. */
function EndedCase({
  one,
  refusal,
}: Readonly<{ one: ExceptionCaseView; refusal: ScreenRefusal | undefined }>): ReactNode {
  return (
    <Pane title={CASE_KIND_TEXT[one.kind]} fill aside={one.nrkb === null ? null : <Plate nrkb={one.nrkb} />}>
      <p role="status">{CASE_PAGE_TEXT.closed}</p>
      <p className={styles['dim']}>{one.receiptNumber ?? ''}</p>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </Pane>
  );
}

/** A case is a page: facts, steps, money, life, and what this person can do about it. */
function CaseOfList({
  one,
  refusal,
  onOpen,
  onRefusal,
}: Readonly<{
  one: ExceptionCaseView;
  refusal: ScreenRefusal | undefined;
  onOpen: (opened: OpenedStep) => void;
  onRefusal: (refusal: ScreenRefusal | undefined) => void;
}>): ReactNode {
  const { go } = useNavigation();
  const { signIn } = useCounter();
  const reading = useProcedure('cases.page', { caseId: one.caseId });
  const { transactionId } = one;
  const page = reading.value;
  const hasOwnPrimary = one.kind === 'cash-variance' && signIn.role === 'supervisor';
  const foot =
    page === undefined ? undefined : (
      <CaseActions page={page} hasOwnPrimary={hasOwnPrimary} onOpen={onOpen} onRefusal={onRefusal} />
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
        {transactionId === null ? null : (
          <Button variant="subtle" size="compact-sm" onClick={() => go({ screen: 'history', transactionId })}>
            {CASE_TEXT.transaction}
          </Button>
        )}
      </p>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      <UnclaimedRefund unclaimed={one.unclaimed} />
      <CaseFacts one={one} papers={page?.papers ?? []} onRefusal={onRefusal} />
      <p>
        <strong>{`${CASE_TEXT.money}: `}</strong>
        {MONEY_PLACE_TEXT[one.moneyPlace]}
      </p>
      {page === undefined ? (
        <Skeleton height="12rem" />
      ) : (
        <>
          <div className={styles['two']}>
            <CaseSteps page={page} />
            <CaseHead page={page} />
          </div>
          <Outcomes one={one} />
          <CaseRefunds page={page} />
          <RefundPapers page={page} onRefusal={onRefusal} />
          <CasePapers page={page} onRefusal={onRefusal} />
          <div className={styles['two']}>
            <CaseLife page={page} />
            <CaseMoney page={page} />
          </div>
        </>
      )}
    </Pane>
  );
}

/** A refusal and the case that it is about: it is drawn where that case stands, or stood. */
type Refused = Readonly<{ caseId: string; refusal: ScreenRefusal | undefined }>;

/** Perlu Tindakan: the list of cases, and the chosen one as a page. */
export function Exceptions(): ReactNode {
  const reading = useProcedure('exceptions.list', {});
  // Once shown it stays: what was answered leaves the list, and a key pressed twice answers nothing else.
  const [held, setHeld] = useState<ExceptionCaseView | undefined>();
  const [asked, setAsked] = useState<Asked>('all');
  const [opened, setOpened] = useState<OpenedStep | undefined>();
  const [refused, setRefused] = useState<Refused | undefined>();
  const all = reading.value ?? [];
  const cases = casesOf(all, asked);
  const listed = all.find((each) => each.caseId === held?.caseId);
  const isEnded = reading.value !== undefined && held !== undefined && listed === undefined;
  const one = listed ?? held ?? cases[0];
  useEffect(() => setHeld(one), [one]);
  const list = useRef<HTMLDivElement>(null);
  const isSheetOpen = opened !== undefined;
  useEffect(() => {
    // The button that had the focus is gone with the case; from here an arrow leads to the next one.
    if (isEnded && !isSheetOpen) list.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
  }, [isEnded, isSheetOpen]);
  const refusal = refused?.caseId === one?.caseId ? refused?.refusal : undefined;
  return (
    <Screen title={CASE_TEXT.title}>
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      {reading.value !== undefined && all.length === 0 && one === undefined ? (
        <EmptyState text={CASE_TEXT.empty} next={CASE_TEXT.emptyNext} />
      ) : (
        <>
          <CaseList
            place={list}
            all={all}
            cases={cases}
            asked={asked}
            onAsked={(next) => {
              setAsked(next);
              setHeld(undefined);
            }}
            selected={one?.caseId}
            onSelect={setHeld}
          />
          {one === undefined ? null : isEnded ? (
            <EndedCase one={one} refusal={refusal} />
          ) : (
            <CaseOfList
              key={one.caseId}
              one={one}
              refusal={refusal}
              onOpen={setOpened}
              onRefusal={(next) => setRefused({ caseId: one.caseId, refusal: next })}
            />
          )}
        </>
      )}
      {opened === undefined ? null : <CaseStepSheet {...opened} onClose={() => setOpened(undefined)} />}
    </Screen>
  );
}

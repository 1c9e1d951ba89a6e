import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CasePage } from '../../../contract/views-cases.ts';
import { assertNever } from '../../../domain/result.ts';
import { ApprovalSheet } from '../../app/ApprovalSheet.tsx';
import { mayOpen } from '../../app/navigation.tsx';
import { useAction } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { approvalWords } from '../../text/approval-text.ts';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import { CASE_SHEETS_TEXT } from '../../text/case-sheets-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { AssignSheet } from './AssignSheet.tsx';
import { CashRefundSheet } from './CashRefundSheet.tsx';
import { DeclareMissingSheet } from './DeclareMissingSheet.tsx';
import styles from './Exceptions.module.css';
import { MatchSheet } from './MatchSheet.tsx';
import { RefundSheet } from './RefundSheet.tsx';
import { TopUpSheet } from './TopUpSheet.tsx';

/** What can be done on the page of a case; each has its sheet. */
type Step =
  | 'collect'
  | 'waive'
  | 'match'
  | 'cash-refund'
  | 'apply-refund'
  | 'approve-refund'
  | 'declare-missing'
  | 'assign';

const LABELS: Readonly<Record<Step, string>> = {
  collect: CASE_PAGE_TEXT.collect,
  waive: CASE_PAGE_TEXT.waive,
  match: CASE_PAGE_TEXT.match,
  'cash-refund': CASE_PAGE_TEXT.cashRefund,
  'apply-refund': CASE_PAGE_TEXT.applyRefund,
  'approve-refund': CASE_PAGE_TEXT.approveRefund,
  'declare-missing': CASE_SHEETS_TEXT.declareMissing,
  assign: CASE_PAGE_TEXT.assign,
};

/** What this person may do now, the next step first. */
function stepsNow(page: CasePage, isOfficer: boolean): readonly Step[] {
  const waiting = page.refunds.find(({ state, approvedHere }) => state === 'requested' && !approvedHere);
  return [
    ...(page.shortfall !== null && isOfficer ? (['collect'] as const) : []),
    ...(page.shortfall?.mayWaive === true ? (['waive'] as const) : []),
    ...(page.matchDecisionId !== null && !isOfficer ? (['match'] as const) : []),
    ...(waiting === undefined ? [] : (['approve-refund'] as const)),
    ...(page.isOpen && page.cashRefund?.may === 'yes' && isOfficer && page.shortfall === null
      ? (['cash-refund'] as const)
      : []),
    ...(page.isOpen && page.gap !== null ? (['declare-missing'] as const) : []),
    ...(page.isOpen && page.refundToAsk !== null && isOfficer ? (['apply-refund'] as const) : []),
  ];
}

type SheetProps = Readonly<{ page: CasePage; step: Step; onClose: () => void }>;

/** The second person for what needs one and nothing else. */
function ApproveStep({ page, step, onClose }: SheetProps): ReactNode {
  const waive = useAction('shortfalls.waive');
  const approve = useAction('refunds.approve');
  const [reason, setReason] = useState('');
  const { transactionId, shortfall } = page;
  const refund = page.refunds.find(({ state, approvedHere }) => state === 'requested' && !approvedHere);
  if (transactionId === null) return null;
  if (step === 'waive' && shortfall !== null) {
    const { decisionId, total: amount } = shortfall;
    return (
      <ApprovalSheet
        title={CASE_PAGE_TEXT.waive}
        asked={{ action: 'waive-shortfall', subject: transactionId, amount, content: { decisionId } }}
        submitLabel={CASE_PAGE_TEXT.waive}
        incomplete={reason.trim().length < 3}
        onClose={onClose}
        submit={async (approval) => {
          const answer = await waive.run({ transactionId, decisionId, reason, approval });
          return answer?.ok === false ? answer.error : undefined;
        }}
      >
        <p>{approvalWords('waive-shortfall', amount)}</p>
        <TextInput
          label={CASE_PAGE_TEXT.reason}
          value={reason}
          maxLength={200}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ApprovalSheet>
    );
  }
  if (refund === undefined) return null;
  const { refundId, amount } = refund;
  return (
    <ApprovalSheet
      title={CASE_PAGE_TEXT.approveRefund}
      asked={{ action: 'refund-application', subject: transactionId, amount, content: { refundId } }}
      submitLabel={CASE_PAGE_TEXT.approveRefund}
      onClose={onClose}
      submit={async (approval) => {
        const answer = await approve.run({ refundId, approval });
        return answer?.ok === false ? answer.error : undefined;
      }}
    />
  );
}

/** The sheet of one step; it stands by itself, because the case below may be gone once the step is done. */
export function CaseStepSheet({ page, step, onClose }: SheetProps): ReactNode {
  const { transactionId, shortfall, matchDecisionId, cashRefund, refundToAsk, caseId, owner } = page;
  switch (step) {
    case 'assign':
      return <AssignSheet caseId={caseId} owner={owner} onClose={onClose} />;
    case 'collect':
      return transactionId === null || shortfall === null ? null : (
        <TopUpSheet transactionId={transactionId} shortfall={shortfall} onClose={onClose} />
      );
    case 'match':
      return transactionId === null || matchDecisionId === null ? null : (
        <MatchSheet transactionId={transactionId} decisionId={matchDecisionId} onClose={onClose} />
      );
    case 'cash-refund':
      return transactionId === null || cashRefund === null ? null : (
        <CashRefundSheet transactionId={transactionId} offer={cashRefund} onClose={onClose} />
      );
    case 'apply-refund':
      return transactionId === null || refundToAsk === null ? null : (
        <RefundSheet
          transactionId={transactionId}
          amount={refundToAsk.amount}
          missing={page.refundPapers?.missing ?? []}
          onClose={onClose}
        />
      );
    case 'declare-missing':
      return page.gap === null ? null : <DeclareMissingSheet gap={page.gap} onClose={onClose} />;
    case 'waive':
    case 'approve-refund':
      return <ApproveStep page={page} step={step} onClose={onClose} />;
    default:
      return assertNever(step);
  }
}

/** A sheet shows the case as it was when it was opened: an answer changes the page below it at once. */
export type OpenedStep = Readonly<{ step: Step; page: CasePage }>;

/** The foot of a case's page: its letter, its hand-over, and the one next step as the primary action. */
export function CaseActions({
  page,
  hasOwnPrimary,
  onOpen,
  onRefusal,
}: Readonly<{
  page: CasePage;
  onOpen: (opened: OpenedStep) => void;
  /** The body of the page has a primary action of its own. */
  hasOwnPrimary: boolean;
  onRefusal: (refusal: ScreenRefusal | undefined) => void;
}>): ReactNode {
  const { signIn } = useCounter();
  const open = useAction('cases.open');
  const letter = useAction('cases.print-letter');
  const [note, setNote] = useState('');
  const { caseId } = page;
  const [first, ...others] = stepsNow(page, mayOpen(signIn.role, 'service'));
  const show = (step: Step) => (): void => onOpen({ step, page });
  const take = async (): Promise<void> => {
    const answer = await open.run({ caseId });
    if (answer?.ok === false) onRefusal(answer.error);
  };
  const print = async (): Promise<void> => {
    const answer = await letter.run({ caseId });
    if (answer === undefined) return;
    onRefusal(answer.ok ? undefined : answer.error);
    setNote(answer.ok ? CASE_PAGE_TEXT.letterSent : '');
  };
  const isNew = page.number === null && page.isOpen;
  const next = isNew ? { label: CASE_PAGE_TEXT.open, run: () => void take() } : undefined;
  const primary = next ?? (first === undefined ? undefined : { label: LABELS[first], run: show(first) });
  const rest = isNew && first !== undefined ? [first, ...others] : others;
  return (
    <div className={styles['actions']}>
      <span role="status">{note}</span>
      {page.isOpen && !isNew ? (
        <Button variant="default" onClick={show('assign')}>
          {CASE_PAGE_TEXT.assign}
        </Button>
      ) : null}
      <KeyButton action="quote" label={CASE_PAGE_TEXT.letter} onPress={() => void print()} busy={letter.busy} />
      {rest.map((step) => (
        <Button key={step} variant="default" onClick={show(step)}>
          {LABELS[step]}
        </Button>
      ))}
      {primary === undefined ? null : hasOwnPrimary ? (
        <Button variant="default" onClick={primary.run}>
          {primary.label}
        </Button>
      ) : (
        <KeyButton action="primary" primary label={primary.label} onPress={primary.run} busy={open.busy} />
      )}
    </div>
  );
}

import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CasePage } from '../../../contract/views-cases.ts';
import { ApprovalPart } from '../../app/ApprovalPart.tsx';
import { mayOpen } from '../../app/navigation.tsx';
import { useAction } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { useApproval } from '../../app/use-approval.ts';
import { CASE_PAGE_TEXT, CASE_PAPER_TEXT } from '../../text/case-page-text.ts';
import { numberFact, type ScreenRefusal } from '../../text/error-facts.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './Exceptions.module.css';

type Paper = CasePage['papers'][number];

type ReprintProps = Readonly<{ transactionId: string; paper: Paper; onClose: () => void }>;

/** A paper of the case once more; above the policy's number the second person is asked for on this very sheet. */
function ReprintSheet({ transactionId, paper: { paper, number }, onClose }: ReprintProps): ReactNode {
  const reprint = useAction('cases.reprint');
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [copyNo, setCopyNo] = useState<number | null>(null);
  const act = { action: 'reprint', subject: transactionId, amount: copyNo ?? 0, content: { reason } } as const;
  const approving = useApproval(copyNo === null ? null : act);
  const { proof } = approving;
  const ready = reason.trim() === reason && reason.length >= 3 && (copyNo === null || proof !== null);
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await reprint.run({ transactionId, paper, reason, approval: copyNo === null ? null : proof });
    if (answer === undefined) return;
    approving.forget();
    if (answer.ok) {
      onClose();
      return;
    }
    setRefusal(answer.error);
    if (answer.error.code === 'APPROVAL_NEEDED') setCopyNo(numberFact(answer.error.details ?? {}, 'copyNo') ?? 0);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={CASE_PAGE_TEXT.reprint} width="38rem" closeLabel={CASE_PAGE_TEXT.cancel} onClose={onClose}>
      <div className={styles['sheet']}>
        <p>{`${CASE_PAPER_TEXT[paper]} ${number}`}</p>
        <TextInput
          label={CASE_PAGE_TEXT.reason}
          value={reason}
          maxLength={200}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {copyNo === null ? null : <ApprovalPart approving={approving} />}
        <SheetFoot
          cancelLabel={CASE_PAGE_TEXT.cancel}
          submitLabel={CASE_PAGE_TEXT.reprint}
          ready={ready}
          busy={reprint.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}

/** Papers that were printed about the case: the question of a silent printer, and a further copy with its reason. */
export function CasePapers({
  page,
  onRefusal,
}: Readonly<{ page: CasePage; onRefusal: (refusal: ScreenRefusal | undefined) => void }>): ReactNode {
  const { signIn } = useCounter();
  const answer = useAction('printing.answer');
  const reprint = useAction('cases.reprint');
  const [again, setAgain] = useState<Paper | undefined>();
  const { papers, transactionId } = page;
  if (papers.length === 0 || transactionId === null || !mayOpen(signIn.role, 'service')) return null;
  const say = async (paper: Paper['paper'], jobId: string, cameOut: boolean): Promise<void> => {
    const answered = await answer.run({ jobId, cameOut });
    if (answered === undefined) return;
    onRefusal(answered.ok ? undefined : answered.error);
    if (!answered.ok || cameOut) return;
    const printed = await reprint.run({ transactionId, paper, reason: SERVICE_TEXT.reprintReason });
    if (printed?.ok === false) onRefusal(printed.error);
  };
  return (
    <section aria-label={CASE_PAGE_TEXT.papers}>
      <h3>{CASE_PAGE_TEXT.papers}</h3>
      <ul className={styles['papers']}>
        {papers.map((one, index) => {
          const { paper, number, unknownJobId } = one;
          return (
            <li key={paper}>
              <span>
                {CASE_PAPER_TEXT[paper]}
                <span className={styles['dim']}>{` ${number}`}</span>
                {unknownJobId === null ? null : <strong>{` ${CASE_PAGE_TEXT.didPaperComeOut}`}</strong>}
              </span>
              {unknownJobId === null ? (
                index === 0 && page.kind !== 'print-unknown' ? (
                  <KeyButton action="reprint" small label={CASE_PAGE_TEXT.reprint} onPress={() => setAgain(one)} />
                ) : (
                  <Button variant="default" size="compact-sm" onClick={() => setAgain(one)}>
                    {CASE_PAGE_TEXT.reprint}
                  </Button>
                )
              ) : (
                <span className={styles['actions']}>
                  <Button variant="default" size="compact-sm" onClick={() => void say(paper, unknownJobId, true)}>
                    {SERVICE_TEXT.cameOut}
                  </Button>
                  <Button variant="default" size="compact-sm" onClick={() => void say(paper, unknownJobId, false)}>
                    {SERVICE_TEXT.didNotComeOut}
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {again === undefined ? null : (
        <ReprintSheet paper={again} transactionId={transactionId} onClose={() => setAgain(undefined)} />
      )}
    </section>
  );
}

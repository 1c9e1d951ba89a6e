import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ApprovalQuestion } from '../../../contract/views-approvals.ts';
import { useAction } from '../../app/queries.tsx';
import { approvalWords } from '../../text/approval-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { REMOTE_CODE_TEXT } from '../../text/remote-code-text.ts';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './RemoteCode.module.css';

type OwnApprovalsProps = Readonly<{ questions: readonly ApprovalQuestion[]; onAnswered: () => void }>;

/** Approvals in his name that nothing of his has signed yet: his, or not his. */
export function OwnApprovals({ questions, onAnswered }: OwnApprovalsProps): ReactNode {
  const answer = useAction('approvals.answer');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const say = async (approvalId: string, isOwn: boolean): Promise<void> => {
    const said = await answer.run({ approvalId, isOwn });
    if (said === undefined) return;
    setRefusal(said.ok ? undefined : said.error);
    onAnswered();
  };
  return (
    <Pane title={REMOTE_CODE_TEXT.questionsTitle} fill={questions.length > 0}>
      <p className={styles['note']}>
        {questions.length === 0 ? REMOTE_CODE_TEXT.noQuestions : REMOTE_CODE_TEXT.questionsHow}
      </p>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      {questions.map(({ approvalId, outletName, action, amount, method, usedAt }) => (
        <section key={approvalId} className={styles['question']}>
          <strong>{approvalWords(action, amount)}</strong>
          <span className={styles['note']}>{REMOTE_CODE_TEXT.when(outletName, usedAt, method)}</span>
          <div className={styles['actions']}>
            <Button variant="default" onClick={() => void say(approvalId, true)} disabled={answer.busy}>
              {REMOTE_CODE_TEXT.mine}
            </Button>
            <Button variant="default" color="red" onClick={() => void say(approvalId, false)} disabled={answer.busy}>
              {REMOTE_CODE_TEXT.notMine}
            </Button>
          </div>
        </section>
      ))}
    </Pane>
  );
}

import type { ReactNode } from 'react';
import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { APPROVAL_CASE_TEXT, approvalWords } from '../../text/approval-text.ts';
import { dateTime } from '../../text/format.ts';
import { FactList } from '../../ui/FactList.tsx';
import styles from './Exceptions.module.css';

type ApprovalCaseProps = Readonly<{ approval: NonNullable<ExceptionCaseView['approval']>; usedAt: number }>;

/** An approval that nobody has signed for, or that its supervisor says was not his. */
export function ApprovalCase({ approval, usedAt }: ApprovalCaseProps): ReactNode {
  const { action, amount, method, approvedBy, disputed } = approval;
  return (
    <>
      <p className={styles['meaning']}>{disputed ? APPROVAL_CASE_TEXT.disputed : APPROVAL_CASE_TEXT.unconfirmed}</p>
      <FactList
        facts={[
          [APPROVAL_CASE_TEXT.act, approvalWords(action, amount)],
          [APPROVAL_CASE_TEXT.by, approvedBy],
          [APPROVAL_CASE_TEXT.how, APPROVAL_CASE_TEXT.methods[method]],
          [APPROVAL_CASE_TEXT.at, dateTime(usedAt)],
        ]}
      />
    </>
  );
}

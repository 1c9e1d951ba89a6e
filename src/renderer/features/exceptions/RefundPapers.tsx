import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CasePage } from '../../../contract/views-cases.ts';
import type { RefundPaper } from '../../../domain/refund-papers.ts';
import { useCapture } from '../../app/capture-request.tsx';
import { mayOpen } from '../../app/navigation.tsx';
import { useAction } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASE_PAGE_TEXT, REFUND_PAPER_TEXT } from '../../text/case-page-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import styles from './Exceptions.module.css';

/** The papers of an application: what lies there, what is missing, and the key that takes the next one in. */
export function RefundPapers({
  page,
  onRefusal,
}: Readonly<{ page: CasePage; onRefusal: (refusal: ScreenRefusal | undefined) => void }>): ReactNode {
  const { signIn } = useCounter();
  const capture = useCapture();
  const open = useAction('cases.open');
  const { refundPapers, caseId } = page;
  if (refundPapers === null) return null;
  const { papers } = refundPapers;
  const next = papers.find(({ pages }) => pages === 0) ?? papers[0];
  const take = async (kind: RefundPaper, pages: number): Promise<void> => {
    // Pages lie with the case: one that nobody took in hand gets its number now.
    const opened = refundPapers.stream === null ? await open.run({ caseId }) : undefined;
    if (opened?.ok === false) onRefusal(opened.error);
    const stream = refundPapers.stream ?? (opened?.ok === true ? (opened.value.refundPapers?.stream ?? null) : null);
    if (stream === null) return;
    capture.open({ stream, kind, label: REFUND_PAPER_TEXT[kind], open: pages === 0 ? 'take' : 'pages' });
  };
  const mayTake = mayOpen(signIn.role, 'service');
  return (
    <section aria-label={CASE_PAGE_TEXT.papersTitle}>
      <h3>{CASE_PAGE_TEXT.papersTitle}</h3>
      <ul className={styles['papers']}>
        {papers.map(({ kind, pages }) => (
          <li key={kind}>
            <span>{REFUND_PAPER_TEXT[kind]}</span>
            {mayTake ? (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`${REFUND_PAPER_TEXT[kind]}: ${CASE_PAGE_TEXT.pagesKept(pages)}`}
                onClick={() => void take(kind, pages)}
              >
                {CASE_PAGE_TEXT.pagesKept(pages)}
              </Button>
            ) : (
              <span className={styles['dim']}>{CASE_PAGE_TEXT.pagesKept(pages)}</span>
            )}
          </li>
        ))}
      </ul>
      {mayTake && next !== undefined ? (
        <KeyButton
          action="documents"
          small
          label={CASE_PAGE_TEXT.photograph}
          onPress={() => void take(next.kind, next.pages)}
          busy={open.busy}
        />
      ) : null}
    </section>
  );
}

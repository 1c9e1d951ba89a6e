import { Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASE_TEXT } from '../../text/case-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import styles from './Exceptions.module.css';

/** The words by which a supervisor closes the case of a variance; an officer reads whom to ask. */
export function ExplainVariance({
  cashSessionId,
  inspectionId,
  onRefusal,
}: Readonly<{
  cashSessionId: string;
  /** Null where the variance is that of a close. */
  inspectionId: string | null;
  onRefusal: (refusal: ScreenRefusal | undefined) => void;
}>): ReactNode {
  const { signIn } = useCounter();
  const ofClose = useAction('cash-session.explain-variance');
  const ofInspection = useAction('cash-inspection.explain');
  const busy = ofClose.busy || ofInspection.busy;
  const [explanation, setExplanation] = useState('');
  if (signIn.role !== 'supervisor') return <p className={styles['dim']}>{CASE_TEXT.supervisorExplains}</p>;
  const ready = explanation.trim().length >= 5;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer =
      inspectionId === null
        ? await ofClose.run({ cashSessionId, explanation })
        : await ofInspection.run({ inspectionId, explanation });
    if (answer?.ok === false) onRefusal(answer.error);
  };
  return (
    <>
      <Textarea
        label={CASE_TEXT.explanation}
        placeholder={CASE_TEXT.explanationExample}
        value={explanation}
        maxLength={300}
        autosize
        minRows={2}
        onChange={(event) => setExplanation(event.currentTarget.value)}
      />
      <div className={styles['actions']}>
        <KeyButton
          action="primary"
          primary
          label={CASE_TEXT.explain}
          onPress={() => void submit()}
          disabled={!ready}
          busy={busy}
        />
      </div>
    </>
  );
}

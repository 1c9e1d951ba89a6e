import { Button, Checkbox } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import { WIZARD_TEXT } from '../../text/enrolment-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Enrolment.module.css';

type Authority = Readonly<{ name: string; fingerprint: string; isRoot: boolean }>;

/** Whether to believe a network that vouches for itself: with its fingerprint, and never by a single press. */
export function CertificateQuestion({
  provinceUrl,
  authority,
  onTrusted,
  onRefused,
}: Readonly<{
  provinceUrl: string;
  authority: Authority;
  onTrusted: () => void;
  onRefused: () => void;
}>): ReactNode {
  const trust = useAction('enrolment.trust');
  const [isCompared, setCompared] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const { name, fingerprint, isRoot } = authority;
  const say = async (): Promise<void> => {
    const answer = await trust.run({ provinceUrl, fingerprint });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) onTrusted();
  };
  return (
    <section className={styles['question']} role="alert" aria-label={WIZARD_TEXT.certificateTitle}>
      <strong>{WIZARD_TEXT.certificateTitle}</strong>
      <p>{WIZARD_TEXT.certificateWhat(name)}</p>
      <p>{isRoot ? WIZARD_TEXT.certificateAsk : WIZARD_TEXT.notRoot}</p>
      <dl>
        <dt>{WIZARD_TEXT.fingerprint}</dt>
        <dd className={styles['print']}>{fingerprint}</dd>
      </dl>
      {isRoot ? (
        <Checkbox
          label={WIZARD_TEXT.compared}
          checked={isCompared}
          onChange={(event) => setCompared(event.currentTarget.checked)}
        />
      ) : null}
      <div className={styles['row']}>
        <Button variant="default" onClick={onRefused}>
          {WIZARD_TEXT.notTrusted}
        </Button>
        {isRoot ? (
          <Button color="red" disabled={!isCompared || trust.busy} onClick={() => void say()}>
            {WIZARD_TEXT.trust}
          </Button>
        ) : null}
      </div>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </section>
  );
}

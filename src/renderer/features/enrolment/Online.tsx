import { type ReactNode, type SyntheticEvent, useRef, useState } from 'react';
import type { EnrolmentTicket } from '../../../contract/enrolment-ticket.ts';
import type { OutputFor } from '../../app/client.ts';
import { useAction } from '../../app/queries.tsx';
import { WIZARD_TEXT } from '../../text/enrolment-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { ENROLMENT_TEXT } from '../../text/sign-in-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { CertificateQuestion } from './CertificateQuestion.tsx';
import { CodeFields } from './CodeFields.tsx';
import styles from './Enrolment.module.css';

/** Enrolment by the line. */
export function Online(): ReactNode {
  const enrol = useAction('enrolment.enrol');
  const look = useAction('enrolment.look');
  const [ticket, setTicket] = useState<EnrolmentTicket>({ provinceUrl: '', code: '' });
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [looked, setLooked] = useState<OutputFor<'enrolment.look'> | undefined>();
  const [note, setNote] = useState('');
  const codeField = useRef<HTMLInputElement>(null);
  const asked = { provinceUrl: ticket.provinceUrl.trim(), code: ticket.code.trim() };
  const ready = asked.provinceUrl !== '' && asked.code.length >= 8;

  const submit = async (): Promise<void> => {
    if (!ready) {
      codeField.current?.focus();
      return;
    }
    setRefusal(undefined);
    setLooked(undefined);
    setNote('');
    const answer = await enrol.run(asked);
    if (answer?.ok !== false) return;
    setRefusal(answer.error);
    if (answer.error.code !== 'NO_LINE') return;
    // Nobody answered, or somebody whom this computer does not know: who is it?
    const seen = await look.run({ provinceUrl: asked.provinceUrl });
    if (seen?.ok === true) setLooked(seen.value);
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void submit();
  };
  const stranger = looked?.fault === null ? null : (looked?.authority ?? null);

  return (
    <form className={styles['part']} onSubmit={onSubmit}>
      <CodeFields ticket={ticket} onChange={setTicket} urlLabel={ENROLMENT_TEXT.url} codeField={codeField} />
      <Waiting busy={enrol.busy || look.busy} label={ENROLMENT_TEXT.working} />
      {stranger === null ? (
        refusal === undefined ? (
          <p className={styles['next']} role="status">
            {note === '' ? ENROLMENT_TEXT.next : note}
          </p>
        ) : (
          <RefusalCard refusal={refusal} />
        )
      ) : (
        <CertificateQuestion
          provinceUrl={asked.provinceUrl}
          authority={stranger}
          onTrusted={() => {
            setLooked(undefined);
            setRefusal(undefined);
            setNote(WIZARD_TEXT.trusted);
          }}
          onRefused={() => setLooked(undefined)}
        />
      )}
      {looked !== undefined && looked.cards.length > 1 ? <p role="status">{WIZARD_TEXT.cards(looked.cards)}</p> : null}
      <button type="submit" hidden />
      <KeyButton
        action="primary"
        label={ENROLMENT_TEXT.enrol}
        onPress={() => void submit()}
        primary
        wide
        disabled={!ready}
        busy={enrol.busy}
      />
    </form>
  );
}

import { Button, TextInput } from '@mantine/core';
import { type ReactNode, type RefObject, useState } from 'react';
import { type EnrolmentTicket, parseEnrolmentTicket } from '../../../contract/enrolment-ticket.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { WIZARD_TEXT } from '../../text/enrolment-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { ENROLMENT_TEXT } from '../../text/sign-in-text.ts';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Enrolment.module.css';

/** Codes that lie on a flashdisk. */
function Tickets({ onTicket }: Readonly<{ onTicket: (ticket: EnrolmentTicket) => void }>): ReactNode {
  const places = useProcedure('enrolment.places', {});
  const read = useAction('enrolment.read-ticket');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const files = (places.value ?? []).flatMap((place) => place.files).filter(({ kind }) => kind === 'ticket');
  const take = async (file: string): Promise<void> => {
    const answer = await read.run({ file });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) onTicket(answer.value);
  };
  return (
    <section className={styles['files']} aria-label={WIZARD_TEXT.tickets}>
      {files.length === 0 ? <p>{WIZARD_TEXT.noTickets}</p> : null}
      {files.map(({ file, name }) => (
        <Button key={file} variant="default" disabled={read.busy} onClick={() => void take(file)}>
          {WIZARD_TEXT.useFile(name)}
        </Button>
      ))}
      <Button variant="subtle" onClick={places.again}>
        {WIZARD_TEXT.look}
      </Button>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </section>
  );
}

/** Address and code: typed, scanned as one QR, or read from a flashdisk. */
export function CodeFields({
  ticket,
  onChange,
  urlLabel,
  codeField,
}: Readonly<{
  ticket: EnrolmentTicket;
  onChange: (ticket: EnrolmentTicket) => void;
  urlLabel: string;
  codeField: RefObject<HTMLInputElement | null>;
}>): ReactNode {
  const [isLooking, setLooking] = useState(false);
  // A scanner types the whole ticket into whichever field has the focus.
  const typed = (field: keyof EnrolmentTicket, text: string): void =>
    onChange(parseEnrolmentTicket(text) ?? { ...ticket, [field]: field === 'code' ? text.toUpperCase() : text });
  return (
    <>
      <TextInput
        size="lg"
        label={urlLabel}
        description={ENROLMENT_TEXT.urlHint}
        value={ticket.provinceUrl}
        autoFocus
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => typed('provinceUrl', event.currentTarget.value)}
      />
      <TextInput
        ref={codeField}
        size="lg"
        label={ENROLMENT_TEXT.code}
        description={ENROLMENT_TEXT.codeHint}
        value={ticket.code}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => typed('code', event.currentTarget.value)}
      />
      <p className={styles['next']}>{WIZARD_TEXT.scanHint}</p>
      {isLooking ? (
        <Tickets onTicket={onChange} />
      ) : (
        <div>
          <Button variant="default" onClick={() => setLooking(true)}>
            {WIZARD_TEXT.fromStick}
          </Button>
        </div>
      )}
    </>
  );
}

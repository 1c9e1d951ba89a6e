import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import type { EnrolmentTicket } from '../../../contract/enrolment-ticket.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { WIZARD_TEXT } from '../../text/enrolment-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { CodeFields } from './CodeFields.tsx';
import styles from './Enrolment.module.css';

/** Enrolment without a line: a question leaves on a flashdisk, its answer comes back on one. */
export function ByFile(): ReactNode {
  const places = useProcedure('enrolment.places', {});
  const request = useAction('enrolment.request-file');
  const answerFile = useAction('enrolment.answer-file');
  const [ticket, setTicket] = useState<EnrolmentTicket>({ provinceUrl: '', code: '' });
  const [folder, setFolder] = useState('');
  const [file, setFile] = useState('');
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const codeField = useRef<HTMLInputElement>(null);
  const known = places.value ?? [];
  const to = folder.trim() === '' ? (known[0]?.folder ?? '') : folder.trim();
  const answers = known.flatMap((place) => place.files).filter(({ kind }) => kind === 'answer');
  const chosen = file.trim() === '' ? (answers[0]?.file ?? '') : file.trim();
  const ready = ticket.code.trim().length >= 8 && to !== '';

  const write = async (): Promise<void> => {
    const provinceUrl = ticket.provinceUrl.trim();
    const asked = { to, code: ticket.code.trim(), provinceUrl: provinceUrl === '' ? null : provinceUrl };
    const answer = await request.run(asked);
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setNote(answer.ok ? WIZARD_TEXT.written(answer.value.file) : '');
  };
  const open = async (): Promise<void> => {
    const answer = await answerFile.run({ file: chosen });
    if (answer?.ok === false) setRefusal(answer.error);
  };
  return (
    <form className={styles['part']} onSubmit={(event) => event.preventDefault()}>
      <ol className={styles['how']}>
        {WIZARD_TEXT.offlineSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <CodeFields ticket={ticket} onChange={setTicket} urlLabel={WIZARD_TEXT.urlLater} codeField={codeField} />
      <div className={styles['row']}>
        <TextInput
          flex={1}
          label={WIZARD_TEXT.stick}
          placeholder={known[0]?.folder ?? '/media/flashdisk'}
          value={folder}
          maxLength={1000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
        <KeyButton
          action="quote"
          label={WIZARD_TEXT.writeRequest}
          onPress={() => void write()}
          disabled={!ready}
          busy={request.busy}
        />
      </div>
      <p role="status">{note}</p>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      <div className={styles['row']}>
        <TextInput
          flex={1}
          label={WIZARD_TEXT.answerField}
          description={answers.length === 0 ? WIZARD_TEXT.noAnswers : undefined}
          placeholder={answers[0]?.file ?? '/media/flashdisk/jawaban.json'}
          value={file}
          maxLength={1000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setFile(event.currentTarget.value)}
        />
        <Button variant="subtle" onClick={places.again}>
          {WIZARD_TEXT.look}
        </Button>
      </div>
      <KeyButton
        action="primary"
        label={WIZARD_TEXT.openAnswer}
        onPress={() => void open()}
        primary
        wide
        disabled={chosen === ''}
        busy={answerFile.busy}
      />
    </form>
  );
}

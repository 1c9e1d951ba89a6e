import { TextInput } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useRef, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { ENROLMENT_TEXT } from '../../text/sign-in-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './Enrolment.module.css';

/** Pendaftaran perangkat: the address of the province and the one-time code. */
export function Enrolment(): ReactNode {
  const enrol = useAction('enrolment.enrol');
  const [provinceUrl, setProvinceUrl] = useState('');
  const [code, setCode] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const codeField = useRef<HTMLInputElement>(null);
  const ready = provinceUrl.trim() !== '' && code.trim().length >= 8;

  const submit = async (): Promise<void> => {
    if (!ready) {
      codeField.current?.focus();
      return;
    }
    setRefusal(undefined);
    const answer = await enrol.run({ provinceUrl: provinceUrl.trim(), code: code.trim() });
    if (answer?.ok === false) setRefusal(answer.error);
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void submit();
  };

  return (
    <main className={styles['page']}>
      <form className={styles['form']} onSubmit={onSubmit}>
        <strong>{FRAME_TEXT.product}</strong>
        <h1>{ENROLMENT_TEXT.title}</h1>
        <p>{ENROLMENT_TEXT.intro}</p>
        <TextInput
          size="lg"
          label={ENROLMENT_TEXT.url}
          description={ENROLMENT_TEXT.urlHint}
          value={provinceUrl}
          autoFocus
          inputMode="url"
          onChange={(event) => setProvinceUrl(event.currentTarget.value)}
        />
        <TextInput
          ref={codeField}
          size="lg"
          label={ENROLMENT_TEXT.code}
          description={ENROLMENT_TEXT.codeHint}
          value={code}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
        />
        <Waiting busy={enrol.busy} label={ENROLMENT_TEXT.working} />
        {refusal === undefined ? (
          <p className={styles['next']}>{ENROLMENT_TEXT.next}</p>
        ) : (
          <RefusalCard refusal={refusal} />
        )}
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
    </main>
  );
}

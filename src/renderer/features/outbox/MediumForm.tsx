import { Radio, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { OUTBOX_TEXT } from '../../text/outbox-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Outbox.module.css';

type MediumFormProps = Readonly<{
  why: string;
  /** What was found, as paths; the first is taken unless a person says otherwise. */
  choices: readonly { readonly path: string; readonly label: string }[];
  words: { readonly choices: string; readonly none: string; readonly other: string; readonly submit: string };
  busy: boolean;
  refusal: ScreenRefusal | undefined;
  onSubmit: (path: string) => void;
  onClose: () => void;
}>;

/** Which place on a flashdisk: one that was found, or one that is typed. */
export function MediumForm(props: MediumFormProps): ReactNode {
  const { why, choices, words, busy, refusal, onSubmit, onClose } = props;
  const [chosen, setChosen] = useState<string | undefined>();
  const [typed, setTyped] = useState('');
  const found = chosen ?? choices[0]?.path;
  const path = typed.trim() === '' ? found : typed.trim();
  return (
    <div className={styles['dialog']}>
      <p>{why}</p>
      {choices.length === 0 ? (
        <p className={styles['dim']}>{words.none}</p>
      ) : (
        <Radio.Group label={words.choices} value={found ?? ''} onChange={setChosen}>
          {choices.map((each) => (
            <Radio key={each.path} value={each.path} label={each.label} color="opop" />
          ))}
        </Radio.Group>
      )}
      <TextInput
        data-autofocus
        label={words.other}
        value={typed}
        maxLength={1000}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      <div className={styles['actions']}>
        <KeyButton action="back" label={OUTBOX_TEXT.cancel} onPress={onClose} level={LAYER.question} />
        <KeyButton
          action="primary"
          primary
          label={words.submit}
          onPress={() => {
            if (path !== undefined) onSubmit(path);
          }}
          disabled={path === undefined}
          busy={busy}
          level={LAYER.question}
        />
      </div>
    </div>
  );
}

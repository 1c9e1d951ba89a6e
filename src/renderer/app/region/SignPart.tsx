import { Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { WORD_TEXT } from '../../text/word-text.ts';
import { isPin } from '../../ui/pin-digits.ts';
import { PinField } from '../../ui/PinField.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import { useCounter } from '../status.tsx';
import styles from './SignPart.module.css';

const SHORTEST_NOTE = 3;

/** What is typed under a word; `note` is empty where none was written. */
export type Typed = Readonly<{ pin: string; note: string }>;

type SignPartProps = Readonly<{
  /** `needed`: nothing is said without a note. `none`: this word has none. */
  note: 'none' | 'may' | 'needed';
  noteLabel?: string;
  submitLabel: string;
  danger?: boolean;
  ready?: boolean;
  busy: boolean;
  refusal: ScreenRefusal | undefined;
  onSubmit: (typed: Typed) => void;
  onClose: () => void;
}>;

/** The signature under a word: a note where one belongs, the PIN once more, and the foot of the sheet. */
export function SignPart(props: SignPartProps): ReactNode {
  const { note: wish, noteLabel = WORD_TEXT.note, submitLabel, danger = false, ready = true, busy, refusal } = props;
  const { signIn } = useCounter();
  const [typed, setTyped] = useState<Typed>({ pin: '', note: '' });
  const note = typed.note.trim();
  const isNoteFit = wish === 'none' || (note === '' && wish === 'may') || note.length >= SHORTEST_NOTE;
  const canSign = ready && isNoteFit && isPin(typed.pin);
  const submit = (): void => {
    if (!canSign) return;
    // A PIN that was refused is typed anew, and one that was taken is not kept on the page.
    setTyped({ ...typed, pin: '' });
    props.onSubmit({ pin: typed.pin, note });
  };
  return (
    <>
      <div className={styles['part']}>
        {wish === 'none' ? null : (
          <Textarea
            label={noteLabel}
            description={WORD_TEXT.noteHow}
            value={typed.note}
            data-autofocus={wish === 'needed' ? true : undefined}
            required={wish === 'needed'}
            maxLength={300}
            autosize
            minRows={2}
            maxRows={4}
            onChange={(event) => setTyped({ ...typed, note: event.currentTarget.value })}
          />
        )}
        <PinField
          label={WORD_TEXT.pin(signIn.name)}
          description={WORD_TEXT.pinHow}
          value={typed.pin}
          data-autofocus={wish === 'needed' ? undefined : true}
          onPin={(pin) => setTyped({ ...typed, pin })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.repeat) submit();
          }}
        />
      </div>
      <SheetFoot
        cancelLabel={WORD_TEXT.cancel}
        submitLabel={submitLabel}
        danger={danger}
        ready={canSign}
        busy={busy}
        refusal={refusal}
        onSubmit={submit}
        onClose={props.onClose}
      />
    </>
  );
}

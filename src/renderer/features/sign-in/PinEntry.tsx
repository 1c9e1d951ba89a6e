import { Button, PasswordInput } from '@mantine/core';
import { IconBackspace } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useState } from 'react';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { errorSentences } from '../../text/error-text.ts';
import { SIGN_IN_TEXT } from '../../text/sign-in-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { isPin, pinDigits } from '../../ui/pin-digits.ts';
import styles from './SignIn.module.css';

const PAD = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

type PinEntryProps = Readonly<{
  label: string;
  submitLabel: string;
  field: RefObject<HTMLInputElement | null>;
  refusal: ScreenRefusal | undefined;
  busy: boolean;
  onSubmit: (pin: string) => void;
}>;

/** A PIN by keyboard or by pad. It is asked for and forgotten: the field empties whatever the answer. */
export function PinEntry({ label, submitLabel, field, refusal, busy, onSubmit }: PinEntryProps): ReactNode {
  const [pin, setPin] = useState('');
  const ready = isPin(pin) && !busy;
  const submit = (): void => {
    if (!ready) return;
    onSubmit(pin);
    setPin('');
    field.current?.focus();
  };
  const type = (next: string): void => {
    setPin(pinDigits(next));
    field.current?.focus();
  };
  const words = refusal === undefined ? undefined : errorSentences(refusal.code, refusal.details);
  return (
    <form
      className={styles['pin']}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PasswordInput
        ref={field}
        size="xl"
        label={label}
        value={pin}
        autoComplete="off"
        inputMode="numeric"
        data-autofocus
        autoFocus
        visible={false}
        visibilityToggleButtonProps={{ style: { display: 'none' } }}
        onVisibilityChange={() => undefined}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <div className={styles['refusal']} role="alert">
        {words === undefined ? null : (
          <>
            <strong>{words.what}</strong> {words.safe} {words.next}
          </>
        )}
      </div>
      <div className={styles['pad']}>
        {PAD.map((digit) => (
          <Button
            key={digit}
            variant="default"
            size="xl"
            aria-label={SIGN_IN_TEXT.digit(digit)}
            onClick={() => type(`${pin}${digit}`)}
          >
            {digit}
          </Button>
        ))}
        <Button variant="default" size="xl" aria-label={SIGN_IN_TEXT.erase} onClick={() => type(pin.slice(0, -1))}>
          <IconBackspace size="1.5rem" aria-hidden />
        </Button>
        <Button variant="default" size="xl" aria-label={SIGN_IN_TEXT.digit(0)} onClick={() => type(`${pin}0`)}>
          0
        </Button>
        <span className={styles['typed']} aria-live="polite">
          {SIGN_IN_TEXT.typed(pin.length)}
        </span>
      </div>
      <KeyButton
        action="primary"
        label={submitLabel}
        onPress={submit}
        primary
        wide
        disabled={!ready}
        busy={busy}
        level={LAYER.question}
      />
    </form>
  );
}

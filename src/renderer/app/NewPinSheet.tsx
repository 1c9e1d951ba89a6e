import { type ReactNode, useState } from 'react';
import { PIN_DIGITS, pinProblem } from '../../domain/pin.ts';
import type { Role } from '../../contract/primitives.ts';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { FRAME_TEXT } from '../text/frame-text.ts';
import { OWN_PIN_TEXT } from '../text/people-text.ts';
import { LAYER } from '../ui/keyboard/key-layers.ts';
import { useKeys } from '../ui/keyboard/use-keys.tsx';
import { isPin } from '../ui/pin-digits.ts';
import { PinField } from '../ui/PinField.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { SheetFoot } from '../ui/SheetFoot.tsx';
import styles from './NewPinSheet.module.css';

type NewPinSheetProps = Readonly<{
  title: string;
  how: string;
  who: Readonly<{ officerId: string; role: Role }>;
  /** The start code that was typed; null asks for the old PIN. */
  code: string | null;
  busy: boolean;
  refusal: ScreenRefusal | undefined;
  onSubmit: (pins: Readonly<{ before: string; newPin: string }>) => void;
  onClose: () => void;
}>;

/** A new PIN, typed twice; the old one before it, or a start code that is known already. Nothing of it stays on the page. */
export function NewPinSheet(props: NewPinSheetProps): ReactNode {
  const { title, how, who, code, busy, refusal, onSubmit, onClose } = props;
  const [typed, setTyped] = useState({ before: '', newPin: '', again: '' });
  const isSupervisor = who.role === 'supervisor';
  const least = isSupervisor ? PIN_DIGITS.leastOfSupervisor : PIN_DIGITS.least;
  const before = code ?? typed.before;
  const { newPin, again } = typed;
  const problem = newPin.length < least ? null : pinProblem(newPin, { officerId: who.officerId, isSupervisor, before });
  const isWhole = newPin.length >= least && problem === null;
  const differs = again.length >= newPin.length && again !== newPin;
  const ready = isPin(before) && isWhole && newPin === again;
  const type = (change: Partial<typeof typed>): void => setTyped({ ...typed, ...change });
  const submit = (): void => {
    if (!ready) return;
    // Whatever the answer is, a PIN is typed anew.
    setTyped({ before: '', newPin: '', again: '' });
    onSubmit({ before, newPin });
  };
  const onKeyDown = (event: { readonly key: string; readonly repeat: boolean }): void => {
    if (event.key === 'Enter' && !event.repeat) submit();
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={title} width="34rem" closeLabel={FRAME_TEXT.close} onClose={onClose}>
      <p className={styles['how']}>{how}</p>
      <div className={styles['fields']}>
        {code === null ? (
          <PinField
            label={OWN_PIN_TEXT.old}
            size="lg"
            value={typed.before}
            data-autofocus
            onPin={(pin) => type({ before: pin })}
            onKeyDown={onKeyDown}
          />
        ) : null}
        <PinField
          label={OWN_PIN_TEXT.new}
          description={OWN_PIN_TEXT.newHow(least)}
          size="lg"
          value={newPin}
          data-autofocus={code === null ? undefined : true}
          error={problem === null ? undefined : OWN_PIN_TEXT.problem[problem]}
          onPin={(pin) => type({ newPin: pin })}
          onKeyDown={onKeyDown}
        />
        <PinField
          label={OWN_PIN_TEXT.again}
          size="lg"
          value={again}
          error={differs ? OWN_PIN_TEXT.differs : undefined}
          onPin={(pin) => type({ again: pin })}
          onKeyDown={onKeyDown}
        />
      </div>
      <SheetFoot
        cancelLabel={FRAME_TEXT.close}
        submitLabel={OWN_PIN_TEXT.save}
        ready={ready}
        busy={busy}
        refusal={refusal}
        onSubmit={submit}
        onClose={onClose}
      />
    </Sheet>
  );
}

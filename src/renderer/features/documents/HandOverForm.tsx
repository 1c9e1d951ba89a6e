import { Radio, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { HAND_OVER_TEXT } from '../../text/application-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './Documents.module.css';

const TAKERS = ['owner', 'representative', 'agency'] as const;
type Taker = (typeof TAKERS)[number];

/** Who takes papers away, and how it was made sure. */
export type HandOver = Readonly<{ to: Taker; name: string; evidence: string }>;

type HandOverFormProps = Readonly<{
  title: string;
  name: string;
  busy: boolean;
  refusal: ScreenRefusal | undefined;
  onSubmit: (handOver: HandOver) => void;
  onClose: () => void;
}>;

const SHORTEST_EVIDENCE = 3;

/** The form of every hand-over: to whom, the name, and how it was made sure, which nobody says but who looked. */
export function HandOverForm({ title, name: known, busy, refusal, onSubmit, onClose }: HandOverFormProps): ReactNode {
  const [to, setTo] = useState<Taker>('owner');
  const [name, setName] = useState(known);
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState('');
  const evidence = typed.trim() === '' ? chosen : typed.trim();
  const ready = name.trim() !== '' && evidence.length >= SHORTEST_EVIDENCE;
  const submit = (): void => {
    if (ready && !busy) onSubmit({ to, name: name.trim(), evidence });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, target } = event;
    if (event.repeat || event.ctrlKey || target instanceof HTMLButtonElement) return;
    if (key === 'Enter') {
      event.preventDefault();
      submit();
      return;
    }
    // In a field of text a digit is typed.
    const isChoice = target instanceof HTMLInputElement && target.type === 'radio';
    const pressed = HAND_OVER_TEXT.evidences.find((_, index) => key === String(index + 1));
    if (isChoice && pressed !== undefined) setChosen(pressed);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={title} width="38rem" closeLabel={HAND_OVER_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']} onKeyDown={onKeyDown}>
        <Radio.Group
          label={HAND_OVER_TEXT.to}
          value={to}
          onChange={(value) => {
            const taker = TAKERS.find((each) => each === value);
            if (taker !== undefined) setTo(taker);
          }}
        >
          <div className={styles['choices']}>
            {TAKERS.map((each, index) => (
              <Radio
                key={each}
                value={each}
                label={HAND_OVER_TEXT.takers[each]}
                color="opop"
                data-autofocus={index === 0 ? true : undefined}
              />
            ))}
          </div>
        </Radio.Group>
        <TextInput
          label={HAND_OVER_TEXT.name}
          required
          value={name}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group
          label={HAND_OVER_TEXT.evidence}
          description={HAND_OVER_TEXT.evidenceHow}
          value={chosen}
          onChange={setChosen}
        >
          <div className={styles['choices']}>
            {HAND_OVER_TEXT.evidences.map((each, index) => (
              <Radio
                key={each}
                value={each}
                label={`${index + 1}. ${each}`}
                color="opop"
                disabled={typed.trim() !== ''}
              />
            ))}
          </div>
        </Radio.Group>
        <TextInput
          label={HAND_OVER_TEXT.otherEvidence}
          value={typed}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SheetFoot
          cancelLabel={HAND_OVER_TEXT.cancel}
          submitLabel={HAND_OVER_TEXT.submit}
          ready={ready}
          busy={busy}
          refusal={refusal}
          onSubmit={submit}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}

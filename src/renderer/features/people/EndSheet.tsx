import type { ReactNode } from 'react';
import type { PeopleAct } from '../../../contract/people.ts';
import { SignPart } from '../../app/region/SignPart.tsx';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './People.module.css';
import { useAct } from './use-act.ts';

type Props = Readonly<{
  /** What is done, in a word, and to what. */
  verb: string;
  subject: string;
  /** What that means for those whom it concerns. */
  how: string;
  act: PeopleAct;
  onActed: () => void;
  onClose: () => void;
}>;

/** Ends something that goes on until then, by one's own PIN: an announcement, a code. */
export function EndSheet({ verb, subject, how, act, onActed, onClose }: Props): ReactNode {
  const acting = useAct(() => {
    onActed();
    onClose();
  });
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={`${verb}: ${subject}`} width="38rem" closeLabel={FRAME_TEXT.close} onClose={onClose}>
      <p className={styles['note']}>{how}</p>
      <SignPart
        note="none"
        submitLabel={verb}
        danger
        busy={acting.busy}
        refusal={acting.refusal}
        onSubmit={({ pin }) => void acting.run(act, pin)}
        onClose={onClose}
      />
    </Sheet>
  );
}

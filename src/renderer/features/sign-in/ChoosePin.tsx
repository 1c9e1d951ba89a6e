import { type ReactNode, useState } from 'react';
import type { OfficerCard } from '../../../contract/views-counter.ts';
import { NewPinSheet } from '../../app/NewPinSheet.tsx';
import { useAction } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { OWN_PIN_TEXT } from '../../text/people-text.ts';

/** Somebody whose start code was right a moment ago; the code is forgotten with this. */
export type Starting = Readonly<{ who: Pick<OfficerCard, 'officerId' | 'name' | 'role'>; code: string }>;

/** His own PIN in the place of the start code; he is signed in with it. */
export function ChoosePin({ starting, onClose }: Readonly<{ starting: Starting; onClose: () => void }>): ReactNode {
  const { who, code } = starting;
  const choose = useAction('sign-in.choose-pin');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const submit = async (newPin: string): Promise<void> => {
    const answer = await choose.run({ officerId: who.officerId, code, newPin });
    if (answer === undefined) return;
    if (answer.ok) onClose();
    else setRefusal(answer.error);
  };
  return (
    <NewPinSheet
      title={OWN_PIN_TEXT.chooseTitle(who.name)}
      how={OWN_PIN_TEXT.chooseHow}
      who={who}
      code={code}
      busy={choose.busy}
      refusal={refusal}
      onSubmit={({ newPin }) => void submit(newPin)}
      onClose={onClose}
    />
  );
}

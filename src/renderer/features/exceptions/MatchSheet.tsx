import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './Exceptions.module.css';

type MatchProps = Readonly<{ transactionId: string; decisionId: string; onClose: () => void }>;

/** A supervisor says which vehicle a rejected sale was for. */
export function MatchSheet({ transactionId, decisionId, onClose }: MatchProps): ReactNode {
  const match = useAction('cases.match');
  const [nrkb, setNrkb] = useState('');
  const [chassisNumber, setChassis] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const ready = nrkb.trim().length >= 3 && chassisNumber.trim().length >= 5;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const vehicle = { nrkb: nrkb.trim().toUpperCase(), chassisNumber: chassisNumber.trim().toUpperCase() };
    const answer = await match.run({ transactionId, decisionId, ...vehicle });
    if (answer === undefined) return;
    if (answer.ok) onClose();
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={CASE_PAGE_TEXT.match} width="34rem" closeLabel={CASE_PAGE_TEXT.cancel} onClose={onClose}>
      <div className={styles['sheet']}>
        <p>{CASE_PAGE_TEXT.matchFacts}</p>
        <TextInput
          label={CASE_PAGE_TEXT.nrkb}
          value={nrkb}
          maxLength={20}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setNrkb(event.currentTarget.value)}
        />
        <TextInput
          label={CASE_PAGE_TEXT.chassis}
          value={chassisNumber}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => setChassis(event.currentTarget.value)}
        />
        <SheetFoot
          cancelLabel={CASE_PAGE_TEXT.cancel}
          submitLabel={CASE_PAGE_TEXT.match}
          ready={ready}
          busy={match.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}

import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CashSessionView } from '../../../contract/views-cash.ts';
import { useAction } from '../../app/queries.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { DenominationCount } from './DenominationCount.tsx';
import { type Counts, countedLines, isTyped, NO_COUNTS } from './denominations.ts';

/** A supervisor counts and closes the drawer of an officer who left it open on a day that is over. */
export function ForgottenSession({ session }: Readonly<{ session: CashSessionView }>): ReactNode {
  const close = useAction('cash-session.close-forgotten');
  const [counts, setCounts] = useState<Counts>(NO_COUNTS);
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const isCounted = session.counted !== null;
  const ready = reason.trim().length >= 3 && (isCounted || isTyped(counts));
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const { cashSessionId } = session;
    const answer = await close.run({ cashSessionId, counts: isCounted ? null : countedLines(counts), reason });
    if (answer?.ok === false) setRefusal(answer.error);
  };
  return (
    <Screen
      title={CASH_TEXT.forgotten}
      primary={
        <KeyButton
          action="primary"
          primary
          label={CASH_TEXT.closeForgotten}
          onPress={() => void submit()}
          disabled={!ready}
          busy={close.busy}
        />
      }
    >
      <Pane title={CASH_TEXT.openedBy(session.officerName, session.openedAt)} fill>
        <p>{isCounted ? CASH_TEXT.forgottenCounted(session.officerName) : CASH_TEXT.forgottenWhy}</p>
        {isCounted ? null : (
          <DenominationCount
            counts={counts}
            totalLabel={CASH_TEXT.countedTotal}
            note={isTyped(counts) ? '' : CASH_TEXT.nothingTyped}
            onChange={setCounts}
            onDone={() => undefined}
          />
        )}
        <TextInput
          label={CASH_TEXT.reason}
          placeholder={CASH_TEXT.forgottenReasonExample}
          value={reason}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      </Pane>
    </Screen>
  );
}

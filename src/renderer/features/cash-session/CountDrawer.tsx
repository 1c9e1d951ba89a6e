import { type ReactNode, useState } from 'react';
import type { CashSessionView } from '../../../contract/views-cash.ts';
import { useAction } from '../../app/queries.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { money } from '../../text/format.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './CashSession.module.css';
import { CountQuestion, isCountQuestion } from './CountQuestion.tsx';
import { DenominationCount } from './DenominationCount.tsx';
import { type Counts, countedLines, countedTotal, isTyped, NO_COUNTS } from './denominations.ts';
import { useTypedTotal } from './use-typed-total.tsx';

type SaveCountProps = Readonly<{ total: number; busy: boolean; onSave: () => void; onBack: () => void }>;

/** The one step that cannot be taken back asks with the sum. */
function SaveCount({ total, busy, onSave, onBack }: SaveCountProps): ReactNode {
  useKeys({}, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={CASH_TEXT.saveTitle(total)} width="40rem" closeLabel={CASH_TEXT.countAgain} onClose={onBack}>
      <div className={styles['dialog']}>
        <output className={styles['big']}>{money(total)}</output>
        <p>{CASH_TEXT.saveWhy}</p>
        <div className={styles['actions']}>
          <KeyButton action="back" label={CASH_TEXT.countAgain} onPress={onBack} level={LAYER.question} />
          <KeyButton
            action="primary"
            primary
            label={CASH_TEXT.saveFinal}
            onPress={onSave}
            busy={busy}
            level={LAYER.question}
          />
        </div>
      </div>
    </Sheet>
  );
}

/** The blind count: by denomination, once; what should be there is not on this page. */
export function CountDrawer({
  session,
  onBack,
}: Readonly<{ session: CashSessionView; onBack: () => void }>): ReactNode {
  const save = useAction('cash-session.count');
  const [counts, setCounts] = useState<Counts>(NO_COUNTS);
  const typed = useTypedTotal();
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const total = countedTotal(counts);
  const question = refusal !== undefined && isCountQuestion(refusal) ? refusal : undefined;
  const ask = (): void => setAsking(isTyped(counts) && !typed.isWrong);
  const submit = async (sure: boolean): Promise<void> => {
    const answer = await save.run({
      cashSessionId: session.cashSessionId,
      counts: countedLines(counts),
      typedTotal: typed.amount,
      sure,
    });
    if (answer === undefined) return;
    setAsking(false);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  useKeys({ back: { run: onBack } });
  return (
    <Screen
      title={CASH_TEXT.count}
      primary={
        <KeyButton
          action="primary"
          primary
          label={CASH_TEXT.save}
          onPress={ask}
          disabled={!isTyped(counts) || typed.isWrong}
        />
      }
    >
      <Pane title={CASH_TEXT.count} fill>
        <p>{CASH_TEXT.countWhy}</p>
        <DenominationCount
          counts={counts}
          totalLabel={CASH_TEXT.countedTotal}
          note={isTyped(counts) ? '' : CASH_TEXT.nothingTyped}
          onChange={setCounts}
          onDone={ask}
          beside={typed.field}
        />
        {refusal === undefined || question !== undefined ? null : <RefusalCard refusal={refusal} />}
      </Pane>
      {asking ? (
        <SaveCount total={total} busy={save.busy} onSave={() => void submit(false)} onBack={() => setAsking(false)} />
      ) : null}
      {question === undefined ? null : (
        <CountQuestion
          question={question}
          busy={save.busy}
          onSure={() => void submit(true)}
          onBack={() => setRefusal(undefined)}
        />
      )}
    </Screen>
  );
}

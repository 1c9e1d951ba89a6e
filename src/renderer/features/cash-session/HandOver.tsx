import { NativeSelect } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import type { CashSessionView } from '../../../contract/views-cash.ts';
import type { HandedOverView } from '../../../contract/views-drawer.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { isPin } from '../../ui/pin-digits.ts';
import { PinField } from '../../ui/PinField.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import styles from './CashSession.module.css';
import { CountQuestion, isCountQuestion } from './CountQuestion.tsx';
import { DenominationCount } from './DenominationCount.tsx';
import { type Counts, countedLines, isTyped, NO_COUNTS } from './denominations.ts';
import { useTypedTotal } from './use-typed-total.tsx';

type HandOverProps = Readonly<{
  session: CashSessionView;
  onBack: () => void;
  onHanded: (handed: HandedOverView) => void;
}>;

/** Serah terima laci: the joint count, who comes, and both PINs on one page; one key does all of it. */
export function HandOver({ session, onBack, onHanded }: HandOverProps): ReactNode {
  const { signIn } = useCounter();
  const officers = useProcedure('sign-in.officers', {});
  const handOver = useAction('cash-session.hand-over');
  const [counts, setCounts] = useState<Counts>(NO_COUNTS);
  const typed = useTypedTotal();
  const [chosen, setChosen] = useState('');
  const [pins, setPins] = useState({ own: '', theirs: '' });
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const ownPin = useRef<HTMLInputElement>(null);
  const others = (officers.value ?? []).filter((one) => one.role === 'officer' && one.officerId !== signIn.officerId);
  const [only] = others;
  // At most outlets there are two.
  const officerId = others.length === 1 && only !== undefined ? only.officerId : chosen;
  const arriving = others.find((one) => one.officerId === officerId);
  const ready = isTyped(counts) && !typed.isWrong && arriving !== undefined && isPin(pins.own) && isPin(pins.theirs);
  const submit = async (sure: boolean): Promise<void> => {
    if (!ready) return;
    const answer = await handOver.run({
      cashSessionId: session.cashSessionId,
      counts: countedLines(counts),
      typedTotal: typed.amount,
      sure,
      pin: pins.own,
      to: { officerId: arriving.officerId, pin: pins.theirs },
    });
    if (answer === undefined) return;
    if (answer.ok) {
      onHanded(answer.value);
      return;
    }
    setRefusal(answer.error);
    // A question about the count leaves the signatures as they are; every other refusal asks for them again.
    if (!isCountQuestion(answer.error)) setPins({ own: '', theirs: '' });
  };
  useKeys({ back: { run: onBack } });
  const question = refusal !== undefined && isCountQuestion(refusal) ? refusal : undefined;
  return (
    <Screen
      title={DRAWER_TEXT.handOver}
      primary={
        <KeyButton
          action="primary"
          primary
          label={DRAWER_TEXT.handOverSave}
          onPress={() => void submit(false)}
          disabled={!ready}
          busy={handOver.busy}
        />
      }
    >
      <Pane title={CASH_TEXT.count} fill>
        <p>{DRAWER_TEXT.handOverWhy}</p>
        <DenominationCount
          counts={counts}
          totalLabel={CASH_TEXT.countedTotal}
          note={isTyped(counts) ? '' : CASH_TEXT.nothingTyped}
          onChange={setCounts}
          onDone={() => ownPin.current?.focus()}
          beside={typed.field}
        />
      </Pane>
      <div className={styles['side']}>
        <Pane title={DRAWER_TEXT.handOverPins} fill>
          <PinField
            ref={ownPin}
            size="lg"
            label={DRAWER_TEXT.pinOf(signIn.name)}
            value={pins.own}
            onPin={(pin) => setPins({ ...pins, own: pin })}
          />
          {officers.value !== undefined && others.length === 0 ? <p>{DRAWER_TEXT.noOther}</p> : null}
          {others.length > 1 ? (
            <NativeSelect
              size="lg"
              label={DRAWER_TEXT.arriving}
              value={officerId}
              data={[
                { value: '', label: DRAWER_TEXT.chooseArriving, disabled: true },
                ...others.map((one) => ({ value: one.officerId, label: one.name })),
              ]}
              onChange={(event) => setChosen(event.currentTarget.value)}
            />
          ) : null}
          {arriving === undefined ? null : (
            <PinField
              size="lg"
              label={DRAWER_TEXT.pinOf(arriving.name)}
              value={pins.theirs}
              onPin={(pin) => setPins({ ...pins, theirs: pin })}
            />
          )}
          {refusal === undefined || question !== undefined ? null : <RefusalCard refusal={refusal} />}
        </Pane>
      </div>
      {question === undefined ? null : (
        <CountQuestion
          question={question}
          busy={handOver.busy}
          onSure={() => void submit(true)}
          onBack={() => setRefusal(undefined)}
        />
      )}
    </Screen>
  );
}

import { SegmentedControl, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CashStandingView } from '../../../contract/views-cash.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { groupDigits, parseCashAmount } from '../../ui/cash-amount.ts';
import { DateField } from '../../ui/DateField.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './CashSession.module.css';

type DepositFormProps = Readonly<{
  standing: CashStandingView;
  onClose: () => void;
  onSaved: (amount: number) => void;
}>;

/** A deposit as its slip says it: where the cash came from, how much, which bank, number and day. */
export function DepositForm({ standing, onClose, onSaved }: DepositFormProps): ReactNode {
  const { status } = useCounter();
  const session = useProcedure('cash-session.current', {});
  const save = useAction('cash.deposit');
  const [from, setFrom] = useState<'drawer' | 'safe'>(standing.safe > 0 ? 'safe' : 'drawer');
  const [typed, setTyped] = useState('');
  const [bank, setBank] = useState<string>(standing.deposits[0]?.bank ?? CASH_TEXT.defaultBank);
  const [slipNumber, setSlipNumber] = useState('');
  const [depositedOn, setDepositedOn] = useState(status.clock.today);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  // Without an open session there is no drawer to take from.
  const source = session.value?.state === 'open' ? from : 'safe';
  const amount = parseCashAmount(typed);
  const ready = amount !== undefined && amount > 0 && bank.trim().length >= 2 && slipNumber.trim() !== '';
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await save.run({ from: source, amount, depositedOn, bank, slipNumber });
    if (answer === undefined) return;
    if (answer.ok) onSaved(answer.value.amount);
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose, label: CASH_TEXT.cancel } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={CASH_TEXT.depositTitle} width="38rem" closeLabel={CASH_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>{CASH_TEXT.depositWhy}</p>
        {session.value?.state === 'open' ? (
          <SegmentedControl
            aria-label={CASH_TEXT.from}
            value={from}
            onChange={(value) => setFrom(value === 'safe' ? 'safe' : 'drawer')}
            data={[
              { value: 'drawer', label: CASH_TEXT.fromDrawer },
              { value: 'safe', label: CASH_TEXT.fromSafe },
            ]}
          />
        ) : null}
        <TextInput
          data-autofocus
          size="lg"
          label={CASH_TEXT.amount}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          classNames={{ input: styles['countField'] }}
          error={typed !== '' && amount === undefined ? CASH_TEXT.amountWrong : undefined}
          onChange={(event) => setTyped(groupDigits(event.currentTarget.value))}
        />
        <div className={styles['pair']}>
          <TextInput
            label={CASH_TEXT.bank}
            value={bank}
            maxLength={60}
            onChange={(event) => setBank(event.currentTarget.value)}
          />
          <TextInput
            label={CASH_TEXT.slip}
            value={slipNumber}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => setSlipNumber(event.currentTarget.value)}
          />
          <div>
            <span className={styles['fieldLabel']}>{CASH_TEXT.depositedOn}</span>
            <DateField label={CASH_TEXT.depositedOn} value={depositedOn} onChange={setDepositedOn} />
          </div>
        </div>
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
        <div className={styles['actions']}>
          <KeyButton action="back" label={CASH_TEXT.cancel} onPress={onClose} level={LAYER.question} />
          <KeyButton
            action="primary"
            primary
            label={CASH_TEXT.saveDeposit}
            onPress={() => void submit()}
            disabled={!ready}
            busy={save.busy}
            level={LAYER.question}
          />
        </div>
      </div>
    </Sheet>
  );
}

import { type ReactNode, useState } from 'react';
import type { CashStandingView } from '../../../contract/views-cash.ts';
import { useAction } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { parseCashAmount } from '../../ui/cash-amount.ts';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import { AmountField } from './AmountField.tsx';
import { type BankSlip, isSlipReady, NO_REFUSALS, refusedOf } from './bank-slip.ts';
import { BankSlipFields, RefusedFields } from './BankSlipFields.tsx';

type DepositFormProps = Readonly<{
  standing: CashStandingView;
  from: 'drawer' | 'safe';
  onClose: () => void;
  onSaved: (words: string) => void;
}>;

/** A deposit as its slip says it: how much, which bank, number and day, and what the teller would not take. */
export function DepositForm({ standing, from, onClose, onSaved }: DepositFormProps): ReactNode {
  const { status } = useCounter();
  const save = useAction('cash.deposit');
  const [typed, setTyped] = useState('');
  const [refusals, setRefusals] = useState(NO_REFUSALS);
  const [slip, setSlip] = useState<BankSlip>({
    bank: standing.deposits[0]?.bank ?? CASH_TEXT.defaultBank,
    slipNumber: '',
    depositedOn: status.clock.today,
  });
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const amount = parseCashAmount(typed);
  const refused = refusedOf(refusals);
  const ready = amount !== undefined && amount > 0 && refused !== undefined && isSlipReady(slip);
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await save.run({ from, amount, refused, ...slip });
    if (answer === undefined) return;
    if (answer.ok) onSaved(CASH_TEXT.deposited(answer.value.amount));
    else setRefusal(answer.error);
  };
  return (
    <>
      <p>{CASH_TEXT.depositWhy}</p>
      <AmountField first label={CASH_TEXT.amount} value={typed} onChange={setTyped} />
      <BankSlipFields slip={slip} onChange={setSlip} />
      <RefusedFields reasons={['torn', 'false']} typed={refusals} onChange={setRefusals} />
      <SheetFoot
        cancelLabel={CASH_TEXT.cancel}
        submitLabel={CASH_TEXT.saveDeposit}
        ready={ready}
        busy={save.busy}
        refusal={refusal}
        onSubmit={() => void submit()}
        onClose={onClose}
      />
    </>
  );
}

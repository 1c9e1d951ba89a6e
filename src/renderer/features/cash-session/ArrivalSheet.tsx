import { type ReactNode, useState } from 'react';
import type { CourierLegView } from '../../../contract/views-cash.ts';
import { REFUSED_REASONS } from '../../../domain/courier.ts';
import { useAction } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { groupDigits, parseCashAmount } from '../../ui/cash-amount.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import { AmountField } from './AmountField.tsx';
import { type BankSlip, isSlipReady, NO_REFUSALS, refusedOf } from './bank-slip.ts';
import { BankSlipFields, RefusedFields } from './BankSlipFields.tsx';
import styles from './CashSession.module.css';

/** "Setoran kurir tiba di bank": every rupiah that he took is accounted for. */
export function ArrivalSheet({ leg, onClose }: Readonly<{ leg: CourierLegView; onClose: () => void }>): ReactNode {
  const { status } = useCounter();
  const arrive = useAction('cash.courier-arrived');
  const [typed, setTyped] = useState(() => groupDigits(String(leg.amount)));
  const [refusals, setRefusals] = useState(NO_REFUSALS);
  const [slip, setSlip] = useState<BankSlip>({
    bank: CASH_TEXT.defaultBank,
    slipNumber: '',
    depositedOn: status.clock.today,
  });
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const accepted = parseCashAmount(typed);
  const refused = refusedOf(refusals);
  // Nothing accepted is a bag that never arrived: there is no slip of a bank then.
  const words = accepted === 0 ? { ...slip, slipNumber: '-' } : slip;
  const ready = accepted !== undefined && refused !== undefined && isSlipReady(words);
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await arrive.run({ dispatchId: leg.dispatchId, accepted, refused, ...words });
    if (answer === undefined) return;
    if (answer.ok) onClose();
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose, label: CASH_TEXT.cancel } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={DRAWER_TEXT.arrivedTitle} width="42rem" closeLabel={CASH_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>{DRAWER_TEXT.arrivedWhy(leg.amount)}</p>
        <AmountField first label={DRAWER_TEXT.accepted} value={typed} onChange={setTyped} />
        <BankSlipFields slip={slip} onChange={setSlip} />
        <RefusedFields reasons={REFUSED_REASONS} typed={refusals} onChange={setRefusals} />
        <SheetFoot
          cancelLabel={CASH_TEXT.cancel}
          submitLabel={DRAWER_TEXT.saveArrival}
          ready={ready}
          busy={arrive.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}

import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { DraftView } from '../../../contract/views-transaction.ts';
import type { AmountView } from '../../../contract/views-vehicle.ts';
import { figure, money, signedMoney } from '../../text/format.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { changeOf, groupDigits, parseCashAmount } from '../../ui/cash-amount.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { PayerFields } from './PayerFields.tsx';
import { payerInput, payerOf, phoneIsPlausible } from './payer.ts';
import { Refusals } from './Refusals.tsx';
import styles from './Service.module.css';
import type { ServiceFlow } from './use-service.ts';

type PaymentProps = Readonly<{ flow: ServiceFlow; draft: DraftView; current: boolean }>;

function Total({ amount }: Readonly<{ amount: AmountView }>): ReactNode {
  return (
    <div className={styles['total']}>
      <span>{SERVICE_TEXT.total}</span>
      <output className={styles['totalFigure']}>{money(amount.payable)}</output>
      <span className={styles['dim']}>
        {[
          amount.rounding === 0 ? undefined : `${SERVICE_TEXT.rounding} ${signedMoney(-amount.rounding)}`,
          amount.agentFee === 0 ? SERVICE_TEXT.noFee : `${SERVICE_TEXT.agentFee} ${money(amount.agentFee)}`,
        ]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </span>
    </div>
  );
}

type CashProps = Readonly<{
  amount: AmountView;
  quickAmounts: readonly number[];
  text: string;
  onText: (text: string) => void;
  onPay: () => void;
}>;

function Cash({ amount, quickAmounts, text, onText, onPay }: CashProps): ReactNode {
  const { change, missing } = changeOf(parseCashAmount(text), amount.payable);
  return (
    <>
      <TextInput
        size="xl"
        label={SERVICE_TEXT.received}
        value={text}
        classNames={{ input: styles['cash'] }}
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
        data-step="cash"
        error={text !== '' && parseCashAmount(text) === undefined}
        onChange={(event) => onText(groupDigits(event.currentTarget.value))}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey) onPay();
        }}
      />
      <div className={styles['quick']}>
        <KeyButton action="exact" label={SERVICE_TEXT.exact} onPress={() => onText(figure(amount.payable))} />
        {quickAmounts
          .filter((quick) => quick !== amount.payable)
          .map((quick) => (
            <Button key={quick} variant="default" size="sm" onClick={() => onText(figure(quick))}>
              {figure(quick)}
            </Button>
          ))}
      </div>
      <div className={styles['change']} data-missing={missing > 0}>
        <span>{SERVICE_TEXT.change}</span>
        <output className={styles['changeFigure']}>
          {text === '' ? '' : missing > 0 ? SERVICE_TEXT.short(missing) : money(change)}
        </output>
      </div>
    </>
  );
}

const ABOUT_PAYING: readonly string[] = [
  'BAD_INPUT',
  'FORBIDDEN',
  'DISK_FULL',
  'STORAGE_FAILED',
  'HOST_SILENT',
  'INTERNAL',
];

/** Step 4: who pays, how much was given, how much goes back; one commit, whatever is pressed how often. */
export function PaymentPane({ flow, draft, current }: PaymentProps): ReactNode {
  const [payer, setPayer] = useState(() => payerOf(draft));
  const [text, setText] = useState('');
  const { amount, offer } = draft;
  const confirmed = draft.identity !== null;
  useEffect(() => {
    // The owner's name is known only after the chassis number was right.
    setPayer((was) => (was.name === '' && was.isOwner ? { ...was, name: draft.identity?.ownerName ?? '' } : was));
  }, [confirmed]);

  const savePayer = (): Promise<DraftView | undefined> =>
    flow.change('transactions.set-payer', (now) => ({ ...payerInput(payer), transactionId: now.transactionId }));
  const plausible = phoneIsPlausible(payer.phone);
  const payerDone = (): void => {
    if (!plausible) return;
    // The focus goes on at once: what a quick hand types next belongs into the cash field already.
    if (offer === 'sell') flow.want('cash');
    void savePayer();
  };
  const pay = async (): Promise<void> => {
    const tendered = parseCashAmount(text);
    if (!plausible) flow.want('payer');
    else if (tendered === undefined) flow.want('cash');
    else if ((await savePayer()) !== undefined) await flow.pay(tendered);
  };
  const intake = async (): Promise<void> => {
    if (!plausible) flow.want('payer');
    else if ((await savePayer()) !== undefined) await flow.recordArrival();
  };
  const { refusal } = flow;
  const mine = refusal !== undefined && (confirmed || ABOUT_PAYING.includes(refusal.code)) ? refusal : undefined;

  const foot = (
    <>
      <Waiting busy={flow.busy} label={SERVICE_TEXT.saving} />
      {offer === 'sell' ? (
        <KeyButton
          action="primary"
          label={SERVICE_TEXT.takeCash}
          onPress={() => void pay()}
          primary
          wide
          busy={flow.ending}
        />
      ) : null}
      {offer === 'intake' ? (
        <KeyButton
          action="primary"
          label={SERVICE_TEXT.intake}
          onPress={() => void intake()}
          primary
          wide
          busy={flow.ending}
        />
      ) : null}
    </>
  );

  return (
    <Pane title={SERVICE_TEXT.payment} step={4} current={current} fill foot={confirmed ? foot : undefined}>
      {!confirmed ? <p className={styles['dim']}>{SERVICE_TEXT.waitingForTail}</p> : null}
      {confirmed && offer !== 'none' ? (
        <PayerFields payer={payer} phoneIsWrong={!plausible} onChange={setPayer} onDone={payerDone} />
      ) : null}
      {confirmed ? <Refusals draft={draft} /> : null}
      {offer === 'sell' && amount !== null ? (
        <>
          <Total amount={amount} />
          <Cash
            amount={amount}
            quickAmounts={draft.quickAmounts}
            text={text}
            onText={setText}
            onPay={() => void pay()}
          />
        </>
      ) : null}
      {mine === undefined ? null : <RefusalCard refusal={mine} />}
    </Pane>
  );
}

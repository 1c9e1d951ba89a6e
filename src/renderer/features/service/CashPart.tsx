import { Button, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { figure, money, signedMoney } from '../../text/format.ts';
import { PAYMENT_TEXT } from '../../text/payment-text.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { changeOf, groupDigits, parseCashAmount } from '../../ui/cash-amount.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Service.module.css';

type SumsProps = Readonly<{ total: number; rounding: number; agentFee: number; agentFeeTo: string }>;

/** Rounding and fee, each on a line of its own, before any money is asked for. */
export function SumLines({ total, rounding, agentFee, agentFeeTo }: SumsProps): ReactNode {
  const feeLabel = agentFeeTo === '' ? PAYMENT_TEXT.agentFee : PAYMENT_TEXT.agentFeeTo(agentFeeTo);
  return (
    <dl className={styles['sumLines']}>
      {rounding === 0 ? null : (
        <>
          <dt>{SERVICE_TEXT.owed}</dt>
          <dd>{money(total)}</dd>
          <dt>{PAYMENT_TEXT.rounding}</dt>
          <dd>{signedMoney(-rounding)}</dd>
        </>
      )}
      <dt>{feeLabel}</dt>
      <dd>{agentFee === 0 ? PAYMENT_TEXT.noFee : money(agentFee)}</dd>
    </dl>
  );
}

type CashProps = Readonly<{
  payable: number;
  quickAmounts: readonly number[];
  text: string;
  onText: (text: string) => void;
  onPay: () => void;
  /** The drawer has no change: nothing is sold. */
  onNoChange?: ((tendered: number) => void) | undefined;
}>;

/** What was handed over, and what goes back. */
export function CashPart({ payable, quickAmounts, text, onText, onPay, onNoChange }: CashProps): ReactNode {
  const tendered = parseCashAmount(text);
  const { change, missing } = changeOf(tendered, payable);
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
        error={text !== '' && tendered === undefined}
        onChange={(event) => onText(groupDigits(event.currentTarget.value))}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey) onPay();
        }}
      />
      <div className={styles['quick']}>
        <KeyButton action="exact" label={SERVICE_TEXT.exact} onPress={() => onText(figure(payable))} />
        {quickAmounts
          .filter((quick) => quick !== payable)
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
      {onNoChange === undefined || tendered === undefined || change === 0 ? null : (
        <Button size="compact-sm" variant="subtle" onClick={() => onNoChange(tendered)}>
          {PAYMENT_TEXT.noChange}
        </Button>
      )}
    </>
  );
}

/** A refusal at the till; a sum that can hardly be true is a question with the facts, never corrected. */
export function TillRefusal({
  refusal,
  onItIsTrue,
}: Readonly<{ refusal: ScreenRefusal; onItIsTrue: (tendered: number) => void }>): ReactNode {
  const tendered = refusal.details['tendered'];
  return (
    <RefusalCard refusal={refusal}>
      {refusal.code === 'TENDERED_IMPLAUSIBLE' && typeof tendered === 'number' ? (
        <Button size="sm" variant="default" onClick={() => onItIsTrue(tendered)}>
          {PAYMENT_TEXT.itIsTrue(tendered)}
        </Button>
      ) : null}
    </RefusalCard>
  );
}

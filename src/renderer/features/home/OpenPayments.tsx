import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { PaymentView } from '../../../contract/views-payments.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { dateTime, money } from '../../text/format.ts';
import { meansText, PAYMENT_TEXT, paymentStateText } from '../../text/payment-text.ts';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './OpenPayments.module.css';

const SHORTEST_REASON = 3;

/** A supervisor's decision that the citizen may pay otherwise, with its reason. */
function Release({ paymentId }: Readonly<{ paymentId: string }>): ReactNode {
  const release = useAction('payments.release');
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const ready = reason.trim().length >= SHORTEST_REASON;
  const run = async (): Promise<void> => {
    const answer = await release.run({ paymentId, reason });
    if (answer !== undefined) setRefusal(answer.ok ? undefined : answer.error);
  };
  return (
    <div className={styles['release']}>
      <TextInput
        label={PAYMENT_TEXT.releaseReason}
        description={PAYMENT_TEXT.releaseHint}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button variant="default" color="red" disabled={!ready} aria-busy={release.busy} onClick={() => void run()}>
        {PAYMENT_TEXT.release}
      </Button>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </div>
  );
}

function Row({ payment }: Readonly<{ payment: PaymentView }>): ReactNode {
  const { signIn } = useCounter();
  const look = useAction('payments.look');
  const { paymentId, state, nrkb, means, amount, requestedAt } = payment;
  return (
    <li className={styles['row']} data-state={state}>
      <span className={styles['head']}>
        <Plate nrkb={nrkb} />
        <strong>{`${meansText(means)} ${money(amount)}`}</strong>
        <span>{dateTime(requestedAt)}</span>
        {signIn.role === 'officer' && state !== 'paid-twice' ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-busy={look.busy}
            onClick={() => void look.run({ paymentId })}
          >
            {PAYMENT_TEXT.askAgain}
          </Button>
        ) : null}
      </span>
      <span>{paymentStateText(payment)}</span>
      {state === 'paid-twice' ? <span>{PAYMENT_TEXT.paidTwiceNext}</span> : null}
      {signIn.role === 'supervisor' && state === 'unknown' ? <Release paymentId={paymentId} /> : null}
    </li>
  );
}

/** Payments by QRIS or transfer that nobody knows the end of, and money that came twice; nothing where there is none. */
export function OpenPayments(): ReactNode {
  const open = useProcedure('payments.open', {}).value ?? [];
  if (open.length === 0) return null;
  return (
    <Pane title={PAYMENT_TEXT.openTitle}>
      <ul className={styles['list']}>
        {open.map((payment) => (
          <Row key={payment.paymentId} payment={payment} />
        ))}
      </ul>
    </Pane>
  );
}

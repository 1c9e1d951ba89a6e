import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PaymentView } from '../../../contract/views-payments.ts';
import type { DraftView } from '../../../contract/views-transaction.ts';
import { useCounter } from '../../app/status.tsx';
import { money } from '../../text/format.ts';
import { meansText, PAYMENT_TEXT, paymentStateText } from '../../text/payment-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { QrPicture } from '../../ui/QrPicture.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './Means.module.css';
import type { ServiceFlow } from './service-flow.ts';
import { usePayment } from './use-payment.ts';

/** What the citizen needs in order to pay: the QR large, or the account. */
function Offer({ payment }: Readonly<{ payment: PaymentView }>): ReactNode {
  const { now } = useCounter();
  const { qr, account, expiresAt } = payment;
  const left = expiresAt === null ? null : expiresAt - now;
  return (
    <>
      {qr === null ? null : (
        <>
          <QrPicture className={styles['qr']} {...qr} label={`${meansText('qris')} ${money(payment.amount)}`} />
          <p>{PAYMENT_TEXT.scan}</p>
        </>
      )}
      {account === null ? null : (
        <>
          <p>{PAYMENT_TEXT.transferTo}</p>
          <p className={styles['account']}>{account.number}</p>
          <p>{account.bank}</p>
        </>
      )}
      {left === null || payment.state !== 'pending' ? null : (
        <p className={styles['left']}>{left > 0 ? PAYMENT_TEXT.left(left) : PAYMENT_TEXT.over}</p>
      )}
    </>
  );
}

/** Pays one service by QRIS or transfer: nothing but the provider's word makes it a sale. */
export function MeansSheet({
  flow,
  draft,
  onClose,
}: Readonly<{ flow: ServiceFlow; draft: DraftView; onClose: () => void }>): ReactNode {
  const { nrkb } = draft.vehicle;
  const { transactionId } = draft;
  const at = usePayment(draft, (paid) => flow.end({ kind: 'paid', paid, nrkb }, transactionId));
  const { payment, refusal, busy } = at;
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  const isNew = payment === undefined || payment.state === 'failed' || payment.state === 'released';
  const amount = payment?.amount ?? draft.amount?.exactPayable ?? 0;
  return (
    <Sheet title={PAYMENT_TEXT.meansTitle} width="38rem" closeLabel={PAYMENT_TEXT.close} onClose={onClose}>
      <div className={styles['means']}>
        <output className={styles['amount']}>{money(amount)}</output>
        <p className={styles['dim']}>{PAYMENT_TEXT.exact}</p>
        {payment === undefined ? null : (
          <p className={styles['state']} data-state={payment.state} role="status">
            {`${meansText(payment.means)}: ${paymentStateText(payment)}`}
          </p>
        )}
        {payment === undefined || isNew ? null : <Offer payment={payment} />}
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
        <p className={styles['dim']}>{[payment?.provider, PAYMENT_TEXT.notProof].filter(Boolean).join('. ')}</p>
        <div className={styles['actions']}>
          {isNew ? (
            <>
              <Button variant="default" aria-busy={busy} onClick={() => void at.request('transfer')}>
                {PAYMENT_TEXT.askTransfer}
              </Button>
              <KeyButton
                action="primary"
                label={PAYMENT_TEXT.askQris}
                onPress={() => void at.request('qris')}
                primary
                busy={busy}
                level={LAYER.question}
              />
            </>
          ) : (
            <>
              <Button variant="default" color="red" aria-busy={busy} onClick={() => void at.cancel()}>
                {PAYMENT_TEXT.cancel}
              </Button>
              <KeyButton
                action="primary"
                label={PAYMENT_TEXT.askAgain}
                onPress={() => void at.look()}
                primary
                busy={busy}
                level={LAYER.question}
              />
            </>
          )}
        </div>
      </div>
    </Sheet>
  );
}

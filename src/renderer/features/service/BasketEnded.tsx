import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { BasketPaidView } from '../../../contract/views-payments.ts';
import { money } from '../../text/format.ts';
import { PAYMENT_TEXT } from '../../text/payment-text.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import styles from './Service.module.css';

/** After one tender for several vehicles: each with its number, and what goes back in large figures. */
export function BasketEnded({ paid: { basket, secondCopy } }: Readonly<{ paid: BasketPaidView }>): ReactNode {
  const isWhole = basket.state === 'paid';
  const sold = basket.items.filter((item) => item.receiptNumber !== null);
  return (
    <Pane title={SERVICE_TEXT.payment} step={4} fill>
      <div className={styles['ended']} role="status">
        {isWhole ? <IconCircleCheck size="2.5rem" aria-hidden className={styles['done']} /> : null}
        <p className={styles['endedTitle']}>
          {isWhole ? PAYMENT_TEXT.basketPaid : PAYMENT_TEXT.stopped(basket.giveBack)}
        </p>
        <p className={styles['dim']}>{PAYMENT_TEXT.paidOf(basket.paid, basket.items.length)}</p>
      </div>
      <ul className={styles['basket']}>
        {sold.map(({ transactionId, nrkb, plateColour, receiptNumber, payable }) => (
          <li key={transactionId} className={styles['basketItem']}>
            <span>
              <Plate nrkb={nrkb} colour={plateColour} />
            </span>
            <strong>{money(payable ?? 0)}</strong>
            <span>{receiptNumber}</span>
          </li>
        ))}
      </ul>
      <dl className={styles['endedSums']}>
        <dt>{SERVICE_TEXT.total}</dt>
        <dd>{money(basket.taken)}</dd>
        <dt>{SERVICE_TEXT.received}</dt>
        <dd>{money(basket.tendered ?? 0)}</dd>
      </dl>
      <div className={styles['endedSum']}>
        <span>{isWhole ? SERVICE_TEXT.change : PAYMENT_TEXT.giveBack}</span>
        <output className={styles['endedChange']}>{money(basket.giveBack)}</output>
      </div>
      {secondCopy === 'missing' ? (
        <p className={styles['noCopy']} role="alert">
          {SERVICE_TEXT.noSecondCopy}
        </p>
      ) : null}
      <p className={styles['nextCitizen']}>{SERVICE_TEXT.next}</p>
    </Pane>
  );
}

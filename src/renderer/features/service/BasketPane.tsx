import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { BasketPaidView, BasketView } from '../../../contract/views-payments.ts';
import { useAction } from '../../app/queries.tsx';
import { isScreenErrorCode } from '../../text/error-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { money } from '../../text/format.ts';
import { PAYMENT_TEXT } from '../../text/payment-text.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { parseCashAmount } from '../../ui/cash-amount.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { CashPart, TillRefusal } from './CashPart.tsx';
import styles from './Service.module.css';
import type { ServiceFlow } from './service-flow.ts';

type BasketProps = Readonly<{
  flow: ServiceFlow;
  basket: BasketView;
  /** What is being paid right now; null once its answer is there. */
  onTaking: (basket: BasketView | null) => void;
}>;
type Item = BasketView['items'][number];

function ItemRow({ item, onTakeOut }: Readonly<{ item: Item; onTakeOut: (() => void) | undefined }>): ReactNode {
  return (
    <li className={styles['basketItem']}>
      <span>
        <Plate nrkb={item.nrkb} colour={item.plateColour} />
      </span>
      <strong>{item.payable === null ? PAYMENT_TEXT.cannotSell : money(item.payable)}</strong>
      <span className={styles['dim']}>{item.receiptNumber ?? item.makeModel}</span>
      {onTakeOut === undefined ? null : (
        <Button size="compact-sm" variant="subtle" aria-label={PAYMENT_TEXT.takeOutOf(item.nrkb)} onClick={onTakeOut}>
          {PAYMENT_TEXT.takeOut}
        </Button>
      )}
    </li>
  );
}

/** Why the sales stopped on the way, as a screen holds a refusal. */
function stoppedRefusal({ stopped }: BasketPaidView): ScreenRefusal | undefined {
  if (stopped === null) return undefined;
  const code = isScreenErrorCode(stopped.code) ? stopped.code : 'INTERNAL';
  return { code, path: [], details: stopped.details };
}

/** Of the whole basket: why it stopped on its way is told by the part that comes after. */
type PartProps = BasketProps &
  Readonly<{ refusal: ScreenRefusal | undefined; setRefusal: (refusal: ScreenRefusal | undefined) => void }>;

/** Part of it is sold: how many, what was taken, what would go back; it goes on or ends here. */
function Half({ flow, basket, onTaking, refusal, setRefusal }: PartProps): ReactNode {
  const resume = useAction('baskets.resume');
  const giveBack = useAction('baskets.give-back');
  const { basketId } = basket;
  const goOn = async (): Promise<void> => {
    onTaking(basket);
    const answer = await resume.run({ basketId });
    onTaking(null);
    if (answer === undefined) return;
    if (!answer.ok) setRefusal(answer.error);
    else if (answer.value.stopped === null) flow.end({ kind: 'basket', paid: answer.value });
    else setRefusal(stoppedRefusal(answer.value));
  };
  const stop = async (): Promise<void> => {
    const answer = await giveBack.run({ basketId });
    if (answer === undefined) return;
    if (!answer.ok) setRefusal(answer.error);
    else {
      const stopped = { basket: answer.value, stopped: null, printJobIds: [], secondCopy: 'none' as const };
      flow.end({ kind: 'basket', paid: stopped });
    }
  };
  return (
    <>
      <p className={styles['endedTitle']} role="status">
        {PAYMENT_TEXT.paidOf(basket.paid, basket.items.length)}
      </p>
      <dl className={styles['sumLines']}>
        <dt>{SERVICE_TEXT.received}</dt>
        <dd>{money(basket.tendered ?? 0)}</dd>
        <dt>{PAYMENT_TEXT.taken}</dt>
        <dd>{money(basket.taken)}</dd>
        <dt>{PAYMENT_TEXT.giveBack}</dt>
        <dd>{money(basket.giveBack)}</dd>
      </dl>
      {refusal === undefined ? null : <TillRefusal refusal={refusal} onItIsTrue={() => undefined} />}
      <Button variant="default" color="red" aria-busy={giveBack.busy} onClick={() => void stop()}>
        {PAYMENT_TEXT.stop}
      </Button>
      <KeyButton
        action="primary"
        label={PAYMENT_TEXT.resume}
        onPress={() => void goOn()}
        primary
        wide
        busy={resume.busy}
      />
    </>
  );
}

/** Nothing of it is sold yet: one tender for all of them. */
function Open({ flow, basket, onTaking, refusal, setRefusal }: PartProps): ReactNode {
  const pay = useAction('baskets.pay');
  const [text, setText] = useState('');
  const { basketId, payable, items } = basket;
  const take = async (tendered: number | undefined, isConfirmed: boolean): Promise<void> => {
    if (tendered === undefined) {
      flow.want('cash');
      return;
    }
    const confirmedTendered = isConfirmed ? tendered : null;
    onTaking(basket);
    const answer = await pay.run({ basketId, tendered, expectedPayable: payable, confirmedTendered });
    onTaking(null);
    if (answer === undefined) return;
    if (!answer.ok) setRefusal(answer.error);
    else if (answer.value.stopped === null) flow.end({ kind: 'basket', paid: answer.value });
    else setRefusal(stoppedRefusal(answer.value));
  };
  const card =
    refusal === undefined ? null : (
      <TillRefusal refusal={refusal} onItIsTrue={(tendered) => void take(tendered, true)} />
    );
  if (items.length < 2) {
    return (
      <>
        {card}
        <p className={styles['dim']}>{PAYMENT_TEXT.basketAlone}</p>
      </>
    );
  }
  return (
    <>
      <div className={styles['total']}>
        <span>{PAYMENT_TEXT.basketTotal(items.length)}</span>
        <output className={styles['totalFigure']}>{money(payable)}</output>
        <span className={styles['dim']}>{PAYMENT_TEXT.basketHint}</span>
      </div>
      <CashPart
        payable={payable}
        quickAmounts={[]}
        text={text}
        onText={setText}
        onPay={() => void take(parseCashAmount(text), false)}
      />
      {card}
      <KeyButton
        action="primary"
        label={PAYMENT_TEXT.takeAll}
        onPress={() => void take(parseCashAmount(text), false)}
        primary
        wide
        busy={pay.busy}
      />
    </>
  );
}

/** Several vehicles of one payer: one tender, one change, a sale and a paper for each. */
export function BasketPane(props: BasketProps): ReactNode {
  const { flow, basket } = props;
  const takeOut = useAction('baskets.take-out');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const part = { ...props, refusal, setRefusal };
  const isOpen = basket.state === 'open';
  const leave = async (transactionId: string): Promise<void> => {
    const answer = await takeOut.run({ transactionId });
    // It goes on by itself, where the officer sees it.
    if (answer?.ok === true) await flow.takeUp(transactionId);
    else if (answer?.ok === false) setRefusal(answer.error);
  };
  return (
    <Pane title={PAYMENT_TEXT.basket} step={4} current fill>
      <ul className={styles['basket']}>
        {basket.items.map((item) => (
          <ItemRow
            key={item.transactionId}
            item={item}
            onTakeOut={isOpen ? () => void leave(item.transactionId) : undefined}
          />
        ))}
      </ul>
      {isOpen ? <Open {...part} /> : <Half {...part} />}
    </Pane>
  );
}

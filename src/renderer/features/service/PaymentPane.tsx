import { type ReactNode, useEffect, useState } from 'react';
import type { BasketView } from '../../../contract/views-payments.ts';
import type { DraftView } from '../../../contract/views-transaction.ts';
import { useAction } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { money } from '../../text/format.ts';
import { PAYMENT_TEXT } from '../../text/payment-text.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { parseCashAmount } from '../../ui/cash-amount.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { CashPart, SumLines, TillRefusal } from './CashPart.tsx';
import { MeansSheet } from './MeansSheet.tsx';
import { PayerFields } from './PayerFields.tsx';
import { payerInput, payerOf, phoneIsPlausible } from './payer.ts';
import { Refusals } from './Refusals.tsx';
import styles from './Service.module.css';
import type { Saved, ServiceFlow } from './service-flow.ts';

type PaymentProps = Readonly<{
  flow: ServiceFlow;
  draft: DraftView;
  /** What this payer has put together already. */
  basket: BasketView | null;
  current: boolean;
}>;

const ABOUT_PAYING: readonly string[] = [
  'BAD_INPUT',
  'FORBIDDEN',
  'DISK_FULL',
  'STORAGE_FAILED',
  'HOST_SILENT',
  'INTERNAL',
];

/** The drawer has no change: it is written down that nothing was sold. */
function useNoChange(draft: DraftView): Readonly<{
  isDone: boolean;
  refusal: ScreenRefusal | undefined;
  tell: (tendered: number) => Promise<void>;
}> {
  const refuse = useAction('transactions.refuse-change');
  const [isDone, setDone] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const tell = async (tendered: number): Promise<void> => {
    const payable = draft.amount?.payable;
    if (payable === undefined) return;
    const answer = await refuse.run({ transactionId: draft.transactionId, payable, tendered });
    if (answer === undefined) return;
    setDone(answer.ok);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  return { isDone, refusal, tell };
}

type WaysProps = Readonly<{ busy: boolean; onAdd: () => void; onQris: () => void }>;

/** What else this payer can do: bring more vehicles, or pay otherwise. */
function Ways({ busy, onAdd, onQris }: WaysProps): ReactNode {
  return (
    <div className={styles['ways']}>
      <KeyButton action="basket" label={PAYMENT_TEXT.addVehicle} small onPress={onAdd} busy={busy} />
      <KeyButton action="otherMeans" label={PAYMENT_TEXT.qris} small onPress={onQris} busy={busy} />
    </div>
  );
}

/** Step 4: who pays, how much was given, how much goes back; one commit, whatever is pressed how often. */
export function PaymentPane({ flow, draft, basket, current }: PaymentProps): ReactNode {
  const [payer, setPayer] = useState(() => payerOf(draft));
  const [text, setText] = useState('');
  const [means, setMeans] = useState(false);
  const noChange = useNoChange(draft);
  const { amount, offer } = draft;
  const confirmed = draft.identity !== null;
  const joins = basket !== null;
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
  /** Whatever ends this step needs the payer on the disk first. */
  const withPayer = async (end: (saved: Saved) => Promise<void>): Promise<void> => {
    // Both stand in line at once: nothing that is typed or scanned meanwhile comes between them.
    if (plausible) await end(savePayer());
    else flow.want('payer');
  };
  const openMeans = async (saved: Saved): Promise<void> => setMeans((await saved) !== undefined);
  const pay = async (): Promise<void> => {
    const tendered = parseCashAmount(text);
    if (tendered === undefined && plausible) flow.want('cash');
    else await withPayer((saved) => flow.pay(tendered ?? 0, false, saved));
  };
  const { refusal } = flow;
  const mine = refusal !== undefined && (confirmed || ABOUT_PAYING.includes(refusal.code)) ? refusal : noChange.refusal;
  const primary =
    offer === 'intake'
      ? { label: SERVICE_TEXT.intake, run: () => withPayer(flow.recordArrival) }
      : joins
        ? { label: PAYMENT_TEXT.addToBasket, run: () => withPayer(flow.addToBasket) }
        : { label: SERVICE_TEXT.takeCash, run: pay };

  const foot = (
    <>
      <Waiting busy={flow.busy} label={SERVICE_TEXT.saving} />
      {offer === 'sell' && !joins ? (
        <Ways
          busy={flow.ending}
          onAdd={() => void withPayer(flow.addToBasket)}
          onQris={() => void withPayer(openMeans)}
        />
      ) : null}
      {offer === 'none' ? null : (
        <KeyButton
          action="primary"
          label={primary.label}
          onPress={() => void primary.run()}
          primary
          wide
          busy={flow.ending}
        />
      )}
    </>
  );

  return (
    <Pane title={SERVICE_TEXT.payment} step={4} current={current} fill foot={confirmed ? foot : undefined}>
      {!confirmed ? <p className={styles['dim']}>{SERVICE_TEXT.waitingForTail}</p> : null}
      {confirmed && offer !== 'none' ? (
        <PayerFields payer={payer} phoneIsWrong={!plausible} onChange={setPayer} onDone={payerDone} />
      ) : null}
      {confirmed ? <Refusals draft={draft} onPayment={() => void withPayer(openMeans)} /> : null}
      {mine === undefined ? null : (
        <TillRefusal
          refusal={mine}
          onItIsTrue={(tendered) => void withPayer((saved) => flow.pay(tendered, true, saved))}
        />
      )}
      {offer === 'sell' && amount !== null ? (
        <>
          <div className={styles['total']}>
            <SumLines {...amount} />
            <div className={styles['totalRow']}>
              <span>{SERVICE_TEXT.total}</span>
              <output className={styles['totalFigure']}>{money(amount.payable)}</output>
            </div>
          </div>
          {joins ? (
            <p className={styles['resumed']}>{PAYMENT_TEXT.inBasket(basket.items.length, basket.payable)}</p>
          ) : (
            <CashPart
              payable={amount.payable}
              quickAmounts={draft.quickAmounts}
              text={text}
              onText={setText}
              onPay={() => void pay()}
              onNoChange={(tendered) => void noChange.tell(tendered)}
            />
          )}
        </>
      ) : null}
      {noChange.isDone ? (
        <p className={styles['warn']} role="status">
          {PAYMENT_TEXT.noChangeDone}
        </p>
      ) : null}
      {means ? <MeansSheet flow={flow} draft={draft} onClose={() => setMeans(false)} /> : null}
    </Pane>
  );
}

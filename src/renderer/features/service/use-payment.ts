import { useCallback, useEffect, useRef, useState } from 'react';
import type { PaymentView } from '../../../contract/views-payments.ts';
import type { DraftView, PaidView } from '../../../contract/views-transaction.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';

/** How often the provider is asked while the citizen pays. */
const ASK_EVERY_MS = 3000;

/** A payment by QRIS or transfer as the sheet needs it. */
export type PaymentAtSheet = Readonly<{
  payment: PaymentView | undefined;
  refusal: ScreenRefusal | undefined;
  busy: boolean;
  request: (means: 'qris' | 'transfer') => Promise<void>;
  look: () => Promise<void>;
  cancel: () => Promise<void>;
}>;

const isWaiting = (payment: PaymentView | undefined): boolean =>
  payment !== undefined && ['unknown', 'pending', 'confirmed'].includes(payment.state);

/** The payment of one service: found again after a restart, asked after while it waits, told once when it is a sale. */
export function usePayment(draft: DraftView, onSold: (paid: PaidView) => void): PaymentAtSheet {
  const [request, look, cancel] = [
    useAction('payments.request'),
    useAction('payments.look'),
    useAction('payments.cancel'),
  ];
  const open = useProcedure('payments.open', {});
  const [own, setOwn] = useState<PaymentView | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const told = useRef(false);
  // What this sheet speaks of now: the answer about an earlier payment comes too late to replace it.
  const about = useRef<string | undefined>(undefined);
  const { nrkb } = draft.vehicle;
  const payment = own ?? open.value?.find((one) => one.nrkb === nrkb && isWaiting(one));

  const take = (answer: Awaited<ReturnType<typeof look.run>>): void => {
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    about.current = answer.value.paymentId;
    setOwn(answer.value);
    const { paid } = answer.value;
    if (paid === null || told.current) return;
    told.current = true;
    onSold(paid);
  };
  const paymentId = payment?.paymentId;
  const ask = useCallback(async (): Promise<void> => {
    if (paymentId === undefined) return;
    const answer = await look.run({ paymentId });
    if (about.current === undefined || about.current === paymentId) take(answer);
  }, [paymentId, look.run]);
  const waiting = isWaiting(payment);
  useEffect(() => {
    if (!waiting) return;
    const timer = window.setInterval(() => void ask(), ASK_EVERY_MS);
    return () => {
      window.clearInterval(timer);
    };
  }, [waiting, ask]);

  return {
    payment,
    refusal,
    busy: request.busy || cancel.busy,
    request: async (means) => {
      const expectedPayable = draft.amount?.exactPayable;
      if (expectedPayable === undefined) return;
      const { transactionId } = draft;
      take(await request.run({ transactionId, means, expectedPayable }));
    },
    look: ask,
    cancel: async () => {
      if (paymentId !== undefined) take(await cancel.run({ paymentId }));
    },
  };
}

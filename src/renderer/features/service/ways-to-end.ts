import type { DraftView } from '../../../contract/views-transaction.ts';
import type { Client } from '../../app/client.ts';
import type { ServiceFlow } from './service-flow.ts';
import type { Ending } from './use-ending.ts';

/** What the last steps of a service are given by the flow that they end. */
type EndingParts = Readonly<{
  client: Client;
  draft: DraftView | undefined;
  finish: Ending['finish'];
  end: ServiceFlow['end'];
  want: ServiceFlow['want'];
  /** The screen is free for the next plate, and nothing has ended. */
  leave: () => void;
}>;

/** Every way in which a service ends: cash, a place beside other vehicles, papers taken in. */
export function waysToEnd({
  client,
  draft,
  finish,
  end,
  want,
  leave,
}: EndingParts): Pick<ServiceFlow, 'pay' | 'addToBasket' | 'recordArrival' | 'recordUnknownArrival'> {
  return {
    pay: async (tendered, isConfirmed, saved) => {
      const expectedPayable = draft?.amount?.payable;
      if (draft === undefined || expectedPayable === undefined) return;
      const { transactionId, vehicle } = draft;
      await finish(
        () =>
          client.command('transactions.pay', {
            transactionId,
            tendered,
            expectedPayable,
            confirmedTendered: isConfirmed ? tendered : null,
          }),
        (paid) => end({ kind: 'paid', paid, nrkb: vehicle.nrkb }),
        saved,
      );
    },
    addToBasket: async (saved) => {
      if (draft === undefined) return;
      const { transactionId } = draft;
      // At once, not with the answer: a quick hand and a scanner are at the next plate by then.
      want('plate');
      await finish(() => client.command('baskets.add', { transactionId }), leave, saved);
    },
    recordArrival: async (saved) => {
      if (draft === undefined) return;
      const { transactionId, vehicle } = draft;
      await finish(
        () => client.command('transactions.record-arrival', { transactionId }),
        ({ arrival, printJobId }) =>
          end({ kind: 'arrived', arrivalNumber: arrival.arrivalNumber, printJobId, nrkb: vehicle.nrkb }),
        saved,
      );
    },
    recordUnknownArrival: async (nrkb, { name, phone, blankReason }) => {
      await finish(
        async () => {
          const answer = await client.command('arrivals.record', { nrkb, name, phone, blankReason });
          // The plate stays with the refusal: it is what the screen is about.
          return answer.ok
            ? answer
            : { ...answer, error: { ...answer.error, details: { ...answer.error.details, nrkb } } };
        },
        ({ arrival, printJobId }) => end({ kind: 'arrived', arrivalNumber: arrival.arrivalNumber, printJobId, nrkb }),
      );
    },
  };
}

import { z } from 'zod';
import { providerMeansSchema } from './payments.ts';
import { amountSchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { basketPaidViewSchema, basketViewSchema, paymentViewSchema } from './views-payments.ts';
import { printJobViewSchema } from './views-transaction.ts';
import { refusalViewSchema } from './views-vehicle.ts';

const basket = z.strictObject({ basketId: uuidSchema });
const payment = z.strictObject({ paymentId: uuidSchema });
const transaction = z.strictObject({ transactionId: uuidSchema });
const printerId = textSchema(60).nullable().default(null);

/** Everything that can stand in the way of a sale, before the sum itself is judged. */
const saleRefusals = [
  ...refusalViewSchema.shape.code.options,
  'TRANSACTION_UNKNOWN',
  'TRANSACTION_CLOSED',
  'TRANSACTION_NOT_CONFIRMED',
  'DOCUMENTS_INCOMPLETE',
  'PAYER_MISSING',
  'AMOUNT_CHANGED',
  'IN_BASKET',
] as const;
const tenderRefusals = ['TENDERED_TOO_LITTLE', 'TENDERED_IMPLAUSIBLE', 'CHANGE_NOT_GIVABLE'] as const;

/** One payer with several vehicles, and payments that need a provider. */
export const apiPayments = {
  /** What this officer has put together and not yet finished, also after a power cut. */
  'baskets.current': query({
    access: 'officer',
    input: z.strictObject({}),
    output: basketViewSchema.nullable(),
    errors: [],
    staleAfter: ['transactions', 'registry', 'cash-session', 'status', 'sign-in'],
  }),
  /** Puts the service on the screen beside the others of this payer; it must be ready to be paid. */
  'baskets.add': command({
    access: 'officer',
    input: transaction,
    output: basketViewSchema,
    errors: [...saleRefusals, ...tenderRefusals, 'BASKET_FULL', 'BASKET_CLOSED', 'BASKET_VEHICLE_TWICE'],
  }),
  /** The service goes on by itself. */
  'baskets.take-out': command({
    access: 'officer',
    input: transaction,
    output: basketViewSchema.nullable(),
    errors: ['BASKET_UNKNOWN', 'BASKET_CLOSED'],
  }),
  /** One tender; then one commit for each sale, in order. The same call again goes on where it stands. */
  'baskets.pay': command({
    access: 'officer',
    input: basket.extend({
      tendered: amountSchema,
      expectedPayable: amountSchema,
      confirmedTendered: amountSchema.nullable().default(null),
      printerId,
    }),
    output: basketPaidViewSchema,
    errors: [...saleRefusals, ...tenderRefusals, 'BASKET_UNKNOWN', 'BASKET_CLOSED', 'BASKET_TOO_SMALL'],
  }),
  /** Goes on with what was not yet sold, against the same tender. */
  'baskets.resume': command({
    access: 'officer',
    input: basket.extend({ printerId }),
    output: basketPaidViewSchema,
    errors: ['BASKET_UNKNOWN', 'BASKET_CLOSED'],
  }),
  /** Ends what stopped on the way: the rest of the tender goes back, what was sold stays sold. */
  'baskets.give-back': command({
    access: 'officer',
    input: basket,
    output: basketViewSchema,
    errors: ['BASKET_UNKNOWN', 'BASKET_CLOSED'],
  }),
  /** The drawer has no change: nothing is sold, and the money goes back. */
  'transactions.refuse-change': command({
    access: 'officer',
    input: transaction.extend({ payable: amountSchema, tendered: amountSchema }),
    output: z.strictObject({}),
    errors: ['TRANSACTION_UNKNOWN', 'TRANSACTION_CLOSED'],
  }),
  /** Why the amount is what it is, for the citizen: of an open service, or of a sale. */
  'transactions.print-why': command({
    access: 'officer',
    input: transaction,
    output: printJobViewSchema,
    errors: ['TRANSACTION_UNKNOWN', 'TRANSACTION_NOT_CONFIRMED', 'NOTHING_TO_PRINT', 'PRINTER_SILENT'],
  }),
  /** Payments by QRIS or transfer that somebody still waits for, and money of the last month that came twice. */
  'payments.open': query({
    access: 'signed-in',
    input: z.strictObject({}),
    output: z.array(paymentViewSchema),
    errors: [],
    staleAfter: ['transactions', 'sign-in'],
  }),
  /** Only with a line; the request is on the disk before the provider hears of it. */
  'payments.request': command({
    access: 'officer',
    input: transaction.extend({ means: providerMeansSchema, expectedPayable: amountSchema }),
    output: paymentViewSchema,
    errors: [...saleRefusals, ...tenderRefusals, 'NO_LINE'],
  }),
  /** Asks the provider; its signed word alone makes the sale. Without an answer the payment is unknown. */
  'payments.look': command({
    access: 'officer',
    input: payment.extend({ printerId }),
    output: paymentViewSchema,
    errors: ['PAYMENT_UNKNOWN'],
  }),
  /** The citizen pays otherwise; a provider that has the money already says so. */
  'payments.cancel': command({
    access: 'officer',
    input: payment.extend({ printerId }),
    output: paymentViewSchema,
    errors: ['PAYMENT_UNKNOWN'],
  }),
  /** A supervisor lets the citizen pay otherwise although nobody knows what became of the payment. */
  'payments.release': command({
    access: 'supervisor',
    input: payment.extend({ reason: textSchema(200).trim().min(3) }),
    output: paymentViewSchema,
    errors: ['PAYMENT_UNKNOWN', 'PAYMENT_NOT_UNKNOWN'],
  }),
} as const;

import type { z } from 'zod';
import type { ErrorCode, Refusal } from '../../../contract/errors.ts';
import type { formStockSchema } from '../../../contract/views-documents.ts';
import { type FormState, isRange, isWithin, type SerialRange } from '../../../domain/form-stock.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { Db, ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Append, Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { findSale } from '../transactions/sale-store.ts';
import { countDeliveries } from './form-gaps.ts';
import { findDeliveryOver, type FormSeries, insertDelivery, isTold, putRun } from './form-store.ts';

type FormStockView = z.infer<typeof formStockSchema>;
type SerialRefusal = Refusal<'FORM_SERIAL_UNKNOWN' | 'FORM_SERIAL_USED'>;
type Told = FormSeries & SerialRange;

/** Pre-printed forms (blangko), from delivery to use; every serial ends used, spoiled or declared missing. */
export type FormsService = {
  readonly stock: () => Promise<FormStockView[]>;
  readonly receive: (
    signIn: SignIn,
    delivery: Told & { readonly deliveryNote: string },
  ) => Promise<Result<FormStockView[], Refusal<'FORM_RANGE_INVALID' | 'FORM_RANGE_KNOWN'> | StorageRefusal>>;
  /** The form on which the final receipt of a booked sale was printed. */
  readonly use: (
    signIn: SignIn,
    used: FormSeries & { readonly serial: number; readonly transactionId: string },
  ) => Promise<
    Result<FormStockView[], SerialRefusal | Refusal<'TRANSACTION_UNKNOWN' | 'NOTHING_TO_PRINT'> | StorageRefusal>
  >;
  readonly spoil: (
    signIn: SignIn,
    spoiled: FormSeries & { readonly serial: number; readonly reason: string },
  ) => Promise<Result<FormStockView[], SerialRefusal | StorageRefusal>>;
  /** Said once, by a person, of serials of which nothing was said before. */
  readonly declareMissing: (
    signIn: SignIn,
    missing: Told & { readonly reason: string },
  ) => Promise<Result<FormStockView[], SerialRefusal | Refusal<'FORM_RANGE_INVALID'> | StorageRefusal>>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly events: EventsPort;
  readonly newId: () => string;
};

async function viewIn(tx: ReadTx): Promise<FormStockView[]> {
  return (await countDeliveries(tx)).map(({ form, series, from, to, stock, receivedAt }) => ({
    form,
    series,
    from,
    to,
    used: stock.used,
    spoiled: stock.spoiled,
    missing: stock.missing,
    next: stock.next,
    gaps: stock.gaps.map((gap) => ({ from: gap.from, to: gap.to })),
    receivedAt,
  }));
}

export function createFormsService(deps: Deps): FormsService {
  const { db, journal, cipher, events } = deps;

  /** One commit, answered with the stock as it stands after it. */
  const record = async <C extends ErrorCode>(
    work: (tx: WriteTx, append: Append) => Promise<Result<unknown, Refusal<C>>>,
  ): Promise<Result<FormStockView[], Refusal<C> | StorageRefusal>> => {
    const recorded = await journal.record(async (tx, append): Promise<Result<FormStockView[], Refusal<C>>> => {
      const done = await work(tx, append);
      return done.ok ? ok(await viewIn(tx)) : done;
    });
    if (recorded.ok) events.publish('applications');
    return recorded;
  };

  /** The delivery that holds all of these serials, of which nothing was said yet. */
  const silent = async (tx: ReadTx, told: Told): Promise<Result<string, SerialRefusal>> => {
    const delivery = await findDeliveryOver(tx, told, told);
    const path = ['serial'];
    if (delivery === undefined || !isWithin(told, delivery)) return err({ code: 'FORM_SERIAL_UNKNOWN', path });
    return (await isTold(tx, told, told)) ? err({ code: 'FORM_SERIAL_USED', path }) : ok(delivery.deliveryId);
  };

  const by = async (tx: ReadTx, { officerId }: SignIn) => ({
    officerId,
    cashSessionId: (await findOpenSession(tx))?.cashSessionId ?? null,
  });

  const put = (tx: WriteTx, { form, series, from, to }: Told, state: FormState, begunAt: number): Promise<void> =>
    putRun(tx, { form, series, from, to, state, begunAt });

  return {
    stock: () => db.read(viewIn),

    receive: (signIn, { form, series, from, to, deliveryNote }) =>
      record(async (tx, append) => {
        if (!isRange({ from, to })) return err({ code: 'FORM_RANGE_INVALID' as const, path: ['to'] });
        const known = await findDeliveryOver(tx, { form, series }, { from, to });
        if (known !== undefined) {
          const details = { from: known.from, to: known.to };
          return err({ code: 'FORM_RANGE_KNOWN' as const, path: ['from'], details });
        }
        const deliveryId = deps.newId();
        const entry = append({
          ...(await by(tx, signIn)),
          type: 'form-stock.received',
          stream: deliveryId,
          body: { deliveryId, form, series, from, to, deliveryNote },
        });
        await insertDelivery(tx, { deliveryId, form, series, from, to, deliveryNote, receivedAt: entry.wallMs });
        return ok(undefined);
      }),

    use: (signIn, { form, series, serial, transactionId }) =>
      record(async (tx, append) => {
        const sale = await findSale(tx, cipher, transactionId);
        if (sale === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        // Only a booked sale has a final receipt that a form could bear.
        if (sale.finalNumber === null) return err({ code: 'NOTHING_TO_PRINT' as const });
        const told = { form, series, from: serial, to: serial };
        const delivery = await silent(tx, told);
        if (!delivery.ok) return delivery;
        const said = { ...(await by(tx, signIn)), stream: transactionId };
        const entry = append({ ...said, type: 'form.used', body: { form, series, serial } });
        await put(tx, told, 'used', entry.wallMs);
        return ok(undefined);
      }),

    spoil: (signIn, { form, series, serial, reason }) =>
      record(async (tx, append) => {
        const told = { form, series, from: serial, to: serial };
        const delivery = await silent(tx, told);
        if (!delivery.ok) return delivery;
        const said = { ...(await by(tx, signIn)), stream: delivery.value };
        const entry = append({ ...said, type: 'form.spoiled', body: { form, series, serial, reason } });
        await put(tx, told, 'spoiled', entry.wallMs);
        return ok(undefined);
      }),

    declareMissing: (signIn, { form, series, from, to, reason }) =>
      record(async (tx, append) => {
        const told = { form, series, from, to };
        if (!isRange(told)) return err({ code: 'FORM_RANGE_INVALID' as const, path: ['to'] });
        const delivery = await silent(tx, told);
        if (!delivery.ok) return delivery;
        const said = { ...(await by(tx, signIn)), stream: delivery.value };
        const entry = append({ ...said, type: 'form.missing', body: { form, series, from, to, reason } });
        await put(tx, told, 'missing', entry.wallMs);
        return ok(undefined);
      }),
  };
}

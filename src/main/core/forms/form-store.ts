import type { FormRun, FormState, SerialRange } from '../../../domain/form-stock.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { FormKind } from '../db/schema-documents.ts';

/** Forms of one kind whose serials run on. */
export type FormSeries = { readonly form: FormKind; readonly series: string };

/** A delivery of pre-printed forms as it came. */
export type FormDelivery = FormSeries &
  SerialRange & { readonly deliveryId: string; readonly deliveryNote: string; readonly receivedAt: number };

/** A run with the moment (ms UTC) at which the first of it was told. */
export type ToldRun = FormSeries & FormRun & { readonly begunAt: number };

type DeliveryRow = {
  delivery_id: string;
  form: FormKind;
  series: string;
  from_serial: number;
  to_serial: number;
  delivery_note: string;
  received_at: number;
};
type RunRow = {
  form: FormKind;
  series: string;
  from_serial: number;
  to_serial: number;
  state: FormState;
  begun_at: number;
};

const toDelivery = (row: DeliveryRow): FormDelivery => ({
  deliveryId: row.delivery_id,
  form: row.form,
  series: row.series,
  from: row.from_serial,
  to: row.to_serial,
  deliveryNote: row.delivery_note,
  receivedAt: row.received_at,
});

const toRun = (row: RunRow): ToldRun => ({
  form: row.form,
  series: row.series,
  from: row.from_serial,
  to: row.to_serial,
  state: row.state,
  begunAt: row.begun_at,
});

export async function insertDelivery(tx: WriteTx, delivery: FormDelivery): Promise<void> {
  await tx
    .insertInto('form_delivery')
    .values({
      delivery_id: delivery.deliveryId,
      form: delivery.form,
      series: delivery.series,
      from_serial: delivery.from,
      to_serial: delivery.to,
      delivery_note: delivery.deliveryNote,
      received_at: delivery.receivedAt,
    })
    .execute();
}

/** A delivery that shares a serial with a range. */
export async function findDeliveryOver(
  tx: ReadTx,
  { form, series }: FormSeries,
  range: SerialRange,
): Promise<FormDelivery | undefined> {
  const row = await tx
    .selectFrom('form_delivery')
    .selectAll()
    .where('form', '=', form)
    .where('series', '=', series)
    .where('from_serial', '<=', range.to)
    .where('to_serial', '>=', range.from)
    .orderBy('from_serial')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : toDelivery(row);
}

/** Every delivery, in the order in which they came. */
export async function readDeliveries(tx: ReadTx): Promise<readonly FormDelivery[]> {
  const rows = await tx.selectFrom('form_delivery').selectAll().orderBy('received_at').orderBy('delivery_id').execute();
  return rows.map(toDelivery);
}

/** Everything that was said of forms, lowest serial first. */
export async function readRuns(tx: ReadTx): Promise<readonly ToldRun[]> {
  const rows = await tx
    .selectFrom('form_run')
    .selectAll()
    .orderBy('form')
    .orderBy('series')
    .orderBy('from_serial')
    .execute();
  return rows.map(toRun);
}

/** Whether something was said of one of these serials. */
export async function isTold(tx: ReadTx, { form, series }: FormSeries, range: SerialRange): Promise<boolean> {
  const row = await tx
    .selectFrom('form_run')
    .select('from_serial')
    .where('form', '=', form)
    .where('series', '=', series)
    .where('from_serial', '<=', range.to)
    .where('to_serial', '>=', range.from)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Keeps what is said of serials of which nothing was said before: a neighbouring run of the same state grows, so that forms
 * used in order stay one row.
 */
export async function putRun(tx: WriteTx, run: ToldRun): Promise<void> {
  const { form, series, state, from, to, begunAt } = run;
  const same = { form, series, state } as const;
  const below = await tx
    .updateTable('form_run')
    .set({ to_serial: to })
    .where((eb) => eb.and({ ...same, to_serial: from - 1 }))
    .executeTakeFirst();
  if (below.numUpdatedRows > 0n) return;
  const above = await tx
    .updateTable('form_run')
    .set({ from_serial: from })
    .where((eb) => eb.and({ ...same, from_serial: to + 1 }))
    .executeTakeFirst();
  if (above.numUpdatedRows > 0n) return;
  await tx
    .insertInto('form_run')
    .values({ ...same, from_serial: from, to_serial: to, begun_at: begunAt })
    .execute();
}

import type { Insertable } from 'kysely';
import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import type { Tx } from '../db/open.ts';
import type { Database } from '../db/schema.ts';
import type { ReadBody } from './typed-body.ts';

/** What entries of counters say of pre-printed forms. */
export type FormWrites = {
  readonly deliveries: Insertable<Database['form_delivery']>[];
  readonly told: Insertable<Database['form_told']>[];
};

/** An accepted entry; `receivedAt` in ms UTC, `on` tells the counter's day inside its bracket. */
type Taken = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly receivedAt: number;
  readonly on: () => LocalDate;
};

/** Serials that an entry speaks of, and what it says; undefined for every other entry. */
function toldBy(read: ReadBody):
  | {
      readonly form: 'tbpkp' | 'pengesahan';
      readonly series: string;
      readonly ends: readonly [number, number];
      readonly state: 'used' | 'spoiled' | 'missing';
    }
  | undefined {
  if (read.type === 'form.used' || read.type === 'form.spoiled') {
    const { form, series, serial } = read.body;
    return { form, series, ends: [serial, serial], state: read.type === 'form.used' ? 'used' : 'spoiled' };
  }
  if (read.type !== 'form.missing') return undefined;
  const { form, series, from, to } = read.body;
  // A range told the wrong way round is still one range.
  return { form, series, ends: [Math.min(from, to), Math.max(from, to)], state: 'missing' };
}

/** Collects what an accepted entry says of forms; entries of other kinds say nothing. */
export function addForms(writes: FormWrites, { envelope, hash, read, receivedAt, on }: Taken): void {
  const device_id = envelope.deviceId;
  if (read.type === 'form-stock.received') {
    const { deliveryId, form, series, from, to, deliveryNote } = read.body;
    writes.deliveries.push({
      device_id,
      delivery_id: deliveryId,
      form,
      series,
      from_serial: Math.min(from, to),
      to_serial: Math.max(from, to),
      delivery_note: deliveryNote,
      received_at: receivedAt,
    });
  }
  const told = toldBy(read);
  if (told === undefined) return;
  const { form, series, ends, state } = told;
  writes.told.push({
    device_id,
    hash,
    form,
    series,
    from_serial: ends[0],
    to_serial: ends[1],
    state,
    transaction_id: state === 'used' ? envelope.stream : null,
    told_on: on(),
    received_at: receivedAt,
  });
}

/** Writes what was collected, each once. */
export async function writeForms(tx: Tx, { deliveries, told }: FormWrites): Promise<void> {
  if (deliveries.length > 0) {
    await tx
      .insertInto('form_delivery')
      .values(deliveries)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  if (told.length > 0) {
    await tx
      .insertInto('form_told')
      .values(told)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

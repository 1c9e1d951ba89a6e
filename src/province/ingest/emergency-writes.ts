import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import type { Tx } from '../db/open.ts';
import type { ReadBody } from './typed-body.ts';

/** Why a sale out of the emergency book waits for a person. */
export const EMERGENCY_TWICE = 'EMERGENCY_TWICE';
export const EMERGENCY_ONE_PERSON = 'EMERGENCY_ONE_PERSON';

type Book = {
  readonly bookId: string;
  readonly from: number;
  readonly to: number;
  readonly note: string;
  readonly receivedOn: LocalDate;
  readonly receivedAt: number;
};

type Told = {
  readonly hash: string;
  readonly from: number;
  readonly to: number;
  readonly state: 'sold' | 'spoiled' | 'missing';
  readonly transactionId: string | null;
  readonly toldOn: LocalDate;
  readonly receivedAt: number;
  /** False where one and the same person typed and confirmed. */
  readonly byTwo: boolean;
};

/** What entries of counters say of the emergency receipt book. */
export type EmergencyWrites = { readonly books: Book[]; readonly told: Told[] };

/** An accepted entry; `receivedAt` in ms UTC, `on` tells the counter's day inside its bracket. */
type Taken = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly receivedAt: number;
  readonly on: () => LocalDate;
};

/** Collects what an accepted entry says of the book; entries of other kinds say nothing. */
export function addEmergency(writes: EmergencyWrites, { hash, read, receivedAt, on }: Taken): void {
  const tell = (told: Pick<Told, 'from' | 'to' | 'state' | 'transactionId' | 'byTwo'>): void => {
    writes.told.push({ ...told, hash, toldOn: on(), receivedAt });
  };
  const nobody = { transactionId: null, byTwo: true };
  if (read.type === 'emergency-book.received') {
    const { bookId, from, to, note } = read.body;
    // A range told the wrong way round is still one range.
    const ends = { from: Math.min(from, to), to: Math.max(from, to) };
    writes.books.push({ bookId, ...ends, note, receivedOn: on(), receivedAt });
  } else if (read.type === 'emergency-sheet.spoiled') {
    const { bookNumber } = read.body;
    tell({ from: bookNumber, to: bookNumber, state: 'spoiled', ...nobody });
  } else if (read.type === 'emergency-sheet.missing') {
    const { from, to } = read.body;
    tell({ from: Math.min(from, to), to: Math.max(from, to), state: 'missing', ...nobody });
  } else if (read.type === 'transaction.paid' && read.body.emergency !== undefined) {
    const { emergency, transactionId } = read.body;
    const { bookNumber, enteredBy, confirmedBy } = emergency;
    tell({ from: bookNumber, to: bookNumber, state: 'sold', transactionId, byTwo: enteredBy !== confirmedBy });
  }
}

async function outletOf(tx: Tx, deviceId: string): Promise<string> {
  const row = await tx
    .selectFrom('device')
    .select('outlet_id')
    .where('device_id', '=', deviceId)
    .executeTakeFirstOrThrow();
  return row.outlet_id;
}

/** Takes the number for this sale; false when another one holds it. Idempotency: constraint emergency_number_once. */
async function takeNumber(tx: Tx, outletId: string, deviceId: string, told: Told): Promise<boolean> {
  await tx
    .insertInto('emergency_number')
    .values({ outlet_id: outletId, number: told.from, device_id: deviceId, hash: told.hash })
    .onConflict((conflict) => conflict.columns(['outlet_id', 'number']).doNothing())
    .execute();
  const holder = await tx
    .selectFrom('emergency_number')
    .select(['device_id', 'hash'])
    .where('outlet_id', '=', outletId)
    .where('number', '=', told.from)
    .executeTakeFirstOrThrow();
  return holder.device_id === deviceId && holder.hash === told.hash;
}

async function suspend(tx: Tx, deviceId: string, hash: string, reason: string, at: number): Promise<void> {
  await tx
    .insertInto('suspense')
    .values({ device_id: deviceId, hash, reason, at })
    .onConflict((conflict) => conflict.columns(['device_id', 'hash']).doNothing())
    .execute();
}

/**
 * Writes what was collected, each once. The money of a second sale of one number is in custody like any other; it is not
 * booked before a person has looked at both papers.
 */
export async function writeEmergency(tx: Tx, deviceId: string, writes: EmergencyWrites, now: number): Promise<void> {
  if (writes.books.length === 0 && writes.told.length === 0) return;
  const outlet_id = await outletOf(tx, deviceId);
  for (const { bookId, from, to, note, receivedOn, receivedAt } of writes.books) {
    const range = { from_number: from, to_number: to, note, received_on: receivedOn, received_at: receivedAt };
    await tx
      .insertInto('emergency_book')
      .values({ device_id: deviceId, book_id: bookId, outlet_id, ...range })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const told of writes.told) {
    await tx
      .insertInto('emergency_told')
      .values({
        device_id: deviceId,
        hash: told.hash,
        outlet_id,
        from_number: told.from,
        to_number: told.to,
        state: told.state,
        transaction_id: told.transactionId,
        told_on: told.toldOn,
        received_at: told.receivedAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    if (told.state !== 'sold') continue;
    const holds = await takeNumber(tx, outlet_id, deviceId, told);
    if (!told.byTwo) await suspend(tx, deviceId, told.hash, EMERGENCY_ONE_PERSON, now);
    else if (!holds) await suspend(tx, deviceId, told.hash, EMERGENCY_TWICE, now);
  }
}

import { z } from 'zod';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared, preparedWrite } from '../db/prepared.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';

const CONTEXT = 'arrival';

const sealedSchema = z.object({ nrkb: z.string(), name: z.string().nullable(), phone: z.string().nullable() });

/** A proved arrival: the citizen came, no money was taken; fines are reckoned from this day. */
export type Arrival = {
  readonly arrivalId: string;
  readonly arrivalNumber: string;
  readonly nrkbIndex: string;
  readonly arrivedOn: LocalDate;
  readonly recordedAt: number;
  /** The sale that served the citizen later, if any. */
  readonly settledBy: string | null;
  readonly person: z.infer<typeof sealedSchema>;
};

type Row = {
  arrival_id: string;
  arrival_number: string;
  nrkb_index: string;
  arrived_on: string;
  recorded_at: number;
  settled_by: string | null;
  sealed: string;
};

const toArrival = (cipher: ColumnCipher, row: Row): Arrival => ({
  arrivalId: row.arrival_id,
  arrivalNumber: row.arrival_number,
  nrkbIndex: row.nrkb_index,
  arrivedOn: row.arrived_on as LocalDate, // written by insertArrival only
  recordedAt: row.recorded_at,
  settledBy: row.settled_by,
  person: sealedSchema.parse(JSON.parse(cipher.open(row.sealed, CONTEXT))),
});

export async function insertArrival(tx: WriteTx, cipher: ColumnCipher, arrival: Arrival): Promise<void> {
  await tx
    .insertInto('arrival')
    .values({
      arrival_id: arrival.arrivalId,
      arrival_number: arrival.arrivalNumber,
      nrkb_index: arrival.nrkbIndex,
      arrived_on: arrival.arrivedOn,
      recorded_at: arrival.recordedAt,
      settled_by: arrival.settledBy,
      sealed: cipher.seal(JSON.stringify(arrival.person), CONTEXT),
    })
    .execute();
}

export async function findArrival(tx: ReadTx, cipher: ColumnCipher, arrivalId: string): Promise<Arrival | undefined> {
  const row = await tx.selectFrom('arrival').selectAll().where('arrival_id', '=', arrivalId).executeTakeFirst();
  return row === undefined ? undefined : toArrival(cipher, row);
}

const selectOpenOf = prepared<{ nrkbIndex: string }>()((from, of) =>
  from
    .selectFrom('arrival')
    .selectAll()
    .where('nrkb_index', '=', of('nrkbIndex'))
    .where('settled_by', 'is', null)
    .orderBy('recorded_at')
    .limit(1),
);

/** The oldest arrival of a plate that no sale has settled: the day that counts for the citizen. */
export async function findOpenArrivalOf(
  tx: ReadTx,
  cipher: ColumnCipher,
  nrkbIndex: string,
): Promise<Arrival | undefined> {
  const [row] = selectOpenOf(tx, { nrkbIndex });
  return row === undefined ? undefined : toArrival(cipher, row);
}

/** Who waits for a call, oldest first. */
export async function readOpenArrivals(tx: ReadTx, cipher: ColumnCipher): Promise<readonly Arrival[]> {
  const rows = await tx
    .selectFrom('arrival')
    .selectAll()
    .where('settled_by', 'is', null)
    .orderBy('recorded_at')
    .limit(1000)
    .execute();
  return rows.map((row) => toArrival(cipher, row));
}

/** Takes the person and the plate off an arrival's row; it is settled, for nobody can be called any more. */
export async function blankArrival(tx: WriteTx, cipher: ColumnCipher, arrival: Arrival): Promise<void> {
  const person: Arrival['person'] = { nrkb: '(dihapus)', name: null, phone: null };
  await tx
    .updateTable('arrival')
    .set({
      nrkb_index: '',
      settled_by: arrival.settledBy ?? arrival.arrivalId,
      sealed: cipher.seal(JSON.stringify(person), CONTEXT),
    })
    .where('arrival_id', '=', arrival.arrivalId)
    .execute();
}

const updateSettled = preparedWrite<{ nrkbIndex: string; transactionId: string }>()((to, of) =>
  to
    .updateTable('arrival')
    .set({ settled_by: of('transactionId') })
    .where('nrkb_index', '=', of('nrkbIndex'))
    .where('settled_by', 'is', null),
);

/** A sale settles every open arrival of its plate: the citizen has been served. */
export async function settleArrivals(tx: WriteTx, nrkbIndex: string, transactionId: string): Promise<void> {
  updateSettled(tx, { nrkbIndex, transactionId });
}

/** A sale that was taken back settled nothing: who waited since an arrival waits again, from the same day. */
export async function reopenArrivals(tx: WriteTx, transactionId: string): Promise<void> {
  await tx.updateTable('arrival').set({ settled_by: null }).where('settled_by', '=', transactionId).execute();
}

import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { SheetState } from '../../../domain/emergency-paper.ts';
import type { SerialRange } from '../../../domain/form-stock.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { EmergencyTables } from '../db/schema-emergency.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';

const CONTEXT = 'emergency-sheet';

const contentSchema = z.object({
  nrkb: z.string(),
  chassisTail: z.string(),
  payerName: z.string(),
  noPhotoReason: z.string().nullable(),
});
/** What an open sheet says of a person; sealed as one JSON text. */
export type SheetContent = Readonly<z.infer<typeof contentSchema>>;

/** A book as it came to the outlet. */
export type EmergencyBook = SerialRange & {
  readonly bookId: string;
  readonly note: string;
  readonly receivedOn: LocalDate;
  readonly receivedAt: number;
};

/** A number with what was said of it, as lists show it. */
export type StoredSheet = {
  readonly number: number;
  readonly state: SheetState;
  readonly transactionId: string | null;
  readonly paperAt: number | null;
  readonly amount: Rupiah | null;
  readonly toldBy: string;
  readonly toldName: string;
  readonly toldAt: number;
  readonly reason: string | null;
};

/** A typed sheet that waits for the second person. */
export type OpenSheet = {
  readonly number: number;
  readonly transactionId: string;
  readonly paperAt: number;
  readonly amount: Rupiah;
  readonly toldBy: string;
  readonly toldName: string;
  readonly toldAt: number;
  readonly content: SheetContent;
};

type Row = Selectable<EmergencyTables['emergency_sheet']>;

const toSheet = (row: Omit<Row, 'sealed'>): StoredSheet => ({
  number: row.number,
  state: row.state,
  transactionId: row.transaction_id,
  paperAt: row.paper_at,
  amount: row.amount === null ? null : rupiah(row.amount),
  toldBy: row.told_by,
  toldName: row.told_name,
  toldAt: row.told_at,
  reason: row.reason,
});

function toOpen(cipher: ColumnCipher, row: Row): OpenSheet | undefined {
  const { number, transaction_id: transactionId, paper_at: paperAt, amount, sealed } = row;
  if (row.state !== 'open' || transactionId === null || paperAt === null || amount === null || sealed === null) {
    return undefined;
  }
  const told = { toldBy: row.told_by, toldName: row.told_name, toldAt: row.told_at };
  const content = contentSchema.parse(JSON.parse(cipher.open(sealed, CONTEXT)));
  return { number, transactionId, paperAt, amount: rupiah(amount), ...told, content };
}

export async function insertBook(tx: WriteTx, book: EmergencyBook): Promise<void> {
  await tx
    .insertInto('emergency_book')
    .values({
      book_id: book.bookId,
      from_number: book.from,
      to_number: book.to,
      note: book.note,
      received_on: book.receivedOn,
      received_at: book.receivedAt,
    })
    .execute();
}

/** A book that shares a number with a range. */
export async function findBookOver(tx: ReadTx, range: SerialRange): Promise<EmergencyBook | undefined> {
  const books = await readBooks(tx);
  return books.find((book) => book.from <= range.to && range.from <= book.to);
}

/** Every book, lowest number first. */
export async function readBooks(tx: ReadTx): Promise<readonly EmergencyBook[]> {
  const rows = await tx.selectFrom('emergency_book').selectAll().orderBy('from_number').execute();
  return rows.map((row) => ({
    bookId: row.book_id,
    from: row.from_number,
    to: row.to_number,
    note: row.note,
    receivedOn: row.received_on as LocalDate, // written by insertBook only
    receivedAt: row.received_at,
  }));
}

/** Every number of which something was said, lowest first. */
export async function readSheets(tx: ReadTx): Promise<readonly StoredSheet[]> {
  const rows = await tx
    .selectFrom('emergency_sheet')
    .select(['number', 'state', 'transaction_id', 'paper_at', 'amount', 'told_by', 'told_name', 'told_at', 'reason'])
    .orderBy('number')
    .execute();
  return rows.map(toSheet);
}

/** What was said of the numbers of a range, lowest first. */
export async function readSheetsOver(tx: ReadTx, { from, to }: SerialRange): Promise<readonly StoredSheet[]> {
  const rows = await tx
    .selectFrom('emergency_sheet')
    .selectAll()
    .where('number', '>=', from)
    .where('number', '<=', to)
    .orderBy('number')
    .execute();
  return rows.map(toSheet);
}

/** The sheet of a sale, whatever its state. */
export async function findSheetOf(tx: ReadTx, transactionId: string): Promise<StoredSheet | undefined> {
  const row = await tx
    .selectFrom('emergency_sheet')
    .selectAll()
    .where('transaction_id', '=', transactionId)
    .executeTakeFirst();
  return row === undefined ? undefined : toSheet(row);
}

/** A sheet that waits for the second person; undefined for every other one. */
export async function findOpenSheet(
  tx: ReadTx,
  cipher: ColumnCipher,
  transactionId: string,
): Promise<OpenSheet | undefined> {
  const row = await tx
    .selectFrom('emergency_sheet')
    .selectAll()
    .where('transaction_id', '=', transactionId)
    .executeTakeFirst();
  return row === undefined ? undefined : toOpen(cipher, row);
}

/** Every sheet that waits for the second person, lowest number first. */
export async function readOpenSheets(tx: ReadTx, cipher: ColumnCipher): Promise<readonly OpenSheet[]> {
  const rows = await tx
    .selectFrom('emergency_sheet')
    .selectAll()
    .where('state', '=', 'open')
    .orderBy('number')
    .execute();
  return rows.flatMap((row) => toOpen(cipher, row) ?? []);
}

/** Keeps a typed sheet; typed again by its own id it changes, number and all. The database refuses a number twice. */
export async function putOpenSheet(tx: WriteTx, cipher: ColumnCipher, sheet: OpenSheet): Promise<void> {
  const row = {
    number: sheet.number,
    state: 'open' as const,
    paper_at: sheet.paperAt,
    amount: sheet.amount,
    told_by: sheet.toldBy,
    told_name: sheet.toldName,
    told_at: sheet.toldAt,
    reason: null,
    sealed: cipher.seal(JSON.stringify(sheet.content), CONTEXT),
  };
  await tx
    .insertInto('emergency_sheet')
    .values({ ...row, transaction_id: sheet.transactionId })
    .onConflict((conflict) => conflict.column('transaction_id').doUpdateSet(row))
    .execute();
}

/** The sheet is a sale from now on; its personal data goes with the draft. */
export async function putConfirmed(tx: WriteTx, transactionId: string): Promise<void> {
  await tx
    .updateTable('emergency_sheet')
    .set({ state: 'confirmed', sealed: null })
    .where('transaction_id', '=', transactionId)
    .execute();
}

/** Takes a typed sheet away: its number is silent again. */
export async function deleteOpenSheet(tx: WriteTx, transactionId: string): Promise<void> {
  await tx.deleteFrom('emergency_sheet').where('transaction_id', '=', transactionId).execute();
}

/** What is said once of numbers that bear no sale, or of one whose sale is in the journal. */
export async function insertTold(tx: WriteTx, sheets: readonly StoredSheet[]): Promise<void> {
  for (const sheet of sheets) {
    await tx
      .insertInto('emergency_sheet')
      .values({
        number: sheet.number,
        state: sheet.state,
        transaction_id: sheet.transactionId,
        paper_at: sheet.paperAt,
        amount: sheet.amount,
        told_by: sheet.toldBy,
        told_name: sheet.toldName,
        told_at: sheet.toldAt,
        reason: sheet.reason,
        sealed: null,
      })
      .execute();
  }
}

import type { EmergencyBookView, EmergencySheetView } from '../../../contract/views-emergency.ts';
import { bookGaps, nextSheet } from '../../../domain/emergency-paper.ts';
import type { SerialRange } from '../../../domain/form-stock.ts';
import { maskName } from '../../../domain/mask.ts';
import type { ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { nrkbIndex } from '../registry/registry-store.ts';
import { findNewestSaleOf } from '../transactions/sale-store.ts';
import { type OpenSheet, readBooks, readOpenSheets, readSheets } from './emergency-store.ts';
import type { PricedPaper } from './price-paper.ts';

/** Pages in safe keeping of one stream, as the room of documents counts them. */
export type CountPhotos = (tx: ReadTx, stream: string) => Promise<number>;

/** Numbers of which nobody has said anything although a later one is told. */
export type EmergencyGap = SerialRange & {
  /** When a number above them was told, ms UTC. */ readonly openedAt: number;
};

/** Every gap of every book of this counter: each is a case until its sheets are entered, spoiled or declared missing. */
export async function readEmergencyGaps(tx: ReadTx): Promise<readonly EmergencyGap[]> {
  const sheets = await readSheets(tx);
  return (await readBooks(tx)).flatMap((book) =>
    bookGaps(book, sheets).map((gap) => ({
      ...gap,
      openedAt: sheets.find((sheet) => sheet.number > gap.to)?.toldAt ?? book.receivedAt,
    })),
  );
}

/** The book as the screen shows it. */
export async function bookViewIn(tx: ReadTx, cipher: ColumnCipher, photosOf: CountPhotos): Promise<EmergencyBookView> {
  const sheets = await readSheets(tx);
  const open = new Map((await readOpenSheets(tx, cipher)).map((sheet) => [sheet.number, sheet.content.nrkb]));
  const books = (await readBooks(tx)).map((book) => {
    const told = sheets.filter(({ number }) => number >= book.from && number <= book.to).length;
    return {
      bookId: book.bookId,
      from: book.from,
      to: book.to,
      note: book.note,
      receivedOn: book.receivedOn,
      next: nextSheet(book, sheets),
      left: book.to - book.from + 1 - told,
      gaps: [...bookGaps(book, sheets)],
    };
  });
  const rows: EmergencyBookView['sheets'] = [];
  for (const sheet of sheets.toReversed()) {
    const photos = sheet.transactionId === null ? 0 : await photosOf(tx, sheet.transactionId);
    rows.push({ ...sheet, nrkb: open.get(sheet.number) ?? null, photos });
  }
  return { books, sheets: rows };
}

/** An open sheet beside the registry, the rules of its day, and what this counter has sold already. */
export async function sheetViewIn(
  tx: ReadTx,
  cipher: ColumnCipher,
  { sheet, priced, photos }: { readonly sheet: OpenSheet; readonly priced: PricedPaper; readonly photos: number },
): Promise<EmergencySheetView> {
  const { content } = sheet;
  const record = priced.vehicle?.record;
  const sold = await findNewestSaleOf(tx, cipher, nrkbIndex(cipher, content.nrkb));
  return {
    transactionId: sheet.transactionId,
    bookNumber: sheet.number,
    paperAt: sheet.paperAt,
    paperOn: priced.paperOn,
    nrkb: content.nrkb,
    chassisTail: content.chassisTail,
    amount: sheet.amount,
    payerName: content.payerName,
    noPhotoReason: content.noPhotoReason,
    photos,
    enteredBy: sheet.toldBy,
    enteredName: sheet.toldName,
    enteredAt: sheet.toldAt,
    figure: priced.taken.figure,
    asked: priced.taken.asked,
    chassisAgrees: priced.chassisAgrees,
    vehicle:
      record === undefined ? null : { make: record.make, model: record.model, maskedOwner: maskName(record.ownerName) },
    paidHere: sold === undefined ? null : { receiptNumber: sold.receiptNumber, paidOn: sold.paidOn },
  };
}

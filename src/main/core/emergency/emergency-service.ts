import type { ErrorCode, Refusal } from '../../../contract/errors.ts';
import type { EmergencyBookView, EmergencySheetView } from '../../../contract/views-emergency.ts';
import { mayConfirmSheet } from '../../../domain/emergency-paper.ts';
import { isRange, isWithin, type SerialRange } from '../../../domain/form-stock.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession, type StoredCashSession } from '../cash/cash-store.ts';
import type { Db, ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Append, Journal } from '../journal/journal.ts';
import type { ReceiptSigner } from '../journal/receipt-signer.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { EventsPort } from '../ports.ts';
import { type ConfirmedSheet, writeSale } from './confirm-sheet.ts';
import {
  deleteOpenSheet,
  findBookOver,
  findOpenSheet,
  insertBook,
  insertTold,
  type OpenSheet,
  readSheetsOver,
} from './emergency-store.ts';
import { bookViewIn, sheetViewIn } from './emergency-views.ts';
import { type EnterRefusal, enterSheet, type TypedSheet } from './enter-sheet.ts';
import { pricePaper, type PricedPaper } from './price-paper.ts';

type BookAnswer<C extends ErrorCode> = Promise<Result<EmergencyBookView, Refusal<C> | StorageRefusal>>;
type NumberCode = 'EMERGENCY_NUMBER_UNKNOWN' | 'EMERGENCY_NUMBER_USED';
type SessionCode = 'CASH_SESSION_CLOSED' | 'CASH_SESSION_OF_OTHER';

/** Somebody who stood beside the officer and whose PIN was right. */
export type Confirmer = { readonly officerId: string; readonly role: SignIn['role'] };

/** The emergency receipt book (kuitansi darurat): from the sheet in the hand to a sale in the journal, by two people. */
export type EmergencyService = {
  readonly book: () => Promise<EmergencyBookView>;
  readonly receiveBook: (
    signIn: SignIn,
    book: SerialRange & { readonly note: string },
  ) => BookAnswer<'FORM_RANGE_INVALID' | 'EMERGENCY_BOOK_KNOWN'>;
  readonly enter: (
    signIn: SignIn,
    typed: TypedSheet,
  ) => Promise<Result<EmergencySheetView, EnterRefusal | StorageRefusal>>;
  readonly sheet: (
    signIn: SignIn,
    transactionId: string,
  ) => Promise<Result<EmergencySheetView, Refusal<'EMERGENCY_SHEET_UNKNOWN'> | StorageRefusal>>;
  /** One commit: the sale, its cash in the open session of who is signed in, and the number that is told for good. */
  readonly confirm: (
    signIn: SignIn,
    transactionId: string,
    confirmer: Confirmer,
  ) => Promise<
    Result<
      ConfirmedSheet,
      Refusal<'EMERGENCY_SHEET_UNKNOWN' | 'EMERGENCY_PHOTO_MISSING' | 'APPROVER_REFUSED' | SessionCode> | StorageRefusal
    >
  >;
  readonly discard: (
    signIn: SignIn,
    transactionId: string,
  ) => BookAnswer<'EMERGENCY_SHEET_UNKNOWN' | 'EMERGENCY_SHEET_OF_OTHER'>;
  readonly spoil: (
    signIn: SignIn,
    spoiled: { readonly bookNumber: number; readonly reason: string },
  ) => BookAnswer<NumberCode>;
  readonly declareMissing: (
    signIn: SignIn,
    missing: SerialRange & { readonly reason: string },
  ) => BookAnswer<NumberCode | 'FORM_RANGE_INVALID'>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly device: EnrolledDevice;
  readonly signer: ReceiptSigner;
  readonly subjectKeys: SubjectKeys;
  readonly timekeeper: Timekeeper;
  readonly events: EventsPort;
  readonly newId: () => string;
  /** Pages of one stream in safe keeping, by their identity. */
  readonly photosOf: (tx: ReadTx, stream: string) => Promise<readonly string[]>;
  /** Ends the pages' view: nobody at this counter looks at them again. */
  readonly closePages: (tx: WriteTx, stream: string) => Promise<void>;
  /** Gives up the pages of a sheet that was typed by mistake. */
  readonly abandonPages: (tx: WriteTx, append: Append, stream: string, officerId: string) => Promise<void>;
};

/** The drawer that takes the cash: open, and of who is signed in. */
async function ownSession(tx: ReadTx, signIn: SignIn): Promise<Result<StoredCashSession, Refusal<SessionCode>>> {
  const session = await findOpenSession(tx);
  if (session?.state !== 'open') return err({ code: 'CASH_SESSION_CLOSED' });
  if (session.officerId === signIn.officerId) return ok(session);
  return err({ code: 'CASH_SESSION_OF_OTHER', details: { officer: session.officerName } });
}

/** Numbers of one registered book of which nothing was said yet. */
async function silentNumbers(tx: ReadTx, range: SerialRange): Promise<Result<readonly number[], Refusal<NumberCode>>> {
  const path = ['bookNumber'];
  const book = await findBookOver(tx, range);
  if (book === undefined || !isWithin(range, book)) return err({ code: 'EMERGENCY_NUMBER_UNKNOWN', path });
  const [told] = await readSheetsOver(tx, range);
  if (told !== undefined) return err({ code: 'EMERGENCY_NUMBER_USED', path, details: { state: told.state } });
  return ok(Array.from({ length: range.to - range.from + 1 }, (_, index) => range.from + index));
}

export function createEmergencyService(deps: Deps): EmergencyService {
  const { db, journal, cipher, events, timekeeper } = deps;
  const photoCount = async (tx: ReadTx, stream: string): Promise<number> => (await deps.photosOf(tx, stream)).length;
  const viewIn = (tx: ReadTx): Promise<EmergencyBookView> => bookViewIn(tx, cipher, photoCount);
  const outletRegency = deps.device.outlet.regency;
  const price = (tx: ReadTx, sheet: OpenSheet): Promise<PricedPaper> =>
    pricePaper(tx, { cipher, now: timekeeper.now, outletRegency }, { ...sheet, ...sheet.content });
  const sheetView = async (tx: ReadTx, sheet: OpenSheet): Promise<EmergencySheetView> =>
    sheetViewIn(tx, cipher, {
      sheet,
      priced: await price(tx, sheet),
      photos: await photoCount(tx, sheet.transactionId),
    });

  /** One commit, answered with the book as it stands after it. */
  const record = async <C extends ErrorCode>(
    work: (tx: WriteTx, append: Append) => Promise<Result<unknown, Refusal<C>>>,
  ): Promise<Result<EmergencyBookView, Refusal<C> | StorageRefusal>> => {
    const recorded = await journal.record(async (tx, append): Promise<Result<EmergencyBookView, Refusal<C>>> => {
      const done = await work(tx, append);
      return done.ok ? ok(await viewIn(tx)) : done;
    });
    if (recorded.ok) for (const topic of ['transactions', 'exceptions'] as const) events.publish(topic);
    return recorded;
  };

  const tell = async (
    tx: WriteTx,
    { officerId, name }: SignIn,
    told: { readonly numbers: readonly number[]; readonly state: 'spoiled' | 'missing'; readonly reason: string },
    toldAt: number,
  ): Promise<void> => {
    const { numbers, state, reason } = told;
    const blank = { transactionId: null, paperAt: null, amount: null };
    const by = { toldBy: officerId, toldName: name, toldAt };
    await insertTold(
      tx,
      numbers.map((number) => ({ ...blank, ...by, number, state, reason })),
    );
  };

  const sessionOf = async (tx: ReadTx): Promise<string | null> => (await findOpenSession(tx))?.cashSessionId ?? null;

  return {
    book: () => db.read(viewIn),

    receiveBook: ({ officerId }, { from, to, note }) =>
      record(async (tx, append) => {
        if (!isRange({ from, to })) return err({ code: 'FORM_RANGE_INVALID' as const, path: ['to'] });
        const known = await findBookOver(tx, { from, to });
        if (known !== undefined) {
          const details = { from: known.from, to: known.to };
          return err({ code: 'EMERGENCY_BOOK_KNOWN' as const, path: ['from'], details });
        }
        const bookId = deps.newId();
        const entry = append({
          type: 'emergency-book.received',
          stream: bookId,
          officerId,
          cashSessionId: await sessionOf(tx),
          body: { bookId, from, to, note },
        });
        await insertBook(tx, { bookId, from, to, note, receivedOn: timekeeper.today(), receivedAt: entry.wallMs });
        return ok(undefined);
      }),

    enter: async (signIn, typed) => {
      const entered = await db.write(async (tx): Promise<Result<EmergencySheetView, EnterRefusal>> => {
        const sheet = await enterSheet(tx, { cipher, timekeeper }, signIn, typed);
        return sheet.ok ? ok(await sheetView(tx, sheet.value)) : sheet;
      });
      if (entered.ok) events.publish('transactions');
      return entered;
    },

    sheet: (signIn, transactionId) =>
      journal.record(async (tx, append) => {
        const sheet = await findOpenSheet(tx, cipher, transactionId);
        if (sheet === undefined) return err({ code: 'EMERGENCY_SHEET_UNKNOWN' as const });
        if (sheet.toldBy !== signIn.officerId) {
          append({
            type: 'personal-data.viewed',
            stream: transactionId,
            officerId: signIn.officerId,
            cashSessionId: null,
            body: { what: 'payer', count: 1 },
          });
        }
        return ok(await sheetView(tx, sheet));
      }),

    confirm: async (signIn, transactionId, confirmer) => {
      const confirmed = await journal.record(async (tx, append) => {
        const sheet = await findOpenSheet(tx, cipher, transactionId);
        if (sheet === undefined) return err({ code: 'EMERGENCY_SHEET_UNKNOWN' as const });
        if (!mayConfirmSheet({ personId: confirmer.officerId, role: confirmer.role }, sheet.toldBy)) {
          const reason = confirmer.officerId === sheet.toldBy ? 'SAME_PERSON' : 'NOT_PERMITTED';
          return err({ code: 'APPROVER_REFUSED' as const, path: ['confirmer'], details: { reason } });
        }
        const session = await ownSession(tx, signIn);
        if (!session.ok) return session;
        const photos = await deps.photosOf(tx, transactionId);
        if (photos.length === 0 && sheet.content.noPhotoReason === null) {
          return err({ code: 'EMERGENCY_PHOTO_MISSING' as const });
        }
        const priced = await price(tx, sheet);
        const confirming = { sheet, priced, session: session.value, photos, confirmedBy: confirmer.officerId };
        const sale = await writeSale(tx, append, deps, signIn, confirming);
        await deps.closePages(tx, transactionId);
        return ok(sale);
      });
      if (confirmed.ok) {
        for (const topic of ['transactions', 'outbox', 'cash-session', 'exceptions'] as const) events.publish(topic);
      }
      return confirmed;
    },

    discard: (signIn, transactionId) =>
      record(async (tx, append) => {
        const sheet = await findOpenSheet(tx, cipher, transactionId);
        if (sheet === undefined) return err({ code: 'EMERGENCY_SHEET_UNKNOWN' as const });
        if (sheet.toldBy !== signIn.officerId) {
          return err({ code: 'EMERGENCY_SHEET_OF_OTHER' as const, details: { officer: sheet.toldName } });
        }
        await deps.abandonPages(tx, append, transactionId, signIn.officerId);
        await deleteOpenSheet(tx, transactionId);
        return ok(undefined);
      }),

    spoil: (signIn, { bookNumber, reason }) =>
      record(async (tx, append) => {
        const numbers = await silentNumbers(tx, { from: bookNumber, to: bookNumber });
        if (!numbers.ok) return numbers;
        const entry = append({
          type: 'emergency-sheet.spoiled',
          stream: deps.newId(),
          officerId: signIn.officerId,
          cashSessionId: await sessionOf(tx),
          body: { bookNumber, reason },
        });
        await tell(tx, signIn, { numbers: numbers.value, state: 'spoiled', reason }, entry.wallMs);
        return ok(undefined);
      }),

    declareMissing: (signIn, { from, to, reason }) =>
      record(async (tx, append) => {
        if (!isRange({ from, to })) return err({ code: 'FORM_RANGE_INVALID' as const, path: ['to'] });
        const numbers = await silentNumbers(tx, { from, to });
        if (!numbers.ok) return numbers;
        const entry = append({
          type: 'emergency-sheet.missing',
          stream: deps.newId(),
          officerId: signIn.officerId,
          cashSessionId: await sessionOf(tx),
          body: { from, to, reason },
        });
        await tell(tx, signIn, { numbers: numbers.value, state: 'missing', reason }, entry.wallMs);
        return ok(undefined);
      }),
  };
}

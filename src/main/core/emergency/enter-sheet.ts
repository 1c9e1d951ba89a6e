import type { Refusal } from '../../../contract/errors.ts';
import { mayEnterSheet, type SheetRefusal } from '../../../domain/emergency-paper.ts';
import { type LocalDate, localDateAt } from '../../../domain/local-date.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import { findBookOver, findSheetOf, type OpenSheet, putOpenSheet, readSheetsOver } from './emergency-store.ts';

/** What an officer types off the paper. */
export type TypedSheet = {
  readonly transactionId: string;
  readonly bookNumber: number;
  /** ms UTC. */
  readonly paperAt: number;
  readonly nrkb: string;
  readonly chassisTail: string;
  readonly amount: Rupiah;
  readonly payerName: string;
  readonly noPhotoReason: string | null;
};

export type EnterRefusal = Refusal<
  | 'EMERGENCY_NUMBER_UNKNOWN'
  | 'EMERGENCY_NUMBER_USED'
  | 'EMERGENCY_PAPER_LATER'
  | 'EMERGENCY_SHEET_CONFIRMED'
  | 'EMERGENCY_SHEET_OF_OTHER'
>;

/** Ways in which an entry's time can be believed without anybody's word (OPOP-Sync/1 8.2). */
const BELIEVED = ['anchored', 'rtc'];

function refusalOf(refusal: SheetRefusal): EnterRefusal {
  switch (refusal.code) {
    case 'NUMBER_UNKNOWN':
      return { code: 'EMERGENCY_NUMBER_UNKNOWN', path: ['bookNumber'] };
    case 'NUMBER_TOLD':
      return { code: 'EMERGENCY_NUMBER_USED', path: ['bookNumber'], details: { state: refusal.state } };
    case 'NOT_WRITTEN_YET':
      return { code: 'EMERGENCY_PAPER_LATER', path: ['paperAt'], details: { today: refusal.today } };
    case 'NOTHING_TAKEN':
      // The contract lets no such amount in.
      throw new Error('an amount of nothing came through the door');
    default:
      return assertNever(refusal);
  }
}

type Deps = {
  readonly cipher: ColumnCipher;
  readonly timekeeper: Pick<Timekeeper, 'today' | 'state' | 'now'>;
};

/** Keeps what was typed as a working paper: it survives a power cut, and nothing of it is in the journal yet. */
export async function enterSheet(
  tx: WriteTx,
  { cipher, timekeeper }: Deps,
  signIn: SignIn,
  typed: TypedSheet,
): Promise<Result<OpenSheet, EnterRefusal>> {
  const range = { from: typed.bookNumber, to: typed.bookNumber };
  const own = await findSheetOf(tx, typed.transactionId);
  if (own !== undefined && own.state !== 'open') return err({ code: 'EMERGENCY_SHEET_CONFIRMED' });
  // Who typed it answers for it, and may not be the one who confirms: nobody takes it over by typing it again.
  if (own !== undefined && own.toldBy !== signIn.officerId) {
    return err({ code: 'EMERGENCY_SHEET_OF_OTHER', details: { officer: own.toldName } });
  }
  const [told] = (await readSheetsOver(tx, range)).filter((one) => one.transactionId !== typed.transactionId);
  const today: LocalDate = timekeeper.today();
  const may = mayEnterSheet({
    amount: typed.amount,
    paperOn: localDateAt(typed.paperAt),
    today,
    isClockBelieved: BELIEVED.includes(timekeeper.state().timeTrust),
    isInBook: (await findBookOver(tx, range)) !== undefined,
    told: told?.state ?? null,
  });
  if (!may.ok) return err(refusalOf(may.error));
  const { nrkb, chassisTail, payerName, noPhotoReason } = typed;
  const sheet: OpenSheet = {
    number: typed.bookNumber,
    transactionId: typed.transactionId,
    paperAt: typed.paperAt,
    amount: typed.amount,
    toldBy: signIn.officerId,
    toldName: signIn.name,
    toldAt: timekeeper.now(),
    content: { nrkb, chassisTail, payerName, noPhotoReason },
  };
  await putOpenSheet(tx, cipher, sheet);
  return ok(sheet);
}

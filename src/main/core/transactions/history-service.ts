import type { Refusal } from '../../../contract/errors.ts';
import { type SalePersonal, salePersonalSchema } from '../../../contract/journal-entry.ts';
import type { DecisionItem } from '../../../contract/feeds.ts';
import type { TransactionRow, TransactionView } from '../../../contract/views-transaction.ts';
import { totalsByBeneficiary } from '../../../domain/charge.ts';
import { parseNrkb } from '../../../domain/nrkb.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { Db, ReadTx, StorageRefusal } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { readDecisions } from '../exceptions/decision-store.ts';
import { bodyOf, parseEnvelope, type StoredEntry } from '../journal/entry-text.ts';
import type { Journal } from '../journal/journal.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import { asItStands, readJobsOf } from '../printing/print-store.ts';
import { nrkbIndex } from '../registry/registry-store.ts';
import { findDelivery } from '../sync/delivery-store.ts';
import { findEndedAside } from '../sync/second-word-store.ts';
import { beneficiaryView } from './charge-views.ts';
import { lifeOf } from './life.ts';
import { saleRows } from './sale-rows.ts';
import { voidability, voidOf } from './void-view.ts';
import { findVoidedAt } from './voided-receipt-store.ts';
import { findSale, readSales, type Sale, type SaleFilter } from './sale-store.ts';

/** Names and pieces of a plate are looked for among this many of the newest sales: each must be opened to be read. */
const PIECES_AMONG = 2_000;
const SMALLEST_FRAGMENT = 3;
/** A piece of a plate: its number, with what stands before or behind it; spaces do not matter. */
const PLATE_PIECE = /^[A-Z]{0,2}\d{1,4}[A-Z]{0,3}$/;

export type SearchInput = {
  readonly text: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly limit: number;
};

/** A sale with everything that the journal and the feeds say about it. */
export type WholeSale = {
  readonly sale: Sale;
  readonly entry: StoredEntry;
  readonly body: ReturnType<typeof saleBody>;
  /** Undefined when the person was erased. */
  readonly personal: SalePersonal | undefined;
  readonly decisions: readonly DecisionItem[];
};

const saleBody = (entry: StoredEntry) => bodyOf('transaction.paid', entry);

export type HistoryService = {
  readonly search: (signIn: SignIn, input: SearchInput) => Promise<Result<TransactionRow[], StorageRefusal>>;
  readonly get: (transactionId: string) => Promise<Result<TransactionView, Refusal<'TRANSACTION_UNKNOWN'>>>;
  /** For papers: the sale whole; undefined when there is none. */
  readonly whole: (transactionId: string) => Promise<WholeSale | undefined>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly subjectKeys: SubjectKeys;
  /** Whether this process waits for a result of a paper. */
  readonly isPrinting: (jobId: string) => boolean;
};

/** Which of how many it was, where one payer brought several. */
function basketOf({ basket }: WholeSale['body']): TransactionView['basket'] {
  if (basket === undefined) return null;
  const { place, of, tendered } = basket;
  return { place, of, tendered };
}

export function createHistoryService(deps: Deps): HistoryService {
  const { db, journal, cipher, subjectKeys, isPrinting } = deps;

  const personalOf = async (tx: ReadTx, entry: StoredEntry): Promise<SalePersonal | undefined> => {
    const opened = await subjectKeys.openPersonal(tx, saleBody(entry).sealed);
    return opened === undefined ? undefined : salePersonalSchema.parse(opened);
  };

  const readWhole = async (tx: ReadTx, transactionId: string): Promise<WholeSale | undefined> => {
    const sale = await findSale(tx, cipher, transactionId);
    if (sale === undefined) return undefined;
    const entry = await journal.find(tx, sale.seq);
    if (entry === undefined) throw new Error('a sale without its entry');
    return {
      sale,
      entry,
      body: saleBody(entry),
      personal: await personalOf(tx, entry),
      decisions: await readDecisions(tx, transactionId),
    };
  };

  /** What the typed text can be: a plate, a sum, a piece of a number, or a name. */
  const filterOf = (text: string): SaleFilter | 'name' | null => {
    if (text === '') return {};
    const nrkb = parseNrkb(text);
    if (nrkb.ok) return { nrkbIndex: nrkbIndex(cipher, nrkb.value) };
    const digits = text.replaceAll(/[Rp.\s]/gi, '');
    if (/^\d{4,12}$/.test(digits) && !text.includes('-')) return { amount: Number(digits) };
    if (/^[\dA-Z-]{4,}$/i.test(text) && /\d/.test(text)) return { receiptFragment: text.toUpperCase() };
    return text.length >= SMALLEST_FRAGMENT ? 'name' : null;
  };

  /** Newest sales whose plate holds what was typed; none when that is no piece of a plate. */
  const salesByPiece = async (tx: ReadTx, input: SearchInput): Promise<readonly Sale[]> => {
    const piece = input.text.replaceAll(/\s/g, '').toUpperCase();
    if (piece.length < 2 || !PLATE_PIECE.test(piece)) return [];
    const sales = await readSales(tx, cipher, rangeOf(input), PIECES_AMONG);
    return sales.filter(({ vehicle }) => vehicle.nrkb.replaceAll(/\s/g, '').includes(piece));
  };

  const rangeOf = ({ from, to }: SearchInput): SaleFilter => ({
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  });

  const searchNames = async (signIn: SignIn, input: SearchInput): Promise<Result<TransactionRow[], StorageRefusal>> => {
    const wanted = input.text.toUpperCase();
    return await journal.record(async (tx, append) => {
      const sales = await readSales(tx, cipher, rangeOf(input), PIECES_AMONG);
      const found: Sale[] = [];
      for (const sale of sales) {
        const entry = await journal.find(tx, sale.seq);
        const personal = entry === undefined ? undefined : await personalOf(tx, entry);
        const names = `${personal?.ownerName ?? ''}\n${personal?.payerName ?? ''}`.toUpperCase();
        if (names.includes(wanted)) found.push(sale);
        if (found.length >= input.limit) break;
      }
      append({
        type: 'personal-data.viewed',
        stream: signIn.stream,
        officerId: signIn.officerId,
        cashSessionId: null,
        body: { what: 'search', count: Math.max(1, sales.length) },
      });
      return ok(await saleRows(tx, found, isPrinting));
    });
  };

  return {
    search: async (signIn, input) => {
      const wanted = { ...input, text: input.text.trim() };
      const filter = filterOf(wanted.text);
      const byPiece = await db.read(async (tx) => await salesByPiece(tx, wanted));
      if (filter === 'name' && byPiece.length === 0) return await searchNames(signIn, wanted);
      return ok(
        await db.read(async (tx) => {
          const exact =
            filter === null || filter === 'name'
              ? []
              : await readSales(tx, cipher, { ...filter, ...rangeOf(input) }, input.limit);
          const all = new Map([...exact, ...byPiece].map((sale) => [sale.seq, sale]));
          const newestFirst = [...all.values()].sort((left, right) => right.seq - left.seq);
          return await saleRows(tx, newestFirst.slice(0, input.limit), isPrinting);
        }),
      );
    },

    get: (transactionId) =>
      db.read(async (tx) => {
        const whole = await readWhole(tx, transactionId);
        if (whole === undefined) return err({ code: 'TRANSACTION_UNKNOWN' });
        const { sale, entry, body, decisions } = whole;
        const [row] = await saleRows(tx, [sale], isPrinting);
        if (row === undefined) throw new Error('a sale has a row');
        const jobs = (await readJobsOf(tx, transactionId)).map(asItStands(isPrinting));
        const delivery = await findDelivery(tx, sale.seq);
        const aside = delivery === undefined ? undefined : (await findEndedAside(tx, [delivery])).get(sale.seq);
        const newest = decisions.at(-1);
        return ok({
          row,
          vehicle: { make: sale.vehicle.make, model: sale.vehicle.model, yearMade: sale.vehicle.yearMade },
          maskedOwner: sale.vehicle.maskedOwner,
          figure: body.figure,
          lines: body.lines.map((line) => ({
            ...line,
            beneficiary: beneficiaryView(line.beneficiary),
            explanation: {},
          })),
          byBeneficiary: totalsByBeneficiary(body.lines).map((one) => ({
            ...beneficiaryView(one.beneficiary),
            amount: one.amount,
          })),
          rounding: body.rounding,
          tendered: body.tendered,
          change: body.change,
          means: sale.means,
          basket: basketOf(body),
          periods: body.periods,
          seq: sale.seq,
          entryHash: sale.entryHash,
          timeTrust: parseEnvelope(entry.text).timeTrust,
          life: lifeOf({ sale, jobs, delivery, aside, decisions }),
          finalReceipt: newest?.finalReceipt ?? null,
          decisionReason: newest?.reason ?? null,
          voidedAt: (await findVoidedAt(tx, transactionId)) ?? sale.voided?.at ?? null,
          voided: await voidOf(tx, journal, sale),
          mayVoid: voidability(sale, delivery?.state ?? 'queued', await findOpenSession(tx)),
          printJobs: jobs.map(({ jobId, kind, copyNo, state, printer, requestedAt }) => ({
            jobId,
            kind,
            copyNo,
            state,
            printer,
            at: requestedAt,
          })),
        });
      }),

    whole: (transactionId) => db.read((tx) => readWhole(tx, transactionId)),
  };
}

import { SIGNAL_NAMES, signalSentence } from '../../../contract/signal-words.ts';
import { depositDue } from '../../../domain/deposit-due.ts';
import { fraudSignals, type SignalFacts } from '../../../domain/fraud-signals.ts';
import { addDays, localDateAt, startOfLocalDate } from '../../../domain/local-date.ts';
import type { Policy } from '../../../domain/policy.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import { findOpenSession, readSessionsInSafe } from '../cash/cash-store.ts';
import { drawerTakings } from '../cash/drawer-balance-store.ts';
import { findNewestDecision } from '../exceptions/decision-store.ts';
import { bodyOf } from '../journal/entry-text.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { groupBy } from './figures.ts';
import { type NamedRow, officerName, type ReportContent, type ReportRoom, tableOf } from './report-room.ts';
import { type WholeEntry, wholeEntries, wholeStream } from './report-store.ts';
import { REPORT_TEXT, REPORT_TITLES } from './report-text.ts';
import { countSalesOf, draftStates, type SaleRow, salesOfPeriod } from './sale-facts-store.ts';

const placed = ({ seq, wallMs, officerId }: WholeEntry) => ({ seq, at: wallMs, officerId });

const ofType = (entries: readonly WholeEntry[], type: string): readonly WholeEntry[] =>
  entries.filter((entry) => entry.type === type);

/** When the first paper of a sale was asked for, and which entries asked for a further one, of all that asked for one. */
function papersOf(printed: ReadonlyMap<string, readonly WholeEntry[]>, transactionId: string) {
  const own = printed.get(transactionId) ?? [];
  const kindOf = (entry: WholeEntry): string => bodyOf('print.requested', entry).kind;
  const first = own.find((entry) => kindOf(entry) === 'receipt');
  return {
    printedAt: first?.wallMs ?? null,
    copies: own.filter((entry) => kindOf(entry) === 'copy').map(({ seq }) => seq),
  };
}

/** Owners who were shown, and what came of it: the entry says only that it was looked. */
async function lookupsOf(room: ReportRoom, entries: readonly WholeEntry[]): Promise<SignalFacts['lookups']> {
  const shown = ofType(entries, 'personal-data.viewed').filter(
    (entry) => bodyOf('personal-data.viewed', entry).what === 'owner-name',
  );
  const states = await draftStates(
    room.tx,
    shown.map(({ stream }) => stream),
  );
  const priced = new Set(ofType(entries, 'price.quoted').map(({ stream }) => stream));
  const endOf = (stream: string): SignalFacts['lookups'][number]['ended'] => {
    const state = states.get(stream);
    if (state === 'paid') return 'sale';
    if (state === 'arrival') return 'arrival';
    // What is still at the counter has no end yet.
    return priced.has(stream) || state === 'open' ? 'price' : 'nothing';
  };
  return shown.map((entry) => ({ ...placed(entry), ended: endOf(entry.stream) }));
}

/** Sessions whose cash should be at the bank by now, wherever it lies. */
async function overdueOf({ tx, scope, today }: ReportRoom, policy: Policy): Promise<SignalFacts['overdue']> {
  const inSafe = (await readSessionsInSafe(tx)).map((session) => ({ session, amount: session.inSafe }));
  const open = await findOpenSession(tx);
  const left = open === undefined ? rupiah(0) : await drawerTakings(tx);
  const held = open === undefined || left <= 0 ? inSafe : [...inSafe, { session: open, amount: left }];
  const { depositDeadlineDays: deadlineDays, bankHolidays: holidays } = policy;
  const overdue: SignalFacts['overdue'][number][] = [];
  for (const { session, amount } of held) {
    const { cashSessionId, openedAt, officerId } = session;
    if (cashSessionId === scope.hiddenSessionId) continue;
    const due = depositDue(localDateAt(openedAt), { deadlineDays, holidays }, startOfLocalDate(addDays(today, 1)) - 1);
    const [opened] = await wholeStream(tx, cashSessionId, ['cash-session.opened'], scope.headSeq);
    if (!due.overdue || opened === undefined) continue;
    const papers = await countSalesOf(tx, cashSessionId);
    overdue.push({ seq: opened.seq, at: opened.wallMs, officerId, amount, dueOn: due.dueOn, papers });
  }
  return overdue;
}

/** Sales that the province booked with another sum; its newest word counts. */
async function bookingsOf({ tx }: ReportRoom, sales: readonly SaleRow[]): Promise<SignalFacts['bookings']> {
  const bookings: SignalFacts['bookings'][number][] = [];
  for (const { seq, at, officerId, transactionId } of sales.filter(({ central }) =>
    ['short', 'over'].includes(central),
  )) {
    const decision = await findNewestDecision(tx, transactionId);
    if (decision === undefined) continue;
    const { outcomes } = decision;
    const sum = (of: (outcome: (typeof outcomes)[number]) => Rupiah): Rupiah =>
      rupiah(outcomes.reduce((total, outcome) => total + of(outcome), 0));
    bookings.push({ seq, at, officerId, taken: sum(({ taken }) => taken), booked: sum(({ expected }) => expected) });
  }
  return bookings;
}

/** Signals whose sentence stands below the table too. */
const WRITTEN_OUT = 4;

const TYPES = [
  'print.requested',
  'transaction.voided',
  'personal-data.viewed',
  'price.quoted',
  'clock.acknowledged',
  'cash.deposited',
];

/** What the journal of this counter says of a period, and the province's word on its sales. */
async function signalFacts(room: ReportRoom, policy: Policy): Promise<SignalFacts> {
  const { tx, scope, today } = room;
  const sales = await salesOfPeriod(tx, scope);
  const entries = await wholeEntries(tx, { ...scope, types: TYPES });
  const printed = groupBy(ofType(entries, 'print.requested'), ({ stream }) => stream);
  const byTransaction = new Map(sales.map((sale) => [sale.transactionId, sale]));
  return {
    sales: sales.map(({ seq, at, officerId, subject, amount, transactionId }) => ({
      seq,
      at,
      officerId,
      subject,
      amount: rupiah(amount),
      copies: papersOf(printed, transactionId).copies,
    })),
    voids: ofType(entries, 'transaction.voided').flatMap((entry) => {
      const { transactionId } = bodyOf('transaction.voided', entry);
      const sale = byTransaction.get(transactionId);
      if (sale === undefined) return [];
      return [{ ...placed(entry), saleSeq: sale.seq, printedAt: papersOf(printed, transactionId).printedAt }];
    }),
    lookups: await lookupsOf(room, entries),
    clocks: ofType(entries, 'clock.acknowledged').map(placed),
    deposits: ofType(entries, 'cash.deposited').map((entry) => {
      const { bank, slipNumber, depositedOn, amount } = bodyOf('cash.deposited', entry);
      return { ...placed(entry), bank, slipNumber, depositedOn, amount };
    }),
    overdue: await overdueOf(room, policy),
    bookings: await bookingsOf(room, sales),
    perSaleCap: policy.caps.perSale,
    today,
  };
}

/** *Tanda yang perlu dilihat*: what is worth a question, with the entries that show it. */
export async function signalReport(room: ReportRoom): Promise<ReportContent> {
  const policy = await readPolicy(room.tx);
  const facts = await signalFacts(room, policy);
  const signals = fraudSignals(facts, policy.signals);
  const rows = signals.map(
    (signal): NamedRow => ({
      cells: {
        what: SIGNAL_NAMES[signal.kind],
        officer: officerName(room, signal.officerId),
        entries: signal.seqs.length,
        explanation: signalSentence(signal),
      },
      look: signal.level === 'look' ? 'attention' : null,
      // A sale from before the period may be among them.
      choice: { seqs: [...signal.seqs], from: room.request.from },
    }),
  );
  const section = tableOf({
    title: REPORT_TITLES.signals,
    columns: ['what', 'officer', 'entries', 'explanation'],
    rows,
    facts: [
      // On the screen a row has one line; the sentence is what counts.
      ...signals.slice(0, WRITTEN_OUT).map((signal) => ({
        label: SIGNAL_NAMES[signal.kind],
        kind: 'text' as const,
        value: signalSentence(signal),
      })),
      { label: REPORT_TEXT.signalSales, kind: 'count', value: facts.sales.length },
      { label: REPORT_TEXT.signalMeaning, kind: 'text', value: REPORT_TEXT.noAccusation },
    ],
  });
  return { sections: [section], chart: null };
}

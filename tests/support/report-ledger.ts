import type { EntryBody } from '../../src/contract/journal-entry.ts';
import type { ReportRequest } from '../../src/contract/views-reports.ts';
import {
  closeLedgerLines,
  depositLedgerLines,
  reversedLedgerLines,
  saleLedgerLines,
} from '../../src/domain/ledger-lines.ts';
import { type LocalDate, localDateAt } from '../../src/domain/local-date.ts';
import type { RegencyCode } from '../../src/domain/regency.ts';
import { ok } from '../../src/domain/result.ts';
import { roundCash, type Rupiah, rupiah } from '../../src/domain/rupiah.ts';
import { counterMigrations } from '../../src/main/core/db/migrations/index.ts';
import { createColumnCipher } from '../../src/main/core/device/column-cipher.ts';
import type { Append, Appended } from '../../src/main/core/journal/journal.ts';
import { receiptNumberAt } from '../../src/main/core/transactions/receipt-numbers.ts';
import { makeReport, type Report, type ReportOutlet } from '../../src/main/core/reports/make-report.ts';
import { openIn, valueOf } from './opened-database.ts';
import { openTestJournal, saleDraft, sessionOpenedDraft, type TestJournal } from './test-journal.ts';

const DAY_MS = 86_400_000;
const HASH = 'A'.repeat(43);
/** Who takes turns at the drawer. */
const OFFICERS: readonly [string, string] = ['siti-aminah', 'umi-salamah'];

/** What an officer does; amounts are whole rupiah. */
export type Act =
  | { readonly do: 'open' }
  | {
      readonly do: 'sell';
      readonly province: number;
      readonly regency: RegencyCode;
      readonly opsen: number;
      readonly swdkllj: number;
      readonly parking: number;
      readonly fee: number;
      readonly means: 'cash' | 'qris';
    }
  | { readonly do: 'void' }
  | { readonly do: 'deposit'; readonly share: number }
  | { readonly do: 'close'; readonly variance: number }
  | { readonly do: 'next-day' };

/** An entry as any reader of an exported journal has it. */
type ReadEntry = {
  readonly seq: number;
  readonly type: string;
  readonly day: string;
  readonly officerId: string | null;
  readonly cashSessionId: string | null;
  readonly lines: readonly { readonly account: string; readonly amount: number }[];
  readonly body: Readonly<Record<string, unknown>>;
};

/** The counter whose journal it is. */
export const REPORT_OUTLET: ReportOutlet = {
  outlet: {
    outletId: '3506-017',
    name: 'Gerai Ponpes Al-Hikmah',
    address: 'Jalan Raya 1, Kediri',
    regency: '3506',
    areas: ['AG'],
  },
  deviceNo: 1,
  training: false,
};

/** A journal that any acts may be played on, with the real journal, its triggers and the real reports. */
export type ReportLedger = {
  readonly test: TestJournal;
  readonly play: (acts: readonly Act[]) => Promise<void>;
  readonly report: (request: Partial<ReportRequest> & Pick<ReportRequest, 'kind'>) => Promise<Report>;
  /** Every entry of the journal, from its own texts. */
  readonly entries: () => Promise<readonly ReadEntry[]>;
};

type Sale = { readonly entry: Appended; readonly body: EntryBody<'transaction.paid'> };

function saleBody(
  test: HandJournal,
  act: Extract<Act, { readonly do: 'sell' }>,
  paidOn: LocalDate,
): EntryBody<'transaction.paid'> {
  const draft = saleDraft(test, null);
  if (typeof draft.body === 'function') throw new Error('the draft of a test has its body');
  const line = (component: 'pkb' | 'opsenPkb' | 'swdkllj' | 'subscriptionParking', amount: number) => ({
    component,
    beneficiary:
      component === 'pkb'
        ? ({ kind: 'province' } as const)
        : component === 'swdkllj'
          ? ({ kind: 'jasa-raharja' } as const)
          : ({ kind: 'regency', code: act.regency } as const),
    periodDueOn: paidOn,
    amount: rupiah(amount),
    waived: rupiah(0),
    rule: 'jatim-2026/x',
    basis: 'Perda Jatim 8/2023',
  });
  const charges = [
    line('pkb', act.province),
    line('opsenPkb', act.opsen),
    line('swdkllj', act.swdkllj),
    ...(act.parking === 0 ? [] : [line('subscriptionParking', act.parking)]),
  ];
  const total = rupiah(act.province + act.opsen + act.swdkllj + act.parking);
  const due = rupiah(total + act.fee);
  const { payable, rounding } =
    act.means === 'cash' ? roundCash(due, { unit: 100, direction: 'down' }) : { payable: due, rounding: rupiah(0) };
  const agentFee = rupiah(act.fee);
  return {
    ...draft.body,
    paidOn,
    regency: act.regency,
    lines: charges,
    total,
    rounding,
    payable,
    tendered: payable,
    change: rupiah(0),
    agentFee,
    ledgerLines: [...saleLedgerLines({ charges, agentFee, payable, rounding, means: act.means })],
  };
}

function daysOf(acts: readonly Act[]): readonly (readonly Act[])[] {
  const days: Act[][] = [[]];
  for (const act of acts) {
    days.at(-1)?.push(act);
    if (act.do === 'next-day') days.push([]);
  }
  return days.filter((day) => day.length > 0);
}

/** What a hand needs of a journal. */
type HandJournal = Pick<TestJournal, 'journal' | 'newId' | 'subjectKeys' | 'clock'> & {
  /** Whose numbers stand on the papers. */
  readonly device: Parameters<typeof receiptNumberAt>[0];
};

/** One hand that plays acts; what makes no sense in the state of the drawer is left out. */
export function createHand(
  test: HandJournal,
  officers: readonly [string, string] = OFFICERS,
): (acts: readonly Act[]) => Promise<void> {
  const state: {
    sessionId: string | null;
    officer: number;
    drawer: Rupiah;
    safe: Rupiah;
    sales: Sale[];
    no: number;
  } = { sessionId: null, officer: 0, drawer: rupiah(0), safe: rupiah(0), sales: [], no: 0 };
  const FLOAT = 200_000;

  const one = (append: Append, act: Act): void => {
    const officerId = officers[state.officer % 2 === 0 ? 0 : 1];
    const who = { officerId, cashSessionId: state.sessionId };
    switch (act.do) {
      case 'open': {
        if (state.sessionId !== null) return;
        state.officer += 1;
        state.sessionId = test.newId();
        state.drawer = rupiah(0);
        const draft = sessionOpenedDraft(state.sessionId, FLOAT);
        append({ ...draft, officerId: officers[state.officer % 2 === 0 ? 0 : 1] });
        return;
      }
      case 'sell': {
        if (state.sessionId === null) return;
        const body = saleBody(test, act, localDateAt(test.clock.wallMs()));
        const entry = append({
          ...who,
          type: 'transaction.paid',
          stream: body.transactionId,
          body: (position) => ({ ...body, receiptNumber: receiptNumberAt(test.device, position) }),
        });
        if (act.means === 'cash') {
          state.drawer = rupiah(state.drawer + body.payable);
          state.sales.push({ entry, body });
        }
        return;
      }
      case 'void': {
        const sale = state.sales.pop();
        if (sale === undefined || state.sessionId === null || state.drawer < sale.body.payable) return;
        state.drawer = rupiah(state.drawer - sale.body.payable);
        const { transactionId, payable, ledgerLines } = sale.body;
        append({
          ...who,
          type: 'transaction.voided',
          stream: transactionId,
          body: {
            transactionId,
            voidNumber: `B-${String(state.no)}`,
            receiptNumber: receiptNumberAt(test.device, sale.entry),
            paidHash: sale.entry.hash,
            returned: payable,
            reason: 'salah kendaraan',
            approvedBy: 'pengawas',
            ledgerLines: [...reversedLedgerLines(ledgerLines)],
          },
        });
        return;
      }
      case 'deposit': {
        const from = state.sessionId !== null && state.drawer > 0 ? 'cash-drawer' : 'safe-or-courier';
        const held = from === 'cash-drawer' ? state.drawer : state.safe;
        const amount = rupiah(Math.floor((held * act.share) / 100));
        if (amount === 0) return;
        if (from === 'cash-drawer') state.drawer = rupiah(state.drawer - amount);
        else state.safe = rupiah(state.safe - amount);
        state.no += 1;
        const depositId = test.newId();
        append({
          ...who,
          type: 'cash.deposited',
          stream: depositId,
          body: {
            depositId,
            amount,
            depositedOn: localDateAt(test.clock.wallMs()),
            bank: 'Bank Jatim',
            slipNumber: `S-${String(state.no)}`,
            ledgerLines: [...depositLedgerLines(from, amount)],
          },
        });
        return;
      }
      case 'close': {
        if (state.sessionId === null) return;
        const expected = rupiah(FLOAT + state.drawer);
        const counted = rupiah(Math.max(0, expected + act.variance));
        const floatReturned = rupiah(Math.min(FLOAT, counted));
        append({
          ...who,
          type: 'cash-session.closed',
          stream: state.sessionId,
          body: {
            counted,
            expected,
            variance: rupiah(counted - expected),
            sales: state.sales.length,
            salesTotal: rupiah(0),
            firstSeq: 1,
            lastSeq: 1,
            head: HASH,
            ledgerLines: [...closeLedgerLines({ counted, expected, floatReturned })],
          },
        });
        state.safe = rupiah(state.safe + counted - floatReturned);
        state.sessionId = null;
        state.sales = [];
        return;
      }
      case 'next-day':
        return;
    }
  };
  return async (acts: readonly Act[]): Promise<void> => {
    // A day in one commit: a commit is a wait for the disk, and no report can tell.
    for (const day of daysOf(acts)) {
      valueOf(
        await test.journal.record(async (_tx, append) => {
          for (const act of day) one(append, act);
          return ok(undefined);
        }),
      );
      if (day.at(-1)?.do === 'next-day') test.clock.pass(DAY_MS);
    }
  };
}

export async function openReportLedger(folder: string): Promise<ReportLedger> {
  const test = await openTestJournal(folder, { db: await openIn(folder, counterMigrations) });
  const hand = createHand({ ...test, device: REPORT_OUTLET });
  const cipher = createColumnCipher(test.secrets, test.random);
  const today = (): LocalDate => localDateAt(test.clock.wallMs());
  return {
    test,
    play: async (acts) => {
      const isNew = (await test.db.read((tx) => test.journal.count(tx))) === 0;
      if (isNew) valueOf(await test.journal.openEpoch('enrolment'));
      await hand(acts);
    },
    report: async (request) => {
      const whole: ReportRequest = {
        from: localDateAt(0),
        to: today(),
        cashSessionId: null,
        officerId: null,
        ...request,
      };
      const order = {
        request: whole,
        madeAt: test.clock.wallMs(),
        timeTrust: 'rtc' as const,
        today: today(),
        hiddenSessionId: null,
      };
      return await test.db.read((tx) => makeReport(tx, order, { outlet: REPORT_OUTLET, cipher }));
    },
    entries: async () => {
      const stored = await test.db.read((tx) => test.journal.readAfter(tx, 0, 100_000));
      return stored.map(({ text }) => {
        // The envelope that this very test wrote.
        const envelope = JSON.parse(text) as {
          readonly seq: number;
          readonly type: string;
          readonly wallMs: number;
          readonly officerId: string | null;
          readonly cashSessionId: string | null;
          readonly body: Readonly<Record<string, unknown>> & { readonly ledgerLines?: ReadEntry['lines'] };
        };
        const { seq, type, wallMs, officerId, cashSessionId, body } = envelope;
        const day = new Date(wallMs + 25_200_000).toISOString().slice(0, 10);
        return { seq, type, day, officerId, cashSessionId, lines: body.ledgerLines ?? [], body };
      });
    },
  };
}

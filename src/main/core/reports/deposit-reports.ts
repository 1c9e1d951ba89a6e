import { daysBetween } from '../../../domain/local-date.ts';
import { sumRupiah } from '../../../domain/rupiah.ts';
import { BANK, CASH_POOL } from './figures.ts';
import { type Deposited, followCash } from './deposit-events.ts';
import { entriesOf, sumLines } from './report-store.ts';
import {
  fromTheBeginning,
  type NamedRow,
  type ReportContent,
  type ReportFact,
  type ReportRoom,
  type ReportSection,
  tableOf,
} from './report-room.ts';
import { accountCode, accountName, REPORT_TEXT, REPORT_TITLES } from './report-text.ts';
import { dayText } from './report-words.ts';

/** "Within 1 day" (PP 12/2019, as far as it is known): older cash is marked. */
const OLD_DAYS = 1;

type Deposit = Deposited['deposits'][number] & { readonly no: number };

/** The deposits of the period, numbered since the beginning: an STS keeps its number in every report. */
async function depositsOf(room: ReportRoom): Promise<{ readonly own: readonly Deposit[]; readonly before: number }> {
  const { tx, scope } = room;
  const numbered = (await followCash(room)).deposits.map((deposit, index) => ({ ...deposit, no: index + 1 }));
  const chosen = new Set((await entriesOf(tx, { ...scope, types: ['cash.deposited'] })).map(({ seq }) => seq));
  const before = numbered.filter(({ wallMs }) => wallMs < scope.fromMs);
  return {
    own: numbered.filter(({ seq }) => chosen.has(seq)),
    before: sumRupiah(before.map(({ amount }) => amount)),
  };
}

const daysOf = ({ from }: Deposit): string => from.map(({ key }) => dayText(key)).join(', ');

function depositCells(deposit: Deposit): NamedRow['cells'] {
  const { no, depositedOn, bank, slip, fromDrawer, officer, amount, wallMs } = deposit;
  const source = fromDrawer ? REPORT_TEXT.drawer : REPORT_TEXT.safe;
  return { no, depositedOn, time: wallMs, bank, slip, source, officer, amount, coversDays: daysOf(deposit) };
}

/** *Laporan Setoran*. */
export async function depositReport(room: ReportRoom): Promise<ReportContent> {
  const { own } = await depositsOf(room);
  const all = await sumLines(room.tx, fromTheBeginning(room));
  const inTransit = all.reduce((sum, { account, amount }) => (account === 'bank-in-transit' ? sum + amount : sum), 0);
  const section = tableOf({
    title: REPORT_TITLES.deposits,
    columns: ['no', 'depositedOn', 'time', 'bank', 'slip', 'source', 'officer', 'coversDays', 'amount'],
    rows: own.map((deposit) => ({
      cells: depositCells(deposit),
      choice: { seqs: [deposit.seq], accounts: [...BANK] },
    })),
    sums: ['amount'],
    facts: [{ label: REPORT_TEXT.inTransit, kind: 'money', value: inTransit }],
  });
  return { sections: [section], chart: null };
}

/** *Register STS*: the slips one below the other, with what was deposited up to each. */
export async function stsRegister(room: ReportRoom): Promise<ReportContent> {
  const { own, before } = await depositsOf(room);
  let cumulative = before;
  const rows: NamedRow[] = [
    { cells: { bank: REPORT_TEXT.carriedDeposits, cumulative: before }, look: 'carried' },
    ...own.map((deposit): NamedRow => {
      cumulative += deposit.amount;
      return {
        cells: { ...depositCells(deposit), cumulative },
        choice: { seqs: [deposit.seq], accounts: [...BANK] },
      };
    }),
  ];
  const section = tableOf({
    title: REPORT_TITLES['sts-register'],
    columns: ['no', 'depositedOn', 'slip', 'bank', 'officer', 'amount', 'cumulative'],
    rows,
    sums: ['amount'],
    totals: { cumulative },
  });
  return { sections: [section], chart: null };
}

function shareOrder(account: string): string {
  const order = ['province', 'regency', 'jasa-raharja', 'parking', 'agent-fee', 'rounding'];
  const at = order.indexOf(account.split(':', 1)[0] ?? '');
  return `${String(at < 0 ? order.length : at)}/${account}`;
}

function stsOf(deposit: Deposit): ReportSection {
  const shares = [...deposit.shares].toSorted(([left], [right]) => (shareOrder(left) < shareOrder(right) ? -1 : 1));
  const rows: NamedRow[] = shares
    .filter(([, amount]) => amount !== 0)
    .map(([account, amount]) => ({
      cells: { code: accountCode(account), beneficiary: accountName(account), amount },
    }));
  if (deposit.unexplained !== 0) {
    rows.push({ cells: { beneficiary: REPORT_TEXT.surplus, amount: deposit.unexplained }, look: 'attention' });
  }
  const text = (label: string, value: string): ReportFact => ({ label, kind: 'text', value });
  return tableOf({
    title: REPORT_TEXT.stsTitle(deposit.no, deposit.slip),
    columns: ['code', 'beneficiary', 'amount'],
    rows,
    sums: ['amount'],
    facts: [
      text(REPORT_TEXT.deposit, REPORT_TEXT.stsBank(deposit.bank, dayText(deposit.depositedOn))),
      text(REPORT_TEXT.ofDays, daysOf(deposit)),
      text(REPORT_TEXT.depositor, deposit.officer ?? ''),
    ],
  });
}

/** *Surat Tanda Setoran*: for each deposit whose money it was, by the code of the beneficiary. */
export async function stsReport(room: ReportRoom): Promise<ReportContent> {
  const { own } = await depositsOf(room);
  return { sections: own.map(stsOf), chart: null };
}

/** *Umur Kas Belum Disetor*: of which days the cash in drawer and safe is, the oldest first, at the end of the period. */
export async function cashAgeReport(room: ReportRoom): Promise<ReportContent> {
  const { left, deposits } = await followCash(room);
  const surplus = sumRupiah(deposits.map(({ unexplained }) => unexplained));
  const until = room.request.to < room.today ? room.request.to : room.today;
  const aged = left.map(({ key, shares }) => ({
    day: key,
    age: Math.max(0, daysBetween(key, until)),
    left: sumRupiah([...shares.values()]),
  }));
  const all = await sumLines(room.tx, { ...fromTheBeginning(room), cashSessionId: null, officerId: null });
  const pool = all.reduce((sum, { account, amount }) => (CASH_POOL.includes(account) ? sum + amount : sum), 0);
  const section = tableOf({
    title: REPORT_TITLES['cash-age'],
    columns: ['day', 'age', 'left'],
    rows: aged.map(({ day, age, left: amount }) => ({
      cells: { day, age, left: amount },
      look: age > OLD_DAYS ? 'attention' : null,
      choice: { from: day, to: day, accounts: [...CASH_POOL] },
    })),
    sums: ['left'],
    facts: [
      // Left less this is what the ledger says: a surplus that went to the bank before any taking explained it.
      ...(surplus === 0 ? [] : [{ label: REPORT_TEXT.surplus, kind: 'money' as const, value: surplus }]),
      { label: REPORT_TEXT.cashNow, kind: 'money', value: pool },
    ],
  });
  return {
    sections: [section],
    chart: {
      kind: 'ages',
      series: [{ key: 'left', label: REPORT_TEXT.undeposited }],
      points: aged.map(({ day, left: amount }) => ({ label: day, values: [amount] })),
    },
  };
}

import { CASH_POOL, foldFigures, groupBy, PROVIDER } from './figures.ts';
import { countByType, entriesMoving, sumLines } from './report-store.ts';
import { figuresBy } from './group-reports.ts';
import {
  dayOf,
  type NamedRow,
  officerName,
  type ReportContent,
  type ReportRoom,
  startOfDay,
  tableOf,
} from './report-room.ts';
import { accountName, REPORT_TEXT, REPORT_TITLES, typeName } from './report-text.ts';

/** *Buku Kas Umum*: every entry that moved the citizens' cash, with the balance after it. The float is not in it. */
export async function cashBook(room: ReportRoom): Promise<ReportContent> {
  const { tx, scope, request } = room;
  const before = await sumLines(tx, { ...scope, fromMs: 0, untilMs: startOfDay(request.from) });
  let balance = before.reduce((sum, { account, amount }) => (CASH_POOL.includes(account) ? sum + amount : sum), 0);
  const opening = balance;
  const rows: NamedRow[] = [{ cells: { description: REPORT_TEXT.carried, balance }, look: 'carried' }];
  let no = 0;
  for (const entry of await entriesMoving(tx, scope, CASH_POOL)) {
    const { seq, wallMs, type, number, officerId, amount } = entry;
    balance += amount;
    no += 1;
    rows.push({
      cells: {
        no,
        time: wallMs,
        number,
        description: typeName(type),
        officer: officerName(room, officerId),
        inflow: Math.max(0, amount),
        outflow: Math.max(0, -amount),
        balance,
      },
      choice: { seqs: [seq], accounts: [...CASH_POOL] },
    });
  }
  const section = tableOf({
    title: REPORT_TITLES.bku,
    columns: ['no', 'time', 'number', 'description', 'inflow', 'outflow', 'balance', 'officer'],
    rows,
    sums: ['inflow', 'outflow'],
    totals: { balance },
    facts: [
      { label: REPORT_TEXT.carried, kind: 'money', value: opening },
      { label: REPORT_TEXT.cashNow, kind: 'money', value: balance },
    ],
  });
  return { sections: [section], chart: null };
}

/** *Laporan Pembulatan Tunai*: what was given away, day by day; an account of its own, in no tax line and no variance. */
export async function roundingReport(room: ReportRoom): Promise<ReportContent> {
  const days = await figuresBy(room, 'day', ({ day }) => day);
  const section = tableOf({
    title: REPORT_TITLES.rounding,
    columns: ['day', 'sales', 'owed', 'rounding', 'received'],
    rows: days.map(({ key, figures: { sales, owed, rounding, received } }) => ({
      cells: { day: dayOf(key), sales, owed, rounding: 0 - rounding, received },
      choice: { from: dayOf(key), to: dayOf(key), accounts: ['rounding'] },
    })),
    sums: ['sales', 'owed', 'rounding', 'received'],
  });
  return { sections: [section], chart: null };
}

/** *Laporan Cara Bayar*: what came in cash, and what a provider owes us. */
export async function meansReport({ tx, scope }: ReportRoom): Promise<ReportContent> {
  const lines = await sumLines(tx, scope);
  const figures = foldFigures(lines, await countByType(tx, scope));
  const provider = lines.filter(({ account }) => account === PROVIDER);
  const row = (means: string, account: string, amount: number, accounts: readonly string[]): NamedRow => ({
    cells: { means, account, amount },
    choice: { accounts: [...accounts] },
  });
  const standing = provider.reduce((sum, { amount }) => sum + amount, 0);
  const section = tableOf({
    title: REPORT_TITLES.means,
    columns: ['means', 'account', 'amount'],
    rows: [
      row(REPORT_TEXT.cashMeans, accountName('cash-drawer'), figures.cash, CASH_POOL),
      row(REPORT_TEXT.providerMeans, accountName(PROVIDER), figures.otherMeans, [PROVIDER]),
    ],
    sums: ['amount'],
    facts: [{ label: accountName(PROVIDER), kind: 'money', value: standing }],
  });
  const byDay = groupBy(await sumLines(tx, scope, ['day']), ({ day }) => day);
  const days = [...byDay].map(([key, rows]) => ({ key, of: foldFigures(rows, []) }));
  const isOneDay = days.length < 2;
  return {
    sections: [section],
    chart: isOneDay
      ? null
      : {
          kind: 'days',
          series: [
            { key: 'cash', label: REPORT_TEXT.cashMeans },
            { key: 'otherMeans', label: REPORT_TEXT.providerMeans },
          ],
          points: days.map(({ key, of }) => ({ label: dayOf(key), values: [of.cash, of.otherMeans] })),
        },
  };
}

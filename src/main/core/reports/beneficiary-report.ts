import { REGENCY_CODES } from '../../../domain/regency.ts';
import { foldFigures, SALE_TYPES, shareOf } from './figures.ts';
import { countByType, sumComponents, sumLines, sumVoidedComponents } from './report-store.ts';
import { type NamedRow, type ReportContent, type ReportFact, type ReportRoom, tableOf } from './report-room.ts';
import { accountCode, accountName, column, componentName, REPORT_TEXT, REPORT_TITLES } from './report-text.ts';

type Brought = { sales: number; back: number };

const money = (label: string, value: number): ReportFact => ({ label, kind: 'money', value });

/** The accounts of a full list: the province, all 38 regencies, Jasa Raharja, then parking and fee where there are any. */
function accountsOf(moved: readonly string[]): readonly string[] {
  const own = moved.filter((account) => account.startsWith('parking:') || account === 'agent-fee');
  return ['province', ...REGENCY_CODES.map((code) => `regency:${code}`), 'jasa-raharja', ...own.toSorted()];
}

/** *Laporan Hak Penerima*: what each beneficiary is owed, the regencies one by one, also those of which nobody came. */
export async function beneficiaryReport({ tx, scope }: ReportRoom): Promise<ReportContent> {
  const lines = await sumLines(tx, scope);
  const figures = foldFigures(lines, await countByType(tx, scope));
  const byAccount = new Map<string, Brought>();
  for (const { type, account, amount } of lines) {
    if (shareOf(account) === undefined) continue;
    const sum = byAccount.get(account) ?? { sales: 0, back: 0 };
    if (SALE_TYPES.includes(type)) sum.sales -= amount;
    else sum.back -= amount;
    byAccount.set(account, sum);
  }
  const rows = accountsOf([...byAccount.keys()]).map((account): NamedRow => {
    const { sales, back } = byAccount.get(account) ?? { sales: 0, back: 0 };
    return {
      cells: {
        code: accountCode(account),
        beneficiary: accountName(account),
        brought: sales,
        takenBack: back,
        amount: sales + back,
      },
      choice: { accounts: [account] },
    };
  });
  const facts = [
    money(column('rounding').label, 0 - figures.rounding),
    ...(figures.other === 0 ? [] : [money(column('other').label, figures.other)]),
    money(column('received').label, figures.received),
  ];
  const section = tableOf({
    title: REPORT_TITLES.beneficiary,
    columns: ['code', 'beneficiary', 'brought', 'takenBack', 'amount'],
    rows,
    sums: ['brought', 'takenBack', 'amount'],
    facts,
  });
  return { sections: [section], chart: null };
}

type Part = { readonly component: string; readonly periodDueOn: string; sales: number; amount: number; waived: number };

/** *Laporan per Komponen*: what was taken for which period; what the ledger says beyond that stands as a row of its own. */
export async function componentReport({ tx, scope }: ReportRoom): Promise<ReportContent> {
  const parts = new Map<string, Part>();
  const put = (rows: Awaited<ReturnType<typeof sumComponents>>, sign: 1 | -1): void => {
    for (const { component, periodDueOn, sales, amount, waived } of rows) {
      const key = `${component}/${periodDueOn}`;
      const part = parts.get(key) ?? { component, periodDueOn, sales: 0, amount: 0, waived: 0 };
      part.sales += sign * sales;
      part.amount += sign * amount;
      part.waived += sign * waived;
      parts.set(key, part);
    }
  };
  put(await sumComponents(tx, { ...scope, types: SALE_TYPES }), 1);
  put(await sumVoidedComponents(tx, scope), -1);
  const { owed, agentFee } = foldFigures(await sumLines(tx, scope), []);
  const told = [...parts.values()].reduce((sum, { amount }) => sum + amount, 0);
  const rest = owed - agentFee - told;
  const rows: NamedRow[] = [...parts.values()]
    .filter(({ sales, amount, waived }) => sales !== 0 || amount !== 0 || waived !== 0)
    .map(({ component, periodDueOn, sales, amount, waived }) => ({
      cells: { component: componentName(component), period: periodDueOn, sales, amount, waived },
    }));
  if (rest !== 0) {
    rows.push({ cells: { component: REPORT_TEXT.otherParts, amount: rest }, look: 'attention' });
  }
  const section = tableOf({
    title: REPORT_TITLES.component,
    columns: ['component', 'period', 'sales', 'waived', 'amount'],
    rows,
    sums: ['waived', 'amount'],
    facts: agentFee === 0 ? [] : [money(column('agentFee').label, agentFee)],
  });
  return { sections: [section], chart: null };
}

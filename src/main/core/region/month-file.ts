import type { MonthView } from '../../../contract/views-insight.ts';
import type { ReportCell, ReportColumn } from '../../../contract/views-reports.ts';
import { isRegencyCode, regencyName } from '../../../domain/regency.ts';
import type { Written } from '../reports/report-source.ts';
import { accountCode, accountName } from '../reports/report-text.ts';
import { dayText, timeText } from '../reports/report-words.ts';
import { MONTH_WORDS as WORDS } from './paper-text.ts';

type Outlet = MonthView['rows'][number];
type Head = NonNullable<MonthView['head']>;
type Cells = readonly ReportCell[];

const text = (label: string): ReportColumn => ({ key: label, label, kind: 'text' });
const money = (label: string): ReportColumn => ({ key: label, label, kind: 'money' });
const count = (label: string): ReportColumn => ({ key: label, label, kind: 'count' });
const placeOf = (regency: string): string => (isRegencyCode(regency) ? regencyName(regency) : regency);

/** A table whose figures are added up. */
function table(title: string, columns: readonly ReportColumn[], rows: readonly Cells[]): Written['sections'][number] {
  const totals = columns.map(({ kind }, at) =>
    kind === 'text' ? null : rows.reduce((sum, cells) => sum + Number(cells[at] ?? 0), 0),
  );
  return {
    title,
    columns,
    rows: rows.map((cells) => ({ cells: [...cells], look: null, choice: null })),
    totals,
    facts: [],
  };
}

const MONEY = [money(WORDS.all), money(WORDS.signed), money(WORDS.unsigned)];
const sums = (all: number, signed: number): Cells => [all, signed, all - signed];

const unsignedDays = ({ unsigned }: Outlet): string =>
  unsigned.map(({ on, waits }) => `${dayText(on)} (${WORDS.waits[waits]})`).join(', ');

function outletTable(outlets: readonly Outlet[]) {
  const columns = [
    text(WORDS.outletId),
    text(WORDS.outlet),
    text(WORDS.regency),
    count(WORDS.days),
    count(WORDS.daysSigned),
    count(WORDS.sales),
    ...MONEY,
    text(WORDS.which),
  ];
  const rows = outlets.map((one): Cells => {
    const { outletId, name, regency, days, daysSigned, sales, journal, journalSigned } = one;
    const figures = sums(journal, journalSigned);
    return [outletId, name, placeOf(regency), days, daysSigned, sales, ...figures, unsignedDays(one)];
  });
  return table(WORDS.byOutlet, columns, rows);
}

function regencyTable({ regencies, total }: Head) {
  const owed = new Map(total.accounts.map(({ account, signed }) => [account, signed]));
  const columns = [
    text(WORDS.regency),
    count(WORDS.outlets),
    count(WORDS.days),
    count(WORDS.daysSigned),
    count(WORDS.sales),
    ...MONEY,
    money(WORDS.owed),
  ];
  const rows = regencies.map(({ regency, outlets, days, daysSigned, sales, journal, journalSigned }): Cells => {
    const figures = sums(journal, journalSigned);
    return [placeOf(regency), outlets, days, daysSigned, sales, ...figures, owed.get(`regency:${regency}`) ?? 0];
  });
  return table(WORDS.byRegency, columns, rows);
}

/** A month of a region for the treasurer: by outlet, beneficiary and regency, signed days beside the others. */
export function monthFile(head: Head, outlets: readonly Outlet[], loadedAt: number): Written {
  const beneficiary = [text('Kode'), text('Penerima')];
  return {
    title: WORDS.title(head.month),
    lines: [],
    sources: [WORDS.loaded(timeText(loadedAt)), WORDS.signedOnly],
    sections: [
      outletTable(outlets),
      table(
        WORDS.byBeneficiary,
        [...beneficiary, ...MONEY],
        head.total.accounts.map(({ account, all, signed }) => [
          accountCode(account),
          accountName(account),
          ...sums(all, signed),
        ]),
      ),
      regencyTable(head),
      table(
        WORDS.byBoth,
        [text(WORDS.outletId), text(WORDS.outlet), ...beneficiary, ...MONEY],
        outlets.flatMap(({ outletId, name, accounts }) =>
          accounts.map(
            ({ account, all, signed }): Cells => [
              outletId,
              name,
              accountCode(account),
              accountName(account),
              ...sums(all, signed),
            ],
          ),
        ),
      ),
    ],
  };
}

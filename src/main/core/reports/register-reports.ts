import { stockOf, type FormRun } from '../../../domain/form-stock.ts';
import { findCancellation } from '../cases/claim-store.ts';
import { bodyOf, parseEnvelope } from '../journal/entry-text.ts';
import { CASH_POOL, groupBy } from './figures.ts';
import { entriesOf, missingPlaces, type WholeEntry, wholeEntries } from './report-store.ts';
import {
  fromTheBeginning,
  type NamedRow,
  officerName,
  type ReportContent,
  type ReportRoom,
  tableOf,
} from './report-room.ts';
import { formName, REPORT_TEXT, REPORT_TITLES } from './report-text.ts';

async function voidRow(room: ReportRoom, entry: WholeEntry): Promise<NamedRow> {
  const { transactionId, voidNumber, receiptNumber, returned, reason, approvedBy } = bodyOf(
    'transaction.voided',
    entry,
  );
  return {
    cells: {
      time: entry.wallMs,
      what: REPORT_TEXT.void,
      receipt: receiptNumber,
      voidNumber,
      plate: await room.plateOf(transactionId),
      amount: returned,
      reason,
      officer: officerName(room, entry.officerId),
      approvedBy: officerName(room, approvedBy),
    },
    choice: { seqs: [entry.seq], accounts: [...CASH_POOL] },
  };
}

async function cashRefundRow(room: ReportRoom, entry: WholeEntry): Promise<NamedRow> {
  const body = bodyOf('refund.paid-in-cash', entry);
  return {
    cells: {
      time: entry.wallMs,
      what: REPORT_TEXT.cashRefund,
      receipt: body.receiptNumber,
      voidNumber: body.refundNumber,
      plate: await room.plateOf(body.transactionId),
      amount: body.amount,
      reason: body.reason,
      officer: officerName(room, entry.officerId),
      approvedBy: officerName(room, body.approvedBy),
    },
    choice: { seqs: [entry.seq], accounts: [...CASH_POOL] },
  };
}

/** A request moves no cash: its outcome stands beside it, the money where it went back. */
async function sameDayRow(
  room: ReportRoom,
  entry: WholeEntry,
  receipts: ReadonlyMap<string, string | null>,
): Promise<NamedRow> {
  const { transactionId, reason, approvedBy } = bodyOf('cancellation.requested', entry);
  const answer = (await findCancellation(room.tx, transactionId))?.answer ?? null;
  return {
    cells: {
      time: entry.wallMs,
      what: REPORT_TEXT.sameDay(answer),
      receipt: receipts.get(transactionId) ?? null,
      plate: await room.plateOf(transactionId),
      reason,
      officer: officerName(room, entry.officerId),
      approvedBy: officerName(room, approvedBy),
    },
    choice: { seqs: [entry.seq] },
  };
}

async function copyRow(
  room: ReportRoom,
  entry: WholeEntry,
  receipts: ReadonlyMap<string, string | null>,
): Promise<NamedRow> {
  const { copyNo, reason } = bodyOf('print.requested', entry);
  return {
    cells: {
      time: entry.wallMs,
      what: REPORT_TEXT.copy(copyNo),
      receipt: receipts.get(entry.stream) ?? null,
      plate: await room.plateOf(entry.stream),
      reason,
      officer: officerName(room, entry.officerId),
    },
    choice: { seqs: [entry.seq] },
  };
}

const isCopy = (entry: WholeEntry): boolean => {
  const { kind, copyNo } = bodyOf('print.requested', entry);
  return kind === 'copy' || copyNo > 0;
};

const TAKEN_BACK = ['transaction.voided', 'refund.paid-in-cash', 'cancellation.requested'];

/** One row of the register, by what its entry is. */
async function registerRow(
  room: ReportRoom,
  entry: WholeEntry,
  receipts: ReadonlyMap<string, string | null>,
): Promise<NamedRow> {
  if (entry.type === 'transaction.voided') return await voidRow(room, entry);
  if (entry.type === 'refund.paid-in-cash') return await cashRefundRow(room, entry);
  if (entry.type === 'cancellation.requested') return await sameDayRow(room, entry, receipts);
  return await copyRow(room, entry, receipts);
}

/**
 * *Register Batal dan Cetak Ulang*: every sale taken back or asked back, every refund in cash and every further paper, with
 * who, why and who agreed.
 */
export async function voidRegister(room: ReportRoom): Promise<ReportContent> {
  const { tx, scope } = room;
  const entries = await wholeEntries(tx, { ...scope, types: [...TAKEN_BACK, 'print.requested'] });
  const chosen = entries.filter((entry) => entry.type !== 'print.requested' || isCopy(entry));
  const count = (type: string): number => chosen.filter((entry) => entry.type === type).length;
  const sales =
    count('print.requested') + count('cancellation.requested') === 0
      ? []
      : await entriesOf(tx, { ...fromTheBeginning(room), types: ['transaction.paid'] });
  const receipts = new Map(sales.map(({ stream, number }) => [stream, number]));
  const rows: NamedRow[] = [];
  for (const entry of chosen) {
    rows.push(await registerRow(room, entry, receipts));
  }
  const section = tableOf({
    title: REPORT_TITLES.voids,
    columns: ['time', 'what', 'receipt', 'voidNumber', 'plate', 'amount', 'reason', 'officer', 'approvedBy'],
    rows,
    sums: ['amount'],
    facts: [
      { label: REPORT_TEXT.voids, kind: 'count', value: count('transaction.voided') },
      { label: REPORT_TEXT.cashRefunds, kind: 'count', value: count('refund.paid-in-cash') },
      { label: REPORT_TEXT.sameDays, kind: 'count', value: count('cancellation.requested') },
      { label: REPORT_TEXT.copies, kind: 'count', value: count('print.requested') },
    ],
  });
  return { sections: [section], chart: null };
}

const missingRow = (from: string, to: string, missing: number, note: string, seqs?: number[]): NamedRow => ({
  cells: { fromNo: from, toNo: to, missing, note },
  look: 'attention',
  choice: seqs === undefined ? null : { seqs },
});

/** Places of the journal that nothing proves: holes in the database, and what an epoch declared as lost. */
async function lostPlaces({ tx, scope }: ReportRoom): Promise<readonly NamedRow[]> {
  const holes = (await missingPlaces(tx, scope.headSeq)).map(({ before, seq }) =>
    missingRow(String(before + 1), String(seq - 1), seq - before - 1, REPORT_TEXT.brokenPlace),
  );
  const epochs = await wholeEntries(tx, { ...scope, types: ['epoch.opened'] });
  const declared = epochs.flatMap((entry) => {
    const gap = bodyOf('epoch.opened', entry).declaredGap;
    if (gap === null) return [];
    const { fromSeq, toSeq } = gap;
    return [missingRow(String(fromSeq), String(toSeq), toSeq - fromSeq + 1, REPORT_TEXT.deviceLost, [entry.seq])];
  });
  return [...holes, ...declared];
}

/** Receipt numbers that are not those of their places, or stand on two papers. */
async function wrongNumbers({
  tx,
  scope,
  numberAt,
}: ReportRoom): Promise<{ readonly rows: readonly NamedRow[]; readonly checked: number }> {
  const sales = await wholeEntries(tx, { ...scope, types: ['transaction.paid'] });
  const seen = new Set<string>();
  const rows: NamedRow[] = [];
  for (const { seq, text } of sales) {
    const { epoch, body } = parseEnvelope(text);
    const number = String(body['receiptNumber']);
    if (number !== numberAt({ epoch, seq })) rows.push(missingRow(number, number, 1, REPORT_TEXT.wrongNumber, [seq]));
    if (seen.has(number)) rows.push(missingRow(number, number, 1, REPORT_TEXT.doubleNumber, [seq]));
    seen.add(number);
  }
  return { rows, checked: sales.length };
}

type Told = FormRun & { readonly key: string; readonly reason: string | null };

function toldOf(entry: WholeEntry): Told | undefined {
  if (entry.type === 'form.used') {
    const { form, series, serial } = bodyOf(entry.type, entry);
    return { key: `${form}/${series}`, from: serial, to: serial, state: 'used', reason: null };
  }
  if (entry.type === 'form.spoiled') {
    const { form, series, serial, reason } = bodyOf(entry.type, entry);
    return { key: `${form}/${series}`, from: serial, to: serial, state: 'spoiled', reason };
  }
  if (entry.type !== 'form.missing') return undefined;
  const { form, series, from, to, reason } = bodyOf(entry.type, entry);
  return { key: `${form}/${series}`, from, to, state: 'missing', reason };
}

/** Serials of pre-printed forms that were skipped, and those of which somebody said that they are lost. */
async function missingForms(room: ReportRoom): Promise<readonly NamedRow[]> {
  const types = ['form-stock.received', 'form.used', 'form.spoiled', 'form.missing'];
  const entries = await wholeEntries(room.tx, { ...fromTheBeginning(room), types });
  const told = groupBy(
    entries.flatMap((entry) => toldOf(entry) ?? []),
    ({ key }) => key,
  );
  return entries.flatMap((entry) => {
    if (entry.type !== 'form-stock.received') return [];
    const { form, series, from, to } = bodyOf('form-stock.received', entry);
    const runs = told.get(`${form}/${series}`) ?? [];
    const name = (serial: number): string => `${formName(form)} ${series} ${String(serial)}`;
    const row = (one: { from: number; to: number }, note: string): NamedRow =>
      missingRow(name(one.from), name(one.to), one.to - one.from + 1, note);
    const lost = runs.filter((run) => run.state === 'missing' && run.from <= to && run.to >= from);
    return [
      ...stockOf({ from, to }, runs).gaps.map((gap) => row(gap, REPORT_TEXT.unexplained)),
      ...lost.map((run) => row(run, REPORT_TEXT.declared(run.reason ?? ''))),
    ];
  });
}

/** *Laporan Nomor yang Hilang*: numbers of the journal and of receipts, and serials of pre-printed forms. */
export async function gapReport(room: ReportRoom): Promise<ReportContent> {
  const numbers = await wrongNumbers(room);
  const columns = ['fromNo', 'toNo', 'missing', 'note'] as const;
  return {
    sections: [
      tableOf({
        title: REPORT_TEXT.receiptNumbers,
        columns,
        rows: [...(await lostPlaces(room)), ...numbers.rows],
        sums: ['missing'],
        facts: [
          { label: REPORT_TEXT.checkedPlaces, kind: 'count', value: room.scope.headSeq },
          { label: REPORT_TEXT.checkedNumbers, kind: 'count', value: numbers.checked },
        ],
      }),
      tableOf({ title: REPORT_TEXT.formSerials, columns, rows: await missingForms(room), sums: ['missing'] }),
    ],
    chart: null,
  };
}

import { enterAs, pinOf, sellOffline, sync } from './at-the-counter.ts';
import { changePolicy } from './province-policy.ts';
import type { TestCounter } from './test-counter.ts';
import type { TestProvince } from './test-province.ts';

const approval = { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') } as const;

async function sellCutOff(
  counter: TestCounter,
  nrkb: string,
): Promise<{ transactionId: string; receiptNumber: string }> {
  counter.line.set('down');
  const sold = await sellOffline(counter, nrkb);
  counter.line.set('pass');
  return sold;
}

async function decided(counter: TestCounter, province: TestProvince): Promise<void> {
  await sync(counter);
  await province.book();
  await sync(counter);
}

/** The register asks a little more than the counter knows. */
async function raiseBill(province: TestProvince, nrkb: string): Promise<void> {
  const record = await province.vehicle(nrkb);
  const facts = { ...record.facts, njkb: Number(record.facts['njkb']) + 100_000 };
  await province.province.context.db
    .updateTable('core_vehicle')
    .set({ record: JSON.stringify({ ...record, facts }) })
    .where('nrkb', '=', nrkb)
    .execute();
}

/** Every step that cases have, at one counter with one open drawer. */
export async function casesOfADay(counter: TestCounter, province: TestProvince): Promise<void> {
  await changePolicy(province, 'cases.waiveShortUpTo=1000000');
  await raiseBill(province, 'W 1818 QT');
  const short = await sellCutOff(counter, 'W 1818 QT');
  const held = await sellCutOff(counter, 'AE 3333 HD');
  const over = await sellCutOff(counter, 'P 2929 OV');
  const unknown = await sellCutOff(counter, 'S 4444 RJ');
  await decided(counter, province);
  const pageOf = (transactionId: string) => counter.get('cases.page', { caseId: `sale-${transactionId}` });

  const { shortfall } = await pageOf(short.transactionId);
  const { transactionId } = short;
  await counter.get('shortfalls.waive', {
    transactionId,
    decisionId: shortfall?.decisionId ?? '',
    reason: 'selisih kecil',
    approval,
  });
  const other = (await counter.get('exceptions.list', {})).find((one) => one.nrkb === 'W 1919 SH');
  const caseId = other?.caseId ?? '';
  await counter.get('cases.open', { caseId });
  const { life } = await counter.get('cases.note', { caseId, note: 'pembayar ditelepon' });
  const seq = life.at(-1)?.sealedNote ?? 0;
  await counter.get('cases.open-note', { caseId, seq, reason: 'pembayar datang' });
  await counter.get('cases.assign', { caseId, owner: 'province', reason: 'perlu Samsat Induk' });
  await counter.get('cases.print-letter', { caseId });
  const missing = (await counter.get('cases.page', { caseId })).shortfall;
  await counter.get('shortfalls.collect', {
    transactionId: other?.transactionId ?? '',
    decisionId: missing?.decisionId ?? '',
    expectedPayable: missing?.payable ?? 0,
    tendered: missing?.payable ?? 0,
  });
  const copy = { transactionId: other?.transactionId ?? '', paper: 'top-up', reason: 'kertas sobek' } as const;
  await counter.get('cases.reprint', copy);

  const back = { transactionId: held.transactionId, reason: 'warga membatalkan', approval };
  await counter.get('cancellations.preview', { transactionId: held.transactionId });
  await counter.get('cancellations.request', back);
  const account = {
    accountHolder: 'Budi',
    bank: 'Bank Jatim',
    accountNumber: '001 234',
    phone: null,
    withoutPapers: 'foto menyusul',
  };
  const { refundId } = await counter.get('refunds.request', { transactionId: over.transactionId, ...account });
  await counter.get('refunds.approve', { refundId, approval });
  await decided(counter, province);
  await counter.get('refunds.pay-in-cash', { ...back, paper: held.receiptNumber, isPayer: true });

  const { matchDecisionId } = await pageOf(unknown.transactionId);
  await counter.get('sign-in.end', {});
  await enterAs(counter, 'pengawas');
  await counter.get('cases.match', {
    transactionId: unknown.transactionId,
    decisionId: matchDecisionId ?? '',
    nrkb: 'AG 1111 HI',
    chassisNumber: 'MHCONTOH000010002',
  });
  await counter.get('sign-in.end', {});
  await enterAs(counter, 'petugas-1');
}

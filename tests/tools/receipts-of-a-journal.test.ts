import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SignedText } from '../../src/contract/primitives.ts';
import { encodeReceiptProof, type ReceiptStatement } from '../../src/contract/receipt-statement.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { revokeDevice } from '../../src/province/enrolment/device-administration.ts';
import { revocationStatements } from '../../src/province/enrolment/revoked-devices.ts';
import { SIGNED_IN } from '../support/custody-rows.ts';
import { useProvince } from '../support/enrolled-counter.ts';
import { useExportedCounter } from '../support/exported-counter.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { canonical, TestDevice } from '../support/test-device.ts';
import { TEST_TODAY } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';
import { runVerifier } from '../support/verifier.ts';

const province = useProvince();
const exported = useExportedCounter(province);

const ndjson = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** A device that sold, whose sale is in custody, and that was revoked an hour later: its journal, and the thief with its key. */
async function revokedDevice() {
  const { server, province: house, code, vehicle, rules, clock } = province();
  const device = await TestDevice.enrol(server, await code());
  const outletId = device.enrolment.outlet.outletId;
  device.append({
    type: 'epoch.opened',
    officerId: null,
    body: { reason: 'enrolment', outletId, lastProven: null, declaredGap: null, appVersion: 'x', keyStoreKind: 'demo' },
  });
  device.append(SIGNED_IN);
  const record = await vehicle('AG 2345 KD');
  const sell = (by: TestDevice) => makeSale(by, record, { paidOn: TEST_TODAY, rules });
  const [first, second] = [sell(device), sell(device)];
  const pushed = await device.push(device.chain.slice(0, 3));
  if (pushed.answer !== 'STORED') throw new Error(pushed.answer);
  clock.now += 3_600_000;
  await revokeDevice(house.context, device.deviceId);
  // The same keys and the same beginning; what follows is the thief's.
  const thief = new TestDevice(server, device.signing, device.sealing, device.enrolment);
  thief.epoch = device.epoch;
  thief.chain.push(...device.chain.slice(0, 2));
  const folder = temporaryFolder();
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const journalOf = ({ deviceId, epoch, chain, head, ...of }: TestDevice, name: string): readonly string[] => {
    const mark = canonical({ deviceId, epoch, seq: chain.length, head: head?.hash ?? '' });
    const marks = [{ text: mark, sig: device.sign('opop/mark/1\0', mark) }];
    const header = { format: 'opop-journal/1', certificate: of.enrolment.certificate, marks };
    return ['--journal', write(name, ndjson([header, ...chain]))];
  };
  const custodyOf = (...receipts: readonly SignedText[]): readonly string[] => {
    return ['--custody', write('custody.ndjson', ndjson(receipts))];
  };
  const keys = [...(device.hello?.keys ?? []), ...(await revocationStatements(house.context))];
  const root = [`--root=${device.enrolment.rootKey}`];
  const own = ['--keys', write('keys.ndjson', ndjson(keys))];
  const [journal, custody] = [journalOf(device, 'journal.ndjson'), custodyOf(pushed.custodyReceipt)];
  const paper = (statement: ReceiptStatement): string => encodeReceiptProof(device.proofOf(statement));
  const judge = async (statements: readonly ReceiptStatement[], ...files: readonly string[]) => {
    const file = write('receipts.txt', statements.map((statement) => `${paper(statement)}\n`).join(''));
    const said = await runVerifier(['receipts', file, ...root, ...files]);
    expect(said.stderr).toBe('');
    return said.lines.map((line) => line['problem'] ?? line['reason'] ?? line['verdict']);
  };
  const early = pushed.custodyReceipt;
  return { first, second, judge, own, journal, custody, thief, sell, journalOf, custodyOf, early };
}

describe('receipts against a journal', () => {
  it('of a real counter are genuine with its journal, and an address is as good as the bare text', async () => {
    const { files, root, receipts } = exported();
    const file = join(temporaryFolder(), 'receipts.txt');
    expect(receipts.length).toBeGreaterThan(1);
    writeFileSync(file, receipts.join('\n'));
    const said = await runVerifier(['receipts', file, `--root=${root}`, '--journal', files.journal]);
    expect(said).toMatchObject({ code: 0, lines: receipts.map(() => ({ verdict: 'genuine' })) });
  });

  it('of a key that was revoked are proved by custody before the revocation, and by nothing else', async () => {
    const { first, second, judge, own, journal, custody } = await revokedDevice();
    const both = [first.statement, second.statement];
    expect(await judge(both)).toEqual(['genuine', 'genuine']);
    expect(await judge(both, ...own)).toEqual(['KEY_REVOKED', 'KEY_REVOKED']);
    expect(await judge(both, ...own, ...journal)).toEqual(['KEY_REVOKED', 'KEY_REVOKED']);
    // The first was in custody an hour before the revocation; the second never was.
    expect(await judge(both, ...own, ...journal, ...custody)).toEqual(['genuine', 'KEY_REVOKED']);
  });

  it('that the thief of a key signs in the place of a genuine one are not in the journal', async () => {
    const { first, judge, own, journal, custody } = await revokedDevice();
    const all = [...own, ...journal, ...custody];
    const { statement } = first;
    const forged: readonly ReceiptStatement[] = [
      { ...statement, total: rupiah(statement.total + 1) },
      { ...statement, seq: 1 },
      { ...statement, epoch: { ...statement.epoch, nonce: 'AAAAAAAAAAA' } },
      { ...statement, timeTrust: 'rtc' },
      { ...statement, transactionId: '019cd5af-e380-7722-893a-6cdf23e69147' },
    ];
    expect(await judge(forged, ...all)).toEqual(forged.map(() => 'NOT_IN_JOURNAL'));
    // Beyond the end of the journal only the revocation speaks.
    expect(await judge([{ ...statement, seq: 99 }], ...all)).toEqual(['KEY_REVOKED']);
  });

  it('that a thief signs in the place of a genuine one do not get its time, in whichever order custody is shown', async () => {
    const scene = await revokedDevice();
    const { first, judge, own, journal, thief, sell, journalOf, custodyOf, early } = scene;
    const sale = sell(thief);
    await thief.sayHello();
    const answer = await thief.push(thief.chain.slice(2));
    if (answer.answer !== 'STORED') throw new Error(answer.answer);
    expect(thief.receiptOf(answer).verdicts).toMatchObject([{ seq: 3, verdict: { verdict: 'FORK' } }]);
    const late = answer.custodyReceipt;
    const shown = [...own, ...journalOf(thief, 'of-the-thief.ndjson')];
    for (const receipts of [
      [early, late],
      [late, early],
    ]) {
      const custody = custodyOf(...receipts);
      expect(await judge([sale.statement], ...shown, ...custody)).toEqual(['CUSTODY_DIFFERS', 'KEY_REVOKED']);
      // Beside the fork that he sent, the honest journal and its paper are what they were.
      expect(await judge([first.statement], ...own, ...journal, ...custody)).toEqual(['genuine']);
    }
  });

  it('that a thief gets into custody in an epoch of his own, at the same place, are as late as they came', async () => {
    const scene = await revokedDevice();
    const { first, judge, own, journal, thief, sell, journalOf, custodyOf, early } = scene;
    thief.epoch = { n: 2, nonce: 'AAAAAAAAAAA' };
    thief.chain.splice(1);
    const [opened] = thief.chain;
    const lastProven = { epoch: scene.first.statement.epoch, seq: 1, head: opened?.hash ?? '' };
    const { outletId } = thief.enrolment.outlet;
    const body = { outletId, lastProven, declaredGap: null, appVersion: 'x', keyStoreKind: 'demo' };
    thief.append({ type: 'epoch.opened', officerId: null, body: { reason: 'salvage', ...body } });
    const sale = sell(thief);
    await thief.sayHello();
    const answer = await thief.push(thief.chain.slice(1));
    if (answer.answer !== 'STORED') throw new Error(answer.answer);
    expect(thief.receiptOf(answer).verdicts).toMatchObject([{ seq: 2 }, { seq: 3, verdict: { verdict: 'ACCEPTED' } }]);
    const late = answer.custodyReceipt;
    const shown = [...own, ...journalOf(thief, 'of-the-thief.ndjson')];
    for (const receipts of [
      [early, late],
      [late, early],
    ]) {
      const custody = custodyOf(...receipts);
      expect(await judge([sale.statement], ...shown, ...custody)).toEqual([
        'CUSTODY_DIFFERS',
        'CUSTODY_DIFFERS',
        'KEY_REVOKED',
      ]);
      // What the honest journal lacks is told; its paper is proved by its own hash.
      const said = await judge([first.statement], ...own, ...journal, ...custody);
      expect(said.toSorted()).toEqual(['CUSTODY_DIFFERS', 'CUSTODY_DIFFERS', 'genuine']);
    }
  });
});

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { KEY_FILE } from '../../../src/main/core/device/key-store.ts';
import { checkReceipt, checkSlip, verifyData } from '../../../src/main/core/inspect.ts';
import { escposBytes } from '../../../src/main/core/printing/escpos-bytes.ts';
import { receiptPdf } from '../../../src/main/core/printing/receipt-pdf.ts';
import { trainingConfig } from '../../../src/main/counter-config.ts';
import { wordsOf } from '../../../src/province/receipt-page/page/receipt-words.ts';
import { verifyReceiptText } from '../../../src/province/receipt-page/page/verify-receipt.ts';
import { verifySlipText } from '../../../src/province/receipt-page/page/verify-slip.ts';
import { closeExactly } from '../../support/drawer.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { readEscpos } from '../../support/escpos-reader.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { valueOf } from '../../support/opened-database.ts';
import {
  codesOn,
  openPractice,
  practiceConfig,
  PRACTICE_PIN,
  sellInPractice,
  signedEntriesOf,
} from '../../support/practice.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
  createTestCounter,
  startTestCounter,
  type TestCounter,
  type TestCounterOptions,
} from '../../support/test-counter.ts';
import { createTestLine } from '../../support/test-line.ts';
import { runVerifier } from '../../support/verifier.ts';

const province = useProvince();

/** A training with an open drawer, on a line that leads to the real province. */
async function practising(options: TestCounterOptions = {}): Promise<TestCounter> {
  const line = createTestLine();
  line.plug(province().server);
  const clock = createFakeClock(province().clock.now);
  const counter = await startTestCounter({ line, clock, config: practiceConfig(), ...options });
  await openPractice(counter);
  return counter;
}

/** Every start of this folder, in a mode. */
const startIn = async (folder: string, mode: 'normal' | 'demo' | 'training') =>
  await createTestCounter(folder, { config: { ...practiceConfig(), mode } }).start();

/** A paper is out once its printer took it; this bears a machine that is busy with other tests. */
const PATIENT = { timeout: 20_000, interval: 10 };
const MIXED = { ok: false, error: { code: 'TRAINING_MIXED' } };

describe('a training', () => {
  it('practises the main job, the void by two people and the close of the cash, and reaches nobody', async () => {
    const counter = await practising();
    const status = await counter.get('counter.status');
    expect([status.mode, status.line.lastContactAt]).toEqual(['training', null]);
    const first = await sellInPractice(counter, 'AG 1001 LT', '20001');
    await sellInPractice(counter, 'L 1004 LT', '20004');
    const { unsent } = await counter.get('outbox.figures');
    expect(unsent).toBeGreaterThan(5);
    const approval = { by: 'pin', supervisorId: 'latihan-pengawas', pin: PRACTICE_PIN } as const;
    const voided = { transactionId: first.transactionId, reason: 'latihan membatalkan', approval };
    await counter.get('transactions.void', voided);
    await counter.ask('outbox.send-now', {});
    await closeExactly(counter);
    // Everything waits in Kotak Kirim as it does without a line, and for ever.
    const figures = await counter.get('outbox.figures');
    expect(figures).toMatchObject({ ackSeq: 0, lastContactAt: null });
    expect(figures.unsent).toBeGreaterThan(unsent);
    expect(counter.line.requests).toEqual([]);
    const enrolment = { provinceUrl: 'http://province.example', code: await province().code() };
    expect((await counter.refusal('enrolment.enrol', enrolment)).code).toBe('ALREADY_ENROLLED');
    expect(counter.line.requests).toEqual([]);
    // The mark is under the signature of every entry, from the first one on.
    const entries = signedEntriesOf(counter);
    expect(entries.length).toBeGreaterThan(10);
    for (const { text } of entries) expect(JSON.parse(text)).toMatchObject({ environment: 'latihan' });
    expect(valueOf(await verifyData(counter.config, undefined)).problems).toEqual([]);
  });

  it('has no line, though the address of a real province is written into its database by hand', async () => {
    const [folder, line] = [temporaryFolder(), createTestLine()];
    await (await practising({ folder })).stop();
    const file = join(folder, 'data', DATABASE_FILE);
    const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 1000 });
    handle.exec("UPDATE device SET province_url = 'http://province.example'");
    handle.close();
    line.plug(province().server);
    const clock = createFakeClock(province().clock.now);
    const counter = await startTestCounter({ folder, line, clock, config: practiceConfig() });
    await counter.get('sign-in.begin', { officerId: 'latihan-1', pin: PRACTICE_PIN });
    await counter.ask('outbox.send-now', {});
    expect((await counter.get('outbox.figures')).ackSeq).toBe(0);
    expect(line.requests).toEqual([]);
  });

  it('sends a paper without its mark to no printer, and says LATIHAN large on every kind of sheet', async () => {
    const counter = await practising();
    await sellInPractice(counter, 'AG 1001 LT', '20001');
    const arrival = { nrkb: 'AG 1011 LT', name: 'Budi', phone: null, blankReason: 'latihan' };
    await counter.get('arrivals.record', arrival);
    // A test page knows nothing of the training: the printers of a training mark it.
    await counter.get('printing.test', { printerId: 'utama' });
    const papers = await vi.waitFor(() => {
      const { papers: seen } = counter.printers;
      expect(new Set(seen.map(({ document }) => document.head.kind))).toEqual(new Set(['receipt', 'arrival', 'test']));
      return seen;
    }, PATIENT);
    expect(papers.filter(({ document }) => !document.head.training)).toEqual([]);
    const [receipt] = papers;
    if (receipt === undefined) throw new Error('no paper');
    const { lines } = readEscpos(escposBytes(receipt.document, 80));
    expect(lines[0]?.text).toMatch(/^LATIHAN +LATIHAN$/);
    expect(lines[0]?.largest).toBe(2);
    expect(lines[1]?.text).toMatch(/^LATIHAN +bukan bukti bayar$/);
    const pdf = Buffer.from(await receiptPdf(receipt.document, 'A5', false)).toString('latin1');
    const plain = { ...receipt.document, head: { ...receipt.document.head, training: false } };
    const bare = Buffer.from(await receiptPdf(plain, 'A5', false)).toString('latin1');
    expect([pdf, bare].map((text) => /\/ca 0[.]16/.test(text))).toEqual([true, false]);
  });

  it('has codes that every reader calls training, and a forgery once their first word is gone', async () => {
    const counter = await practising();
    await sellInPractice(counter, 'AG 1001 LT', '20001');
    await counter.get('arrivals.record', { nrkb: 'AG 1011 LT', name: 'Budi', phone: null, blankReason: 'latihan' });
    await vi.waitFor(() => expect(codesOn(counter)).toHaveLength(2), PATIENT);
    const root = province().province.context.keys.root.publicKey;
    const [receipt = '', slip = ''] = codesOn(counter);
    for (const code of [receipt, slip]) {
      expect(code).toContain('#LATIHAN.');
      const verdict = verifyReceiptText(code, [root]);
      expect(verdict).toEqual({ verdict: 'training' });
      expect(wordsOf(verdict, null)).toMatchObject({ tone: 'bad', headline: 'LATIHAN, BUKAN BUKTI BAYAR' });
    }
    expect(verifySlipText(slip, [root])).toEqual({ verdict: 'no-slip' });
    const own = String(counter.rows('SELECT root_key FROM device')[0]?.['root_key']);
    for (const roots of [[root], [own], [root, own]]) {
      expect(checkReceipt(receipt, roots)).toEqual({ ok: false, error: 'TRAINING' });
      expect(checkSlip(slip, roots)).toEqual({ ok: false, error: 'TRAINING' });
    }
    const bare = receipt.replace('LATIHAN.', '');
    expect(checkReceipt(bare, [own])).toEqual({ ok: false, error: 'CERTIFICATE_FORGED' });
    expect(checkReceipt(bare, [root])).toEqual({ ok: false, error: 'OTHER_ROOT' });
    expect(verifyReceiptText(bare, [own])).toEqual({ verdict: 'forged', reason: 'CERTIFICATE_FORGED' });
    const file = join(temporaryFolder(), 'qr.txt');
    writeFileSync(file, `${receipt}\n${bare}\n`);
    const { code, lines } = await runVerifier(['receipts', file, `--root=${own}`]);
    expect(code).toBe(2);
    expect(lines).toMatchObject([
      { verdict: 'not-genuine', reason: 'TRAINING' },
      { verdict: 'not-genuine', reason: 'CERTIFICATE_FORGED' },
    ]);
  });

  it('never opens the data of a counter, nor a counter its data, by keys, by database, or by both', async () => {
    const folder = temporaryFolder();
    await (await practising({ folder })).stop();
    const real = await enrolledCounter(province());
    await real.stop();
    expect(await startIn(folder, 'demo')).toMatchObject(MIXED);
    expect(await startIn(folder, 'normal')).toMatchObject(MIXED);
    expect(await startIn(real.folder, 'training')).toMatchObject(MIXED);
    // By hand: the files of the training in the folder of a counter, one by one and together, keys unmarked too.
    const [keys, database] = [KEY_FILE, DATABASE_FILE].map((name) => ({ name, file: join(folder, 'data', name) }));
    if (keys === undefined || database === undefined) throw new Error('two files');
    const put = (of: readonly { name: string; file: string }[], from: string): string => {
      const into = temporaryFolder();
      cpSync(from, into, { recursive: true });
      rmSync(join(into, 'mark'), { recursive: true, force: true });
      for (const { name, file } of of) cpSync(file, join(into, 'data', name));
      return into;
    };
    expect(await startIn(put([keys], real.folder), 'demo')).toMatchObject(MIXED);
    expect(await startIn(put([database], real.folder), 'demo')).toMatchObject(MIXED);
    expect(await startIn(put([keys, database], real.folder), 'demo')).toMatchObject(MIXED);
    const unmarked = join(temporaryFolder(), KEY_FILE);
    const { environment, ...rest } = JSON.parse(readFileSync(keys.file, 'utf8')) as Record<string, unknown>;
    expect(environment).toBe('latihan');
    writeFileSync(unmarked, JSON.stringify(rest));
    const forged = put([{ name: KEY_FILE, file: unmarked }, database], real.folder);
    expect(await startIn(forged, 'demo')).toMatchObject(MIXED);
  });

  it('lies beside the folder of its counter, in one of the day, and takes no part in updates', async () => {
    const dataDir = join(temporaryFolder(), 'counter');
    mkdirSync(dataDir);
    const config = trainingConfig(dataDir);
    expect(config.dataDir).toMatch(new RegExp(`^${dataDir}[.]latihan/20\\d\\d-\\d\\d-\\d\\d$`));
    expect(config).toMatchObject({ mode: 'training', keyStoreKind: 'demo', installation: undefined });
  });

  it('whose birth broke off begins anew, with nothing of the first try in it', async () => {
    // The power went between the keys and the one commit that has everything else.
    const [other, folder] = [temporaryFolder(), temporaryFolder()];
    await (await practising({ folder: other })).stop();
    const empty = createTestCounter(folder);
    valueOf(await empty.start());
    await empty.stop();
    const [left, own] = [other, folder].map((one) => join(one, 'data', KEY_FILE));
    if (left === undefined || own === undefined) throw new Error('two files');
    cpSync(left, own);
    const counter = await practising({ folder });
    await sellInPractice(counter, 'AG 1001 LT', '20001');
    expect(readFileSync(own, 'utf8')).not.toBe(readFileSync(left, 'utf8'));
    expect(valueOf(await verifyData(counter.config, undefined)).problems).toEqual([]);
  });
});

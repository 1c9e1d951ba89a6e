import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { MACHINE_STEPS, SCANNER_TEST_TEXT, type SelfTestNote } from '../../../src/contract/self-test.ts';
import { createSecrets, saveSecrets } from '../../../src/main/core/device/key-store.ts';
import { clockStep } from '../../../src/main/core/self-test/clock-step.ts';
import { durabilityStep } from '../../../src/main/core/self-test/durability-step.ts';
import { qrStep } from '../../../src/main/core/self-test/qr-step.ts';
import { backupStep } from '../../../src/main/core/self-test/backup-step.ts';
import { selfTestSheet } from '../../../src/main/core/self-test/self-test-sheet.ts';
import { enterAs, openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { expectNowhere, filesBelow, traces } from '../../support/planted.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { registryRecord } from '../../support/registry-record.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { testConfig, type TestCounter } from '../../support/test-counter.ts';

const monoMs = (): number => performance.now();
const run = async (counter: TestCounter, step: (typeof MACHINE_STEPS)[number]) =>
  await counter.get('self-test.run', { step });

describe('the self-test of a counter', () => {
  const folder = useEnrolledFolder();

  it('runs every step of the computer, keeps what it found, and leaves the counter as it was', async () => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'petugas-1');
    const medium = temporaryFolder();
    await counter.get('mirror.set-folder', { folder: medium, medium: 'removable' });
    await counter.get('self-test.note', { noted: { step: 'printer', printerId: 'utama', columns: 48, cuts: true } });
    const before = counter.rows('SELECT seq, hash FROM entry ORDER BY seq');
    const files = (): readonly string[] => readdirSync(counter.config.dataDir).toSorted();
    const lying = files();
    const startedAt = performance.now();
    for (const step of MACHINE_STEPS) await run(counter, step);
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeLessThan(120_000);
    const results = await counter.get('self-test.results', {});
    expect(new Set(results.map(({ step }) => step))).toEqual(new Set(MACHINE_STEPS));
    const bad = results.filter(({ succeeded }) => !succeeded).map(({ step }) => step);
    // No line in this test; what the disk and the clock of the machine are worth is not the counter's to say.
    expect(bad.filter((step) => !['line', 'disk', 'clock', 'durability'].includes(step))).toEqual([]);
    expect(results.find(({ step }) => step === 'backup')?.payload['entries']).toBe(before.length);
    expect(counter.rows('SELECT seq, hash FROM entry ORDER BY seq')).toEqual(before);
    expect(files()).toEqual(lying);
    expect(readdirSync(medium).filter((name) => name.startsWith('.uji'))).toEqual([]);
    expect(counter.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('says what the line lacks: the name, the certificate, the answer', async () => {
    const tls = { ms: 3, fault: 'SELF_SIGNED_CERT_IN_CHAIN', fingerprint: 'AB:CD', authority: null };
    const cases = [
      [{ dns: null, tls: null, cards: ['eth0'], trusted: null }, /Nama server/],
      [{ dns: { ms: 1 }, tls, cards: ['eth0'], trusted: null }, /SELF_SIGNED_CERT_IN_CHAIN/],
      [{ dns: { ms: 1 }, tls: null, cards: ['eth0', 'wlan0'], trusted: null }, /ECONNREFUSED.*eth0, wlan0/],
    ] as const;
    for (const [probe, sentence] of cases) {
      const counter = await copiedCounter(folder(), { probeLine: async () => probe });
      const result = await run(counter, 'line');
      expect(result).toMatchObject({ succeeded: false, message: expect.stringMatching(sentence) });
    }
  });

  it('measures the line where there is one', async () => {
    const counter = await copiedCounter(folder());
    const server = fastify();
    for (const path of ['/healthz', '/openapi.json']) server.get(path, async () => 'x'.repeat(40_000));
    counter.line.plug(server);
    const result = await run(counter, 'line');
    expect(result).toMatchObject({ succeeded: true, payload: { cards: 1, dnsMs: 1, trusted: null } });
    expect(counter.line.requests).toEqual(['GET /healthz', 'GET /healthz', 'GET /healthz', 'GET /openapi.json']);
  });

  it('finds a medium that was pulled, and one that is no second disk', async () => {
    const counter = await copiedCounter(folder());
    expect(await run(counter, 'mirror')).toMatchObject({ succeeded: false, payload: { state: 'none' } });
    await enterAs(counter, 'petugas-1');
    const medium = temporaryFolder();
    await counter.get('mirror.set-folder', { folder: medium, medium: 'removable' });
    renameSync(medium, `${medium}-pulled`);
    expect(await run(counter, 'mirror')).toMatchObject({ succeeded: false, payload: { reason: 'NOT_THERE' } });
    renameSync(`${medium}-pulled`, medium);
    expect(await run(counter, 'mirror')).toMatchObject({ succeeded: true });
  });

  it('finds keys of another device in the place of its own', async () => {
    const counter = await copiedCounter(folder());
    const random = createSeededRandom('other');
    await saveSecrets(createSecrets(random), { config: counter.config, keepSecret: undefined, random });
    expect(await run(counter, 'key-store')).toMatchObject({
      succeeded: false,
      message: expect.stringMatching(/bukan kunci/),
    });
    rmSync(join(counter.config.dataDir, 'keys.json'));
    expect(await run(counter, 'key-store')).toMatchObject({
      succeeded: false,
      message: expect.stringMatching(/MISSING/),
    });
  });

  it('prints the ruler, and keeps what a person reads off it for every later paper', async () => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'petugas-1');
    const roll = {
      printerId: 'struk',
      kind: 'queue-raw',
      name: 'Struk',
      target: 'TM',
      widthMm: 80,
      role: 'first',
    } as const;
    await counter.get('printing.set-printers', { printers: [roll] });
    counter.printers.answer('struk', { outcome: 'failed', detail: 'PAPER_OUT' });
    expect(await run(counter, 'printer')).toMatchObject({ succeeded: false, payload: { reason: 'PAPER_OUT' } });
    counter.printers.answer('struk', { outcome: 'printed' });
    expect(await run(counter, 'printer')).toMatchObject({ succeeded: false, payload: { columns: null } });
    expect(counter.printers.papers.at(-1)?.document.blocks.some(({ kind }) => kind === 'ruler')).toBe(true);
    const noted = { step: 'printer', printerId: 'struk', columns: 42, cuts: false } as const;
    expect(await counter.get('self-test.note', { noted })).toMatchObject({ succeeded: true });
    expect(await counter.get('printing.printers', {})).toEqual([{ ...roll, columns: 42, cuts: false }]);
    expect(await run(counter, 'printer')).toMatchObject({ succeeded: true, payload: { columns: 42, cuts: false } });
    const other = { ...noted, printerId: 'lain' };
    expect(await counter.refusal('self-test.note', { noted: other })).toMatchObject({ code: 'PRINTER_UNKNOWN' });
    // Too narrow for the QR of a receipt.
    expect(await counter.refusal('self-test.note', { noted: { ...noted, columns: 24 } })).toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  it.each<[SelfTestNote, boolean, RegExp]>([
    [{ step: 'keys', arrived: ['F1', 'F2'], twins: [], missing: [] }, true, /Semua 2/],
    [{ step: 'keys', arrived: ['F1'], twins: ['F12'], missing: [] }, true, /F12 tidak sampai; pakai pasangan/],
    [{ step: 'keys', arrived: ['F1'], twins: [], missing: ['F9'] }, false, /F9 tidak sampai dan/],
    [{ step: 'scanner', matched: true, characters: SCANNER_TEST_TEXT.length, tookMs: 120 }, true, /utuh/],
    [{ step: 'scanner', matched: false, characters: 12, tookMs: 120 }, false, /bukan isi kode uji/],
    [{ step: 'scanner', matched: true, characters: 10, tookMs: 4000 }, false, /terlalu lambat/],
    [{ step: 'camera', works: true, width: 1920, height: 1080 }, true, /1\.920 x 1\.080/],
    [{ step: 'camera', works: true, width: 640, height: 480 }, false, /tidak akan terbaca/],
    [{ step: 'camera', works: false, width: 0, height: 0 }, false, /tidak memberi gambar/],
  ])('judges what the page saw: %o', async (noted, succeeded, sentence) => {
    const counter = await copiedCounter(folder());
    expect(await counter.refusal('self-test.note', { noted })).toMatchObject({
      code: 'NOT_SIGNED_IN',
    });
    await enterAs(counter, 'petugas-1');
    const result = await counter.get('self-test.note', { noted });
    expect(result).toMatchObject({ succeeded, message: expect.stringMatching(sentence) });
  });

  it('a step that breaks off is a finding with its reason, and the next one goes on', async () => {
    const counter = await copiedCounter(folder(), { probeLine: () => Promise.reject(new Error('the card is gone')) });
    expect(await run(counter, 'line')).toMatchObject({ succeeded: false, payload: { fault: 'UNKNOWN' } });
    expect((await run(counter, 'backup')).succeeded).toBe(true);
  });

  it('writes the sheet of the hand-over where it is told, or says why it cannot', async () => {
    const counter = await copiedCounter(folder());
    await run(counter, 'backup');
    const to = temporaryFolder();
    const { file, bytes } = await counter.get('self-test.save', { to });
    expect(readFileSync(file)).toHaveLength(bytes);
    expect(readFileSync(file).subarray(0, 4).toString()).toBe('%PDF');
    const own = await counter.get('self-test.save', {});
    expect(own.file).toContain(join(counter.config.dataDir, 'serah-terima'));
    rmSync(to, { recursive: true });
    const gone = await counter.refusal('self-test.save', { to });
    expect(gone).toMatchObject({ code: 'EXPORT_FAILED', details: { reason: 'NOT_THERE' } });
    writeFileSync(to, '');
    const noFolder = await counter.refusal('self-test.diagnostics', { to });
    expect(noFolder).toMatchObject({ code: 'EXPORT_FAILED', details: { reason: 'NOT_THERE' } });
    rmSync(to);
  });

  it('writes the desk card of this outlet where it is told, or says why it cannot', async () => {
    const counter = await copiedCounter(folder());
    expect(await counter.refusal('device.desk-card', {})).toMatchObject({ code: 'NOT_SIGNED_IN' });
    await enterAs(counter, 'petugas-1');
    const to = temporaryFolder();
    const { file, bytes } = await counter.get('device.desk-card', { to });
    expect(file).toBe(join(to, 'kartu-meja-3506-017.pdf'));
    const pdf = readFileSync(file);
    expect(pdf).toHaveLength(bytes);
    expect(pdf.toString('latin1')).toMatch(/^%PDF[^]*\(Kartu meja 3506-017\)/u);
    const own = await counter.get('device.desk-card', {});
    expect(own.file).toContain(join(counter.config.dataDir, 'serah-terima'));
    rmSync(to, { recursive: true });
    const gone = await counter.refusal('device.desk-card', { to });
    expect(gone).toMatchObject({ code: 'EXPORT_FAILED', details: { reason: 'NOT_THERE' } });
  });

  it('what support gets holds figures, and no person of a day of work', async () => {
    const counter = await openForBusiness(await copiedCounter(folder(), { ownLog: true }));
    await sellOffline(counter, 'AG 2345 KD');
    await sellOffline(counter, 'AG 5678 ØB');
    await counter.refusal('sign-in.begin', { officerId: 'petugas-2', pin: '000000' });
    const printers = [
      {
        printerId: 'x',
        kind: 'queue-raw',
        name: 'Printer Bu Khoirunnisa',
        target: '\\\\PC-KHOIRUNNISA\\TM',
        widthMm: 80,
        role: 'first',
      },
    ] as const;
    await counter.get('printing.set-printers', { printers: [...printers] });
    const records = await Promise.all(['AG 2345 KD', 'AG 5678 ØB'].map((nrkb) => registryRecord(counter, nrkb)));
    const planted = new Set(['Budi Pembayar', '081234567890', 'Khoirunnisa', 'KHOIRUNNISA', counter.config.dataDir]);
    for (const { nrkb, ownerName, ownerNik, chassisNumber, engineNumber } of records) {
      for (const secret of [nrkb, ownerName, ownerNik ?? nrkb, chassisNumber, engineNumber]) planted.add(secret);
    }
    const to = temporaryFolder();
    const { file } = await counter.get('self-test.diagnostics', { to });
    expectNowhere(filesBelow(to), planted, 'diagnostics');
    const facts = JSON.parse(readFileSync(file, 'utf8')) as { log: string[]; counter: { entries: number } };
    expect(facts.counter.entries).toBeGreaterThan(5);
    expect(facts.log.join('\n')).toContain('counter.started');
    // The search works: what is no secret is found.
    expect(traces('3506-017').some((trace) => readFileSync(file).includes(trace))).toBe(true);
  });
});

describe('steps that no test machine can be in', () => {
  it('a clock in another zone, one that is not believed, and one that is', async () => {
    const clock = (timeTrust: 'anchored' | 'rtc' | 'suspect', zone: string) =>
      clockStep(
        { now: () => 0, state: () => ({ timeTrust, jumpMs: null, needsAcknowledgement: false }) },
        () => 0,
        zone,
      )();
    expect(await clock('anchored', 'Asia/Jakarta')).toMatchObject({ succeeded: true });
    expect(await clock('rtc', 'Asia/Jakarta')).toMatchObject({
      succeeded: true,
      message: expect.stringMatching(/belum dicocokkan/),
    });
    expect(await clock('anchored', 'Asia/Singapore')).toMatchObject({ succeeded: false });
    expect(await clock('suspect', 'Asia/Jakarta')).toMatchObject({
      succeeded: false,
      message: expect.stringMatching(/tidak dipercaya/),
    });
  });

  it('a database that does not wait for the disk', async () => {
    const info = () => ({ sqliteVersion: '3', journalMode: 'wal', synchronous: 1 });
    const result = await durabilityStep(temporaryFolder(), { info }, monoMs)();
    expect(result).toMatchObject({ succeeded: false, message: expect.stringMatching(/tidak menunggu disk/) });
  });

  it('a QR that reads as something else, or not at all', async () => {
    const random = createSeededRandom('qr');
    for (const codes of [['https://opop.example/t#lain'], [], undefined]) {
      const step = qrStep({ random, monoMs, readCodes: async () => codes });
      expect(await step()).toMatchObject({ succeeded: false });
    }
  });

  it('a copy that is not what was copied', async () => {
    const counter = testConfig(temporaryFolder());
    const step = backupStep({
      dataDir: counter.dataDir,
      monoMs,
      backup: async () => undefined,
      newest: async () => ({ entries: 3, head: 'x' }),
    });
    await expect(step()).rejects.toThrow();
  });

  it('a sheet without a result says so for every step', async () => {
    const owner = { outletName: 'Gerai', deviceNo: 1, appVersion: '1', training: false, writtenAt: 0 };
    const pdf = await selfTestSheet([], owner);
    expect(Buffer.from(pdf).subarray(0, 4).toString()).toBe('%PDF');
  });
});

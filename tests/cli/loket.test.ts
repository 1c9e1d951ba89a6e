import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { encodeReceiptProof, decodeReceiptProof } from '../../src/contract/receipt-statement.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { openHandle } from '../../src/main/core/db/driver.ts';
import { voidReceipt } from '../../src/province/feeds/voided-receipts.ts';
import { serveCounter } from '../../src/main/shells/browser/serve-counter.ts';
import { openForBusiness, pinOf, prepared, sellOffline, sync, tailOf } from '../support/at-the-counter.ts';
import { copiedCounter, enrolledCounter, useEnrolledFolder, useProvince } from '../support/enrolled-counter.ts';
import { type Conversation, converse, runLoket } from '../support/loket-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createTestCounter, testConfig } from '../support/test-counter.ts';
import { openTestProvince } from '../support/test-province.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the command line', () => {
  it('explains itself, command by command', async () => {
    const { code, stdout } = await runLoket(['--help']);
    expect(code).toBe(0);
    const commands = ['assess', 'serve', 'enrol', 'call', 'sync', 'verify', 'status', 'backup', 'verify-receipt'];
    for (const command of commands) expect(stdout).toContain(`loket ${command}`);
    const one = await runLoket(['sync', '--help']);
    expect(one.stdout).toContain('loket sync --data DIR');
  });

  it('refuses what it does not know as a line of JSON, with 2', async () => {
    const wrong = [
      [['fly'], 'UNKNOWN_COMMAND'],
      [['sync', '--fast'], 'OPTION_WRONG'],
      [['sync'], 'OPTION_MISSING'],
      [['status', '--data', join(tmpdir(), 'loket-there-is-nothing')], 'NOT_ENROLLED'],
      [['sync', '--data', 'x', '--timeout', 'soon'], 'OPTION_WRONG'],
      [['serve', '--data', 'x', '--port', '70000'], 'OPTION_WRONG'],
    ] as const;
    const program = join(root, 'src/main/cli.ts');
    const answers = await Promise.all(wrong.map(([args]) => runLoket(args, { program })));
    for (const [index, [args, code]] of wrong.entries()) {
      expect(answers[index]?.code, args.join(' ')).toBe(2);
      expect(answers[index]?.lines, args.join(' ')).toMatchObject([{ error: { code } }]);
    }
  });

  it('lists every procedure with its schemas', async () => {
    const { lines, code } = await runLoket(['call', '--list']);
    expect(code).toBe(0);
    expect(lines.length).toBeGreaterThan(35);
    expect(lines[0]).toMatchObject({
      method: 'counter.status',
      kind: 'query',
      access: 'public',
      input: {},
      output: {},
    });
  });
});

describe('a counter without a screen', () => {
  const province = useProvince();
  const folder = mkdtempSync(join(tmpdir(), 'loket-cli-'));
  const data = join(folder, 'counter');
  const pinFile = join(folder, 'pin');
  const asOfficer = ['--data', data, '--as', 'petugas-1', '--pin-file', pinFile];
  const place: { origin: string } = { origin: '' };
  beforeAll(async () => {
    place.origin = await province().server.listen({ host: '127.0.0.1', port: 0 });
    writeFileSync(pinFile, `${pinOf('petugas-1')}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const valueOf = async (talk: Conversation, method: string, input?: unknown): Promise<Record<string, unknown>> => {
    const answer = (await talk.ask(method, input)) as { ok: boolean; value: Record<string, unknown> };
    if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer)}`);
    return answer.value;
  };
  const sell = async (talk: Conversation, nrkb: string): Promise<Record<string, unknown>> => {
    const cards = (await valueOf(talk, 'vehicles.find', { text: nrkb })) as unknown as { vehicleId: string }[];
    const draft = await valueOf(talk, 'transactions.begin', { vehicleId: cards[0]?.vehicleId });
    const { transactionId } = draft;
    const { documents } = await valueOf(talk, 'transactions.confirm', { transactionId, chassisTail: tailOf(nrkb) });
    const ticks = (documents as { kind: string }[]).map(({ kind }) => ({ kind, present: true }));
    await valueOf(talk, 'transactions.set-documents', { transactionId, documents: ticks });
    const payer = { transactionId, name: 'Budi', phone: null, blankReason: null, isOwner: true };
    const { amount } = await valueOf(talk, 'transactions.set-payer', payer);
    const { payable } = amount as { payable: number };
    return await valueOf(talk, 'transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
  };

  it('is enrolled by a code, sells, sends, and proves itself, command by command', async () => {
    const enrol = ['enrol', '--data', data, '--province', place.origin, '--key-store', 'demo', '--code'];
    const wrongCode = await runLoket([...enrol, 'ABCDE-FGHJK']);
    expect(wrongCode).toMatchObject({
      code: 2,
      lines: [{ error: { code: 'ENROLMENT_CODE_INVALID', path: ['code'] } }],
    });
    const enrolled = await runLoket([...enrol, await province().code()]);
    expect(enrolled).toMatchObject({ code: 0, lines: [{ outletId: '3506-017' }] });
    const again = await runLoket([...enrol, await province().code()]);
    expect(again).toMatchObject({ code: 2, lines: [{ error: { code: 'ALREADY_ENROLLED' } }] });

    const talk = converse(asOfficer);
    await valueOf(talk, 'cash-session.open', { float: [] });
    const paid = await sell(talk, 'AG 2345 KD');
    expect(paid['receiptNumber']).toMatch(/^3506-017-01-/);
    expect(await talk.ask('transactions.pay', {})).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
    expect(await talk.end(), 'one refused line').toBe(2);

    const before = await runLoket(['status', '--data', data]);
    expect(before).toMatchObject({
      code: 0,
      lines: [{ outletId: '3506-017', deviceNo: 1, quarantined: 0, running: false }],
    });
    const synced = await runLoket(['sync', '--data', data, '--timeout', '20']);
    expect(synced).toMatchObject({ code: 0, lines: [{ unsent: 0, quarantined: 0 }] });
    const verified = await runLoket(['verify', '--data', data]);
    expect(verified).toMatchObject({ code: 0, lines: [{ ok: true, problems: [] }] });

    const out = join(folder, 'backup.sqlite');
    expect(await runLoket(['backup', '--data', data, '--out', out])).toMatchObject({ code: 0, lines: [{ out }] });
    expect(readFileSync(out).subarray(0, 15).toString()).toBe('SQLite format 3');
    const twice = await runLoket(['backup', '--data', data, '--out', out]);
    expect(twice).toMatchObject({ code: 2, lines: [{ error: { code: 'EXPORT_FAILED' } }] });
  });

  it('tells that there is no line instead of waiting for ever', async () => {
    const own = join(temporaryFolder(), 'counter');
    cpSync(data, own, { recursive: true });
    const handle = openHandle(join(own, 'counter.sqlite'), { readOnly: false, create: false, busyTimeoutMs: 1000 });
    handle.exec(`UPDATE device SET province_url = 'http://127.0.0.1:9'`);
    handle.close();
    const { code, lines } = await runLoket(['sync', '--data', own, '--once']);
    expect(code).toBe(2);
    expect(lines).toMatchObject([{ error: { code: 'NO_LINE' } }]);
  });

  it('finds a byte of an entry that somebody changed in a copy', async () => {
    const own = join(temporaryFolder(), 'counter');
    cpSync(data, own, { recursive: true });
    const handle = openHandle(join(own, 'counter.sqlite'), { readOnly: false, create: false, busyTimeoutMs: 1000 });
    // The triggers guard against a program, not against somebody with an editor of his own.
    handle.exec('DROP TRIGGER entry_refuses_update');
    handle.exec(`UPDATE entry SET text = replace(text, '"total":284000', '"total":184000')
      WHERE type = 'transaction.paid'`);
    handle.close();
    const { code, lines } = await runLoket(['verify', '--data', own]);
    expect(code).toBe(2);
    expect(lines).toMatchObject([
      { ok: false, problems: expect.arrayContaining([expect.objectContaining({ seq: expect.any(Number) })]) },
    ]);
    expect(await runLoket(['verify', '--data', data])).toMatchObject({ code: 0 });
  });
});

describe('loket beside a running counter', () => {
  const folder = useEnrolledFolder();

  it('goes in through its door, and both see the same sale', async () => {
    const own = temporaryFolder();
    cpSync(folder(), own, { recursive: true });
    const page = join(own, 'page');
    mkdirSync(page);
    writeFileSync(join(page, 'index.html'), '<title>Loket</title>');
    const counter = createTestCounter(own);
    const served = await serveCounter(() => counter.app, { pageFolder: page, port: 0 });
    if (!served.ok) throw new Error(JSON.stringify(served.error));
    onTestFinished(() => served.value.stop());
    await openForBusiness(counter);
    const paid = await sellOffline(counter, 'AG 2345 KD');
    const { dataDir } = counter.config;
    const stdin = [
      { id: 'a', method: 'transactions.search', input: { text: paid.receiptNumber } },
      { id: 'b', method: 'sign-in.current' },
      'no json',
    ];
    const { code, lines } = await runLoket(['call', '--data', dataDir], {
      stdin: stdin.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
    });
    expect(lines).toMatchObject([
      { id: 'a', ok: true, value: [{ receiptNumber: paid.receiptNumber }] },
      { id: 'b', ok: true, value: { officerId: 'petugas-1' } },
      { id: null, ok: false, error: { code: 'BAD_FRAME' } },
    ]);
    expect(code).toBe(2);
    expect(await runLoket(['status', '--data', dataDir])).toMatchObject({ code: 0, lines: [{ running: true }] });
    // A verifier never writes, so it may look beside the running counter.
    expect(await runLoket(['verify', '--data', dataDir])).toMatchObject({ code: 0, lines: [{ ok: true }] });
  });

  it('does not get in where the counter has opened no door, and disturbs nothing', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const refused = await runLoket(['call', '--data', counter.config.dataDir], {
      stdin: '{"id":1,"method":"counter.status"}',
    });
    expect(refused).toMatchObject({ code: 2, lines: [{ error: { code: 'DATA_IN_USE' } }] });
    expect(refused.stdout).toContain('Loket sudah berjalan dengan data ini');
    await sellOffline(counter, 'AG 2345 KD');
  });

  it('says that its port is taken, with the port, and leaves the data alone', async () => {
    const own = temporaryFolder();
    cpSync(folder(), own, { recursive: true });
    // A checkout whose screens are built, so that serving gets as far as the port.
    const checkout = join(own, 'checkout');
    mkdirSync(join(checkout, 'out', 'renderer'), { recursive: true });
    writeFileSync(join(checkout, 'out', 'renderer', 'index.html'), '<title>Loket</title>');
    for (const name of ['src', 'node_modules', 'resources', 'package.json'])
      symlinkSync(join(root, name), join(checkout, name));
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { dataDir } = testConfig(own);
    const { code, lines, stderr } = await runLoket(['serve', '--data', dataDir, '--port', port, '--no-open'], {
      program: join(checkout, 'src/main/cli.ts'),
      nodeArgs: ['--preserve-symlinks', '--preserve-symlinks-main'],
    });
    expect(code).toBe(2);
    expect(lines).toMatchObject([{ error: { code: 'PORT_IN_USE', path: ['port'] } }]);
    expect(stderr).toContain(`Port ${port} dipakai program lain`);
    expect(existsSync(join(dataDir, 'door.json'))).toBe(false);
  });
});

describe('loket verify-receipt', () => {
  const folder = useEnrolledFolder();

  it('tells a genuine paper from a forged, a foreign and a voided one, with public keys alone', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId, total } = await sellOffline(counter, 'AG 2345 KD');
    const qr = counter.printers.papers[0]?.document.blocks.find((block) => block.kind === 'qr')?.payload ?? '';
    const [device] = counter.rows('SELECT root_key FROM device');
    const keys = join(counter.folder, 'keys.json');
    writeFileSync(keys, JSON.stringify([device?.['root_key']]));
    const foreign = join(counter.folder, 'foreign.json');
    writeFileSync(foreign, JSON.stringify(['A'.repeat(43)]));
    const voids = join(counter.folder, 'voids.json');
    // As `province voids` prints the items of the feed; a plain id does as well.
    const voidedItem = { entryHash: 'A'.repeat(43), transactionId, voidedAt: 0 };
    writeFileSync(voids, JSON.stringify([voidedItem]));
    const plainVoids = join(counter.folder, 'plain-voids.json');
    writeFileSync(plainVoids, JSON.stringify([transactionId]));
    const proof = decodeReceiptProof(qr);
    if (proof === undefined) throw new Error('the QR is no receipt');
    const cheaper = encodeReceiptProof({ ...proof, statement: { ...proof.statement, total: rupiah(total - 100_000) } });
    const check = (file: string, stdin: string, ...more: readonly string[]) =>
      runLoket(['verify-receipt', '--keys', file, ...more], { stdin });
    const [genuine, forged, other, voided, plainly, none, badKeys] = await Promise.all([
      check(keys, `${qr}\n`),
      check(keys, cheaper),
      check(foreign, qr),
      check(keys, qr, '--voids', voids),
      check(keys, qr, '--voids', plainVoids),
      check(keys, 'https://opop.example/t#halo'),
      check(join(counter.folder, 'none.json'), qr),
    ]);
    expect(genuine).toMatchObject({
      code: 0,
      lines: [
        { genuine: true, voided: false, outletId: '3506-017', statement: { transactionId, total, nrkb: 'AG 2345 KD' } },
      ],
    });
    expect(forged).toMatchObject({ code: 2, lines: [{ genuine: false, problem: 'RECEIPT_FORGED' }] });
    expect(other).toMatchObject({ code: 2, lines: [{ genuine: false, problem: 'OTHER_ROOT' }] });
    expect(voided).toMatchObject({ code: 2, lines: [{ genuine: true, voided: true }] });
    expect(plainly).toMatchObject({ code: 2, lines: [{ genuine: true, voided: true }] });
    expect(none).toMatchObject({ code: 2, lines: [{ genuine: false, problem: 'NOT_A_RECEIPT' }] });
    expect(badKeys).toMatchObject({ code: 2, lines: [{ error: { code: 'FILE_WRONG', path: ['keys'] } }] });
    const { transactionId: arriving } = await prepared(counter, 'AG 3456 EF');
    await counter.get('transactions.record-arrival', { transactionId: arriving });
    const slip = counter.printers.papers.at(-1)?.document.blocks.find((block) => block.kind === 'qr')?.payload ?? '';
    const [arrived, forgedSlip] = await Promise.all([
      check(keys, slip),
      check(keys, slip.replace('20260310+', '20260301+')),
    ]);
    expect(arrived).toMatchObject({
      code: 0,
      lines: [
        {
          genuine: true,
          paper: 'slip',
          outletId: '3506-017',
          statement: { kind: 'arrival', on: '2026-03-10', subject: 'AG 3456 EF' },
        },
      ],
    });
    expect(forgedSlip).toMatchObject({ code: 2, lines: [{ genuine: false, paper: 'slip', problem: 'SLIP_FORGED' }] });
    await counter.stop();
    // Beside its own data the counter needs no key file.
    const byData = await runLoket(['verify-receipt', '--data', counter.config.dataDir], { stdin: qr });
    expect(byData).toMatchObject({ code: 0, lines: [{ genuine: true }] });
  });

  it('says of a voided paper that it is, wherever a folder with the feed is named, also beside a key file', async () => {
    const province = await openTestProvince();
    onTestFinished(() => province.close());
    const counter = await openForBusiness(await enrolledCounter(province));
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    const { transactionId: other } = await sellOffline(counter, 'AG 3456 EF');
    const papers = counter.printers.papers.flatMap(({ document }) =>
      document.blocks.flatMap((block) => (block.kind === 'qr' && block.payload.includes('/t#') ? [block.payload] : [])),
    );
    const qrOf = (id: string) => papers.find((qr) => decodeReceiptProof(qr)?.statement.transactionId === id) ?? '';
    await sync(counter);
    const [device] = counter.rows('SELECT device_id, root_key FROM device');
    const voided = await voidReceipt(province.province.context, String(device?.['device_id']), transactionId, 'salah');
    expect(voided.ok).toBe(true);
    await sync(counter);
    await counter.stop();
    const keys = join(counter.folder, 'keys.json');
    writeFileSync(keys, JSON.stringify([device?.['root_key']]));
    const { dataDir } = counter.config;
    const check = (stdin: string, ...options: readonly string[]) => runLoket(['verify-receipt', ...options], { stdin });
    const both = ['--keys', keys, '--data', dataDir];
    const [beside, alone, keysOnly, good] = await Promise.all([
      check(qrOf(transactionId), ...both),
      check(qrOf(transactionId), '--data', dataDir),
      check(qrOf(transactionId), '--keys', keys),
      check(qrOf(other), ...both),
    ]);
    const asVoided = { code: 2, lines: [{ genuine: true, voided: true, verdict: 'asli tetapi dibatalkan' }] };
    expect(beside).toMatchObject(asVoided);
    expect(alone).toMatchObject(asVoided);
    expect(keysOnly).toMatchObject({ code: 0, lines: [{ voided: false }] });
    expect(good).toMatchObject({ code: 0, lines: [{ voided: false, verdict: 'asli' }] });
    // The feed speaks of an entry: a paper whose entry stands here under another hash is another sale.
    const handle = openHandle(join(dataDir, 'counter.sqlite'), { readOnly: false, create: false, busyTimeoutMs: 1000 });
    handle.exec(`UPDATE voided_receipt SET entry_hash = '${'A'.repeat(43)}'`);
    handle.close();
    expect(await check(qrOf(transactionId), ...both)).toMatchObject({ code: 0, lines: [{ voided: false }] });
  });
});

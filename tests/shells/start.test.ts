import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

/** A first start builds the screens, makes a database and its data; other suites may share the two cores. */
const STEP_MS = 100_000;
const TEST_MS = 200_000;

/** `npm start` as a person runs it: a program with a terminal. */
type Started = {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly line: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly type: (key: string) => void;
  readonly ended: Promise<number | null>;
};

const children = new Set<ChildProcess>();

function start(args: readonly string[]): Started {
  const child = spawn(process.execPath, ['bin/start.mjs', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  children.add(child);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (text) => lines.push(text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const find = (pattern: RegExp): RegExpExecArray | undefined =>
    lines.map((text) => pattern.exec(text)).find((match) => match !== null) ?? undefined;
  const line = async (pattern: RegExp): Promise<RegExpExecArray> => {
    // A program that ended says nothing more: the wait ends with it. What it said last may still be on its way.
    const said = (): boolean => find(pattern) !== undefined || child.stdout.closed;
    await expect.poll(said, { timeout: STEP_MS, interval: 20 }).toBe(true);
    const found = find(pattern);
    if (found === undefined) throw new Error(`it ended without a line like ${String(pattern)}: ${lines.join('\n')}`);
    return found;
  };
  return { child, lines, line, type: (key) => child.stdin.write(`${key}\n`), ended };
}

async function ask(url: string, method: string): Promise<unknown> {
  const { origin, hash } = new URL(url);
  const answer = await fetch(`${origin}/rpc`, {
    method: 'POST',
    headers: { origin, 'x-loket-secret': hash.slice(1), 'content-type': 'application/json' },
    body: JSON.stringify({ id: '1', method, input: {} }),
  });
  return answer.json();
}

const isUp = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    // Nobody answers there: it is down.
    return false;
  }
};

describe('npm start', () => {
  let folder: string;
  let taken: ReturnType<typeof createServer>;
  let port: number;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opop-start-'));
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterEach(async () => {
    // A test that failed half-way must not leave a province behind.
    for (const child of children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    }
    children.clear();
  });
  afterAll(async () => {
    taken.close();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'runs province and counter, enrolled, with officers and their PINs, and stops both',
    async () => {
      const started = start(['--data', folder, '--port', String(port), '--no-open']);
      const [, url = ''] = await started.line(/^ {2}Loket +(http:\S+)/);
      const [, provinceUrl = ''] = await started.line(/^ {2}Bapenda +(http:\S+) /);
      await started.line(/PIN \d{6} {2}petugas/);
      await started.line(/Hanya alamat: diminta dengan --no-open/);
      // The wished port was taken: said, and another was found.
      await started.line(new RegExp(`Port ${port} dipakai program lain`));
      expect(await ask(url, 'counter.status')).toMatchObject({
        ok: true,
        value: { enrolled: true, mode: 'demo', outlet: { outletId: '3506-017' }, line: { provinceUrl } },
      });
      expect(await isUp(provinceUrl)).toBe(true);

      started.type('p');
      await started.line(/Bapenda contoh dimatikan/);
      expect(await isUp(provinceUrl)).toBe(false);
      expect(await ask(url, 'sign-in.officers')).toMatchObject({ ok: true });

      started.type('p');
      const [, again] = await started.line(/Bapenda contoh menyala lagi di (http:\S+)\./);
      expect(again).toBe(provinceUrl);
      expect(await isUp(provinceUrl)).toBe(true);

      started.type('q');
      expect(await started.ended).toBe(0);
      expect(await isUp(provinceUrl)).toBe(false);
      expect(existsSync(join(folder, 'counter', 'door.json'))).toBe(false);
    },
    TEST_MS,
  );

  it(
    'finds its data at the second start, is not started twice on them, and ends by the signal of the system',
    async () => {
      const started = start(['--data', folder, '--port', '0', '--no-open']);
      const [, url = ''] = await started.line(/^ {2}Loket +(http:\S+)/);
      const [, provinceUrl = ''] = await started.line(/^ {2}Bapenda +(http:\S+) /);
      await started.line(/Ketik p lalu Enter/);
      expect(started.lines.join('\n')).not.toContain('Mendaftarkan');
      expect(await ask(url, 'counter.status')).toMatchObject({ value: { enrolled: true } });

      const twice = start(['--data', folder, '--port', '0', '--no-open']);
      expect(await twice.ended).toBe(2);
      expect(twice.lines.join('\n')).toContain(`Sudah berjalan dengan data ini (Bapenda contoh di ${provinceUrl})`);
      expect(await isUp(provinceUrl)).toBe(true);

      started.child.kill('SIGTERM');
      expect(await started.ended).toBe(0);
    },
    TEST_MS,
  );

  it(
    'leaves nothing running when it is ended half-way through its start',
    async () => {
      const started = start(['--data', folder, '--port', '0', '--no-open']);
      await started.line(/Menyalakan Bapenda contoh/);
      started.child.kill('SIGTERM');
      expect(await started.ended).toBe(130);
      const again = start(['--data', folder, '--port', '0', '--no-open']);
      await again.line(/Menyalakan Bapenda contoh/);
      again.child.kill('SIGTERM');
      // Had the first left a province behind, this one would have found it running (2).
      expect(await again.ended).toBe(130);
    },
    TEST_MS,
  );

  it(
    'runs for a real province, says that the data is in use, and leaves the other counter alone',
    async () => {
      const data = join(folder, 'shared');
      const first = start(['--province', 'http://127.0.0.1:9', '--data', data, '--port', '0', '--no-open']);
      await first.line(/Loket berjalan untuk http:\/\/127\.0\.0\.1:9\./);
      const [, url = ''] = await first.line(/Buka di peramban: (http:\S+)/);
      const second = start(['--province', 'http://127.0.0.1:9', '--data', data, '--port', '0', '--no-open']);
      expect(await second.ended).toBe(2);
      expect(second.lines.join('\n')).toMatch(/Loket sudah berjalan dengan data ini.*DATA_IN_USE/);
      expect(await ask(url, 'counter.status')).toMatchObject({ ok: true });
      first.child.kill('SIGTERM');
      expect(await first.ended).toBe(0);
    },
    TEST_MS,
  );
});

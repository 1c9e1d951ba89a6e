import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProvince } from '../../src/province/cli/run.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/province.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'loket-province-'));
const data = join(folder, 'data');

type Ran = {
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly stderr: string;
};

function run(...args: readonly string[]): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => {
      const lines = output.stdout.split('\n').filter(Boolean);
      done({ code, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>), stderr: output.stderr });
    });
  });
}

type Served = {
  readonly url: string;
  readonly ended: Promise<number | null>;
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
};

async function serve(...args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url: string };
    return {
      url,
      ended,
      end: (signal) => {
        child.kill(signal);
        return ended;
      },
    };
  }
  throw new Error('the province ended before it was ready');
}

/** Where the cluster of a data folder lies: beside it, or where `nobody` can enter. */
function clusterOf(folderOfData: string): string {
  const { folder: found } = JSON.parse(readFileSync(join(folderOfData, 'cluster.json'), 'utf8')) as { folder: string };
  return resolve(folderOfData, found);
}

/** Process number of the PostgreSQL that this test started. */
function postmasterOf(folderOfData: string): number {
  return Number(readFileSync(join(clusterOf(folderOfData), 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

const fail = (): never => {
  throw new Error('nothing of this kind was expected');
};

const health = async (url: string): Promise<number> => (await fetch(`${url}/healthz`)).status;

beforeAll(() => void mkdirSync(data));
afterAll(() => {
  rmSync(clusterOf(data), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

describe('the command line of the province', () => {
  it('serves, lets other commands join, keeps its port over a restart, and survives kill -9', async () => {
    const made = await run('demo-data', '--data', data, '--vehicles', '20', '--seed', '3', '--today', '2026-11-22');
    expect(made.code).toBe(0);
    expect(made.lines[0]).toMatchObject({ kind: 'demo-data', seed: 3, vehicles: 20, defaultOutlet: '3506-017' });
    expect(made.lines.filter(({ kind }) => kind === 'officer')).toHaveLength(25);

    const first = await serve();
    expect(await health(first.url)).toBe(200);
    const code = await run('enrolment-code', '--data', data, '--outlet', '3506-017');
    expect(code.lines).toMatchObject([{ outletId: '3506-017', code: expect.stringMatching(/^([0-9A-Z]{5}-?){7}$/) }]);
    const policy = await run('set-policy', '--data', data, '--set', 'offlineCash=intake-only');
    expect(policy.lines).toMatchObject([{ offlineCash: 'intake-only' }]);
    const paid = await run('outside-payment', '--data', data, '--nrkb', 'ag2345kd', '--due', '2026-12-12');
    expect(paid).toMatchObject({
      code: 0,
      lines: [{ nrkb: 'AG 2345 KD', periods: ['2026-12-12'], channel: 'SIGNAL' }],
    });
    await first.end('SIGKILL');

    const second = await serve();
    expect(second.url).toBe(first.url);
    expect(await health(second.url)).toBe(200);
    const inUse = await run('serve', '--data', data, '--port', new URL(second.url).port);
    expect(inUse).toMatchObject({ code: 2, lines: [{ error: { code: 'PORT_IN_USE', path: 'port' } }] });
    process.kill(postmasterOf(data), 'SIGKILL');
    expect(await second.ended).toBe(1);

    const third = await serve();
    expect(third.url).toBe(first.url);
    expect(await third.end('SIGTERM')).toBe(0);
    await expect(health(second.url)).rejects.toThrow();

    const verified = await run('verify', '--data', data);
    expect(verified).toMatchObject({ code: 0, lines: [{ ok: true, problems: [] }] });
    const again = await run('outside-payment', '--data', data, '--nrkb', 'AG 2345 KD', '--due', '2026-12-12');
    expect(again).toMatchObject({ code: 2, lines: [{ error: { code: 'ALREADY_PAID', path: 'due' } }] });
    expect(statSync(join(data, 'keys', 'root.pem')).mode & 0o777).toBe(0o600);
    expect(statSync(join(data, 'cluster.json')).mode & 0o777).toBe(0o600);
  });

  it('refuses with a code and a path, and touches nothing', async () => {
    const empty = join(folder, 'empty');
    const refusals: readonly (readonly [readonly string[], string, string | null])[] = [
      [['nonsense'], 'UNKNOWN_COMMAND', null],
      [['serve', '--prot', '1'], 'BAD_ARGUMENTS', null],
      [['serve', '--port', 'many'], 'BAD_ARGUMENTS', 'port'],
      [['outside-payment', '--nrkb', 'AG O123 X', '--due', '2026-01-01'], 'NRKB_INVALID', 'nrkb'],
      [['outside-payment', '--nrkb', 'AG 1 X', '--due', '2026-02-30'], 'BAD_ARGUMENTS', 'due'],
      [['set-policy'], 'BAD_ARGUMENTS', 'set'],
      [['selling', 'perhaps'], 'BAD_ARGUMENTS', null],
      [['revoke-device', '--device', 'this'], 'BAD_ARGUMENTS', 'device'],
      [['publish-rules', '/nowhere.json'], 'FILE_UNREADABLE', '/nowhere.json'],
    ];
    for (const [args, code, path] of refusals) {
      const lines: unknown[] = [];
      const exit = await runProvince([...args, '--data', empty], (line) => lines.push(line), fail);
      expect([exit, lines], args.join(' ')).toMatchObject([2, [{ error: { code, path } }]]);
    }
    expect(() => statSync(empty)).toThrow();
  });

  it('explains each command with an example', async () => {
    const said: string[] = [];
    expect(await runProvince(['--help'], fail, (text) => said.push(text))).toBe(0);
    const help = said.join('');
    for (const name of [
      'serve',
      'demo-data',
      'enrolment-code',
      'outside-payment',
      'verify',
      'set-policy',
      'publish-rules',
      'officers',
      'outbox',
      'devices',
      'revoke-device',
      'selling',
    ]) {
      expect(help, name).toContain(`npm run -s province -- ${name}`);
    }
  });
});

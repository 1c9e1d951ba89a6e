import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCode, pairKey } from '../../src/province/approvals/pair-keys.ts';
import { pairsOf } from '../../src/province/approvals/supervisors.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

const OTHER_OUTLET = '3518-004';
const folder = mkdtempSync(join(tmpdir(), 'loket-approvals-'));
let world: TestProvince;
let counter: TestDevice;
let own: TestDevice;
beforeAll(async () => {
  world = await openTestProvince({ ownKeys: true });
  // Commands go by the clock on the wall.
  world.clock.now = Date.now();
  counter = await TestDevice.enrol(world.server, await world.code());
  own = await TestDevice.enrol(world.server, await world.code());
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const fail = (): never => {
  throw new Error('nothing of this kind was expected');
};

/** Runs one command on the database of the test, as an administrator beside the running server does. */
async function province(
  ...args: readonly string[]
): Promise<{ code: number; lines: readonly Record<string, unknown>[] }> {
  const lines: Record<string, unknown>[] = [];
  const place = ['--data', folder, '--database-url', world.databaseUrl, '--keys', world.keysFolder];
  const code = await runProvince([...args, ...place], (line) => lines.push(line as Record<string, unknown>), fail);
  return { code, lines };
}

const codeOf = ({ lines }: Awaited<ReturnType<typeof province>>): unknown => {
  const error = lines[0]?.['error'];
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
};

describe('the commands of approvals', () => {
  it('make a device a supervisor’s own: he gets every counter under him, and never the device itself', async () => {
    const appointed = await province('supervisor-device', '--supervisor', 'pengawas', '--device', own.deviceId);
    expect(appointed.code).toBe(0);
    const { context } = world.province;
    const pairs = await pairsOf(context.db, context, 'pengawas');
    expect(pairs.map(({ counterId }) => counterId)).toEqual([counter.deviceId]);
    expect(codeOf(await province('supervisor-device', '--supervisor', 'petugas-1', '--device', own.deviceId))).toBe(
      'NOT_A_SUPERVISOR',
    );
    expect(codeOf(await province('supervisor-device', '--supervisor', 'pengawas', '--device', randomUUID()))).toBe(
      'DEVICE_UNKNOWN',
    );
  });

  it('put an outlet under a supervisor: its counters are his from then on', async () => {
    const other = await TestDevice.enrol(world.server, await world.code(OTHER_OUTLET));
    const { context } = world.province;
    const ids = async () => (await pairsOf(context.db, context, 'pengawas')).map(({ counterId }) => counterId);
    expect(await ids()).not.toContain(other.deviceId);
    expect((await province('supervise', '--supervisor', 'pengawas', '--outlet', OTHER_OUTLET)).code).toBe(0);
    expect(await ids()).toContain(other.deviceId);
    expect(codeOf(await province('supervise', '--supervisor', 'pengawas', '--outlet', '9999-999'))).toBe(
      'OUTLET_UNKNOWN',
    );
  });

  it('write a sealed list once, readable by its owner only, each list with a number and codes of its own', async () => {
    const write = async (name: string) => {
      const file = join(folder, name);
      const who = ['--device', counter.deviceId, '--supervisor', 'pengawas'];
      return { file, done: await province('code-list', ...who, '--count', '3', '--file', file) };
    };
    const [first, second] = [await write('satu.txt'), await write('dua.txt')];
    expect([first.done.lines[0], second.done.lines[0]]).toMatchObject([
      { list: 1, codes: 3 },
      { list: 2, codes: 3 },
    ]);
    const text = readFileSync(second.file, 'utf8');
    const key = pairKey(world.province.context.keys.approval, 'pengawas', counter.deviceId);
    const code = listCode(key, counter.deviceId, 2, 3);
    expect(text).toContain(`   3   ${code.slice(0, 4)} ${code.slice(4)}`);
    expect(readFileSync(first.file, 'utf8')).not.toContain(code.slice(0, 4) + ' ' + code.slice(4));
    expect(statSync(first.file).mode & 0o077).toBe(0);
    expect(codeOf((await write('satu.txt')).done)).toBe('FILE_UNWRITABLE');
  });

  it('say nothing for an approval that nobody used', async () => {
    expect((await province('approvals')).lines).toEqual([]);
    expect(codeOf(await province('approval', '--id', randomUUID(), '--say', 'confirmed'))).toBe('APPROVAL_UNKNOWN');
    expect(codeOf(await province('approval', '--id', randomUUID(), '--say', 'perhaps'))).toBe('BAD_ARGUMENTS');
  });
});

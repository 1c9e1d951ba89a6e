import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { depositDecisionSchema } from '../../src/contract/feeds.ts';
import { localDateAt } from '../../src/domain/local-date.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { readCustodyFigures } from '../../src/province/loss/custody-figures.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

const folder = mkdtempSync(join(tmpdir(), 'loket-deposits-'));
let world: TestProvince;
let device: TestDevice;
beforeAll(async () => {
  world = await openTestProvince({ ownKeys: true });
  // Commands go by the clock on the wall.
  world.clock.now = Date.now();
  device = await TestDevice.enrol(world.server, await world.code());
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const fail = (): never => {
  throw new Error('nothing of this kind was expected');
};

/** Runs one command on the database of the test, as an administrator beside the running server does. */
async function province(...args: readonly string[]): Promise<{ code: number; lines: readonly unknown[] }> {
  const lines: unknown[] = [];
  const place = ['--data', folder, '--database-url', world.databaseUrl, '--keys', world.keysFolder];
  const code = await runProvince([...args, ...place], (line) => lines.push(line), fail);
  return { code, lines };
}

describe('the command of deposits', () => {
  it('lists what is not confirmed, confirms in parts, tells the counter, and never more than was handed in', async () => {
    const depositId = uuidV7();
    const depositedOn = localDateAt(world.clock.now);
    const slip = { depositedOn, bank: 'Bank Jatim', slipNumber: '0042-117' };
    const ledgerLines = [
      { account: 'bank-in-transit', amount: 500_000 },
      { account: 'safe-or-courier', amount: -500_000 },
    ];
    device.append({ type: 'cash.deposited', body: { depositId, amount: 500_000, ...slip, ledgerLines } });
    await device.push();
    const row = { depositId, amount: 500_000, confirmed: 0, ...slip, byCourier: false };
    expect((await province('deposit', 'list', '--open')).lines).toMatchObject([row]);
    const confirm = async (amount: string, on: string = depositedOn) =>
      await province('deposit', '--confirm', depositId, '--on', on, '--amount', amount, '--by', 'Rini');
    const part = await confirm('200000');
    expect(depositDecisionSchema.parse(part.lines[0])).toMatchObject({ depositId, amount: 200_000 });
    expect((await province('deposit', 'list', '--open')).lines).toMatchObject([{ ...row, confirmed: 200_000 }]);
    const refusals = [
      [await confirm('300001'), 'MORE_THAN_DEPOSITED', 'amount'],
      [await confirm('1', '2020-01-01'), 'DATE_IMPOSSIBLE', 'on'],
      [await confirm('satu'), 'BAD_ARGUMENTS', 'amount'],
      [await province('deposit'), 'BAD_ARGUMENTS', null],
    ] as const;
    for (const [{ code, lines }, problem, path] of refusals) {
      expect(code).toBe(2);
      expect(lines).toMatchObject([{ error: { code: problem, path } }]);
    }
    expect((await confirm('300000')).code).toBe(0);
    expect((await province('deposit', 'list', '--open')).lines).toEqual([]);
    expect((await province('deposit', 'list')).lines).toMatchObject([{ ...row, confirmed: 500_000 }]);
    const pages = await device.pull('decisions', device.deviceId);
    const amounts = pages.flatMap(({ items }) => items.map((item) => depositDecisionSchema.parse(item).amount));
    expect(amounts).toEqual([200_000, 300_000]);
    // What a bank has confirmed is at the bank, also where the device is lost: here the safe is all that is left over.
    expect((await readCustodyFigures(world.province.context.db, device.deviceId)).cashNotAtBank).toBe(-500_000);
  });
});

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verifyJournal } from '../../../src/main/core/journal/verify-journal.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestJournal } from '../../support/test-journal.ts';

const KILLS = 20;
const LONGEST_RUN_MS = 120;
const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

/** Runs the counter and kills it (-9) `afterMs` after its first sale was printed; answers what it printed. */
function sellAndKill(folder: string, afterMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const counter = spawn(process.execPath, [child, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    let complaints = '';
    let timer: NodeJS.Timeout | undefined;
    counter.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('sold')) timer ??= setTimeout(() => counter.kill('SIGKILL'), afterMs);
    });
    counter.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    counter.on('error', reject);
    counter.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(printed);
      else reject(new Error(`the counter ended by itself: ${complaints}`));
    });
  });
}

describe('a counter that is killed while it sells', () => {
  it(`has every sale that it acknowledged, whole, after each of ${KILLS} kills`, async () => {
    const seed = Number(process.hrtime.bigint() % 1_000_000n);
    const random = createSeededRandom(seed);
    const folder = temporaryFolder();
    const printed = new Map<number, string>();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const output = await sellAndKill(folder, Math.floor(random.fraction() * LONGEST_RUN_MS));
      const context = `seed ${seed}, kill ${kill}`;
      // Never a false alarm: a killed process must not look like a database that was put back.
      expect(output.split('\n')[0], context).toBe(kill === 1 ? 'start empty' : 'start held');
      for (const [, seq, hash] of output.matchAll(/^sold (\d+) (\S+)$/gm)) printed.set(Number(seq), hash ?? '');
    }
    const test = await openTestJournal(folder);
    const marks = await test.marks.read();
    const report = await verifyJournal(test.db, {
      deviceId: test.deviceId,
      publicKey: test.secrets.signingPublic,
      marks,
    });
    expect(report, `seed ${seed}`).toMatchObject({ ok: true, problems: [] });
    const { sales, projections } = await test.db.read(async (tx) => ({
      sales: await tx.selectFrom('entry').select(['seq', 'hash']).where('type', '=', 'transaction.paid').execute(),
      projections: await tx.selectFrom('setting').select(['key', 'value']).execute(),
    }));
    const stored = new Map(sales.map(({ seq, hash }) => [seq, hash]));
    expect(printed.size).toBeGreaterThan(KILLS);
    for (const [seq, hash] of printed) expect(stored.get(seq), `seed ${seed}, sale ${seq}`).toBe(hash);
    // Entry and projection are one commit: neither is there without the other.
    expect(new Map(projections.map(({ key, value }) => [Number(key.slice(5)), value]))).toEqual(stored);
    await test.db.close();
  });
});

// What goes on behind a close of the cash at a counter that has sold for long: the backup of its whole data, from the answer
// of the close to the word that the stick may go, and once more at once, when every body key of it is sealed already.
// At the door of the browser host of a real counter on the disk. No limit: nobody waits for it, and the figure is printed.
// `node bench/close-backup.ts [--past 1000,10000]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type CounterDoor, counterDoor } from './scene/counter-door.ts';
import { makeScene, type Scene } from './scene/enrolled-counter.ts';
import { machine, printer, timed } from './scene/figures.ts';
import { growJournal } from './scene/old-journal.ts';
import { commandLine, serve } from './scene/programs.ts';

const { values } = parseArgs({ options: { past: { type: 'string', default: '1000,10000' } } });
const VEHICLES = 2_000;
const SALES_A_DAY = 65;
const LOOK_MS = 20;
const print = printer('close-backup');

/** When no backup is being made any more, and the last one was proved. */
async function backedUp(door: CounterDoor): Promise<void> {
  for (;;) {
    const { backup } = await door.get('mirror.status');
    if (!backup.making) {
      if (backup.state !== 'ok') throw new Error(`no backup: ${backup.reason ?? backup.state}`);
      return;
    }
    await wait(LOOK_MS);
  }
}

async function measure(scene: Scene, past: number): Promise<void> {
  const dataDir = scene.copyTo(`counter-${past}`);
  const { sales, entries } = await growJournal(dataDir, past * 5, scene.provinceKeys, SALES_A_DAY);
  const served = await serve(commandLine('loket', ['serve', '--data', dataDir, '--no-open']));
  const door = counterDoor(served.url);
  await door.get('sign-in.begin', { officerId: scene.officerId, pin: scene.pin });
  const session = await door.get('cash-session.current');
  if (session === null) throw new Error('the session of today stands open');
  const { cashSessionId } = session;
  const counts = [{ denomination: 100_000, count: SALES_A_DAY }];
  await door.get('cash-session.count', { cashSessionId, counts, sure: true });
  const closed = await timed(() => door.get('cash-session.close', { cashSessionId }));
  const behind = await timed(() => backedUp(door));
  const again = await timed(() => door.get('backup.make'));
  await served.stop();
  rmSync(dataDir, { recursive: true, force: true });
  const ms = { close: Math.round(closed.ms), backup: Math.round(behind.ms), again: Math.round(again.ms) };
  print({ what: 'close', sales, entries, ...ms, unit: 'ms' });
}

const folder = mkdtempSync(join(tmpdir(), 'loket-bench-backup-'));
try {
  const scene = await makeScene(folder, VEHICLES);
  print({ what: 'machine', ...machine() });
  for (const past of values.past.split(',').map(Number)) await measure(scene, past);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Start of a counter that has a long life behind it: from the spawn of `loket serve` to its address, to the first answer
// of `counter.status`, and to the home screen's figures after a sign-in. A journal of 100,000 entries must be ready in 3 s;
// shorter ones show how it grows. There is no line. Run: `npm run bench -- cold-start`.
// `node bench/cold-start.ts [--entries 1000,10000,100000] [--starts 5]`
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DATABASE_FILE } from '../src/main/core/config.ts';
import { counterDoor } from './scene/counter-door.ts';
import { makeScene, type Scene } from './scene/enrolled-counter.ts';
import { figuresOf, machine, printer, timed } from './scene/figures.ts';
import { growJournal } from './scene/old-journal.ts';
import { commandLine, run, serve } from './scene/programs.ts';

const LIMIT_MS = 3_000;
const VEHICLES = 5_000;
/** How often a screen's question is asked once the counter is warm. */
const QUESTIONS = 20;

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000,10000,100000' },
    starts: { type: 'string', default: '5' },
  },
});
const print = printer('cold-start');

/** Drops a file out of the system's cache, so that the start reads it from the disk; false where `dd` cannot. */
function forget(file: string): boolean {
  return spawnSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' }).status === 0;
}

type Start = Readonly<Record<'address' | 'status' | 'signIn' | 'today' | 'statusWarm' | 'todayWarm', number>>;

async function warm(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let one = 0; one < QUESTIONS; one += 1) times.push((await timed(ask)).ms);
  return figuresOf(times).median;
}

async function start({ officerId, pin }: Scene, dataDir: string): Promise<Start> {
  const served = await serve(commandLine('loket', ['serve', '--data', dataDir, '--no-open']));
  const door = counterDoor(served.url);
  await door.get('counter.status');
  const status = performance.now() - served.startedAt;
  const signIn = await timed(() => door.get('sign-in.begin', { officerId, pin }));
  const today = await timed(() => door.get('counter.today'));
  const statusWarm = await warm(() => door.get('counter.status'));
  const todayWarm = await warm(() => door.get('counter.today'));
  await served.stop();
  const address = served.readyAt - served.startedAt;
  return { address, status, signIn: signIn.ms, today: today.ms, statusWarm, todayWarm };
}

/** Medians and worst of several starts of a journal of about `entries` entries. */
async function measure(scene: Scene, entries: number): Promise<{ readonly status: number; readonly entries: number }> {
  const dataDir = scene.copyTo(`old-${entries}`);
  const made = await growJournal(dataDir, entries, scene.provinceKeys);
  const file = join(dataDir, DATABASE_FILE);
  const starts: Start[] = [];
  let forgotten = true;
  for (let one = 0; one < Number(values.starts); one += 1) {
    forgotten &&= forget(file);
    starts.push(await start(scene, dataDir));
  }
  // What was measured must be a whole counter.
  const [report] = await run('loket', ['verify', '--data', dataDir]);
  if (report?.['ok'] !== true) throw new Error(`the journal that was made is not sound: ${JSON.stringify(report)}`);
  const of = (name: keyof Start): { median: number; worst: number } => {
    const { median, worst } = figuresOf(starts.map((one) => one[name]));
    return { median, worst };
  };
  const status = of('status');
  print({
    ...made,
    databaseMiB: Math.round(statSync(file).size / 1_048_576),
    databaseFromDisk: forgotten,
    starts: starts.length,
    toAddress: of('address'),
    toFirstStatus: status,
    signIn: of('signIn'),
    firstToday: of('today'),
    statusWarm: of('statusWarm'),
    todayWarm: of('todayWarm'),
    unit: 'ms',
  });
  rmSync(dataDir, { recursive: true });
  return { status: status.median, entries: made.entries };
}

const folder = mkdtempSync(join(tmpdir(), 'loket-bench-start-'));
try {
  const scene = await makeScene(folder, VEHICLES);
  const sizes: Awaited<ReturnType<typeof measure>>[] = [];
  for (const entries of values.entries.split(',').map(Number)) sizes.push(await measure(scene, entries));
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  if (smallest === undefined || largest === undefined) throw new Error('--entries names no size');
  const ratio = Math.round((largest.status / smallest.status) * 100) / 100;
  const kept = largest.status <= LIMIT_MS;
  print({
    ready: largest.status,
    limit: LIMIT_MS,
    kept,
    unit: 'ms',
    entries: largest.entries,
    ratioToSmallest: ratio,
    ...machine(),
  });
  process.exitCode = kept ? 0 : 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

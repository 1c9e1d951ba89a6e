import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Api, Method } from '../../../src/contract/api.ts';
import type { FrameError } from '../../../src/contract/frames.ts';
import type { OutputOf, SentInputOf } from '../../../src/contract/procedure.ts';
import { err, ok, type Result } from '../../../src/domain/result.ts';
import { createApp } from '../../../src/main/core/app.ts';
import type { CounterApp } from '../../../src/main/core/app-interface.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import type { LinePort } from '../../../src/main/core/ports.ts';
import type { PaperDocument } from '../../../src/main/core/printing/paper-document.ts';
import type { PrinterOutcome } from '../../../src/main/core/ports.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { closeAll, type IoPoint, plugStick, ProcessEnded, watch } from '../edges/io-points.ts';
import { type ComputerClock, createComputerClock, type WorldTime } from './virtual-time.ts';

/** The counter's process died in the middle of what was asked. */
export class CounterDied extends Error {
  override readonly name = 'CounterDied';
}

export type SimCounterParts = {
  readonly index: number;
  readonly seed: number;
  /** Folder of the world; every life of a counter has a folder of its own below it. */
  readonly base: string;
  readonly time: WorldTime;
  readonly line: (counter: SimCounter) => LinePort;
  /** Told of every moment of the counter's disk; may throw what a disk would, or answer `die`. */
  readonly onPoint: (counter: SimCounter, point: IoPoint) => 'go on' | 'die';
  /** Told when the first byte of a paper has come out. */
  readonly onPaper: (counter: SimCounter, document: PaperDocument) => 'go on' | 'die';
  /** A copy of another computer: its folder, and the name under which it draws chance. */
  readonly clonedFrom?: string;
};

type Answer<M extends Method> = OutputOf<Api[M]>;

/** A real counter in a simulated computer, which may die at any moment and start again from what its disk holds. */
export type SimCounter = {
  readonly index: number;
  readonly clock: ComputerClock;
  readonly folder: () => string;
  /** Folder of the second copy, on a medium that outlives the computer. */
  readonly stick: string;
  readonly databaseFile: () => string;
  readonly isDead: () => boolean;
  readonly isRunning: () => boolean;
  readonly appVersion: { value: string };
  /** Asks through the one door. Throws CounterDied when the process died meanwhile. */
  readonly ask: <M extends Method>(method: M, input: SentInputOf<Api[M]>) => Promise<Result<Answer<M>, FrameError>>;
  readonly start: () => Promise<Result<void, FrameError>>;
  /** Ends the program in order. */
  readonly stop: () => Promise<void>;
  /** The process dies now, as the disk stands: everything that it still tries fails. */
  readonly die: () => never;
  /** Starts again after a death, from the copy of the disk that was taken in that moment. */
  readonly reboot: () => Promise<Result<void, FrameError>>;
  /** Copies the computer as it is; only while it is off. */
  readonly image: (name: string) => string;
  /** Puts an old image in place; `keepMarks` leaves what lies outside of the data folder. Only while it is off. */
  readonly restore: (image: string, keepMarks: boolean) => void;
};

/** What the counter's program has said and begun since it was asked. */
type Held = {
  app: CounterApp | null;
  onEvent: (() => void) | null;
  printed: number;
  settledEvents: number;
  inquiries: number;
  answers: number;
};

/** Real ms after which a world says that something is stuck, and between two looks where nobody tells. */
const LONGEST_WAIT_MS = 120_000;
const LOOK_AGAIN_MS = 50;

/** The data folder, the second disk of the marks, and the stick of the second copy, side by side. */
const DATA = 'data';

export function createSimCounter(parts: SimCounterParts): SimCounter {
  const { index, seed, base, time } = parts;
  const name = `c${String(index)}`;
  const clock = createComputerClock(time, name);
  const appVersion = { value: '0.1.0' };
  const life = { no: 0, dead: false, running: false };
  const held: Held = {
    app: null,
    onEvent: null,
    printed: 0,
    settledEvents: 0,
    inquiries: 0,
    answers: 0,
  };
  const folderOf = (no: number): string => join(base, `at-${name}-${String(no)}`);
  const folder = (): string => folderOf(life.no);
  const stick = join(base, `stick-${name}`, 'cadangan');

  const die = (): never => {
    if (!life.dead) {
      life.dead = true;
      // What the disk holds in this very moment is all that the next life gets.
      cpSync(folder(), folderOf(life.no + 1), { recursive: true });
    }
    throw new ProcessEnded(name);
  };

  const print = async (document: PaperDocument): Promise<PrinterOutcome> => {
    held.printed += 1;
    if (life.dead) throw new ProcessEnded(name);
    if (parts.onPaper(counter, document) === 'die') die();
    return { outcome: 'printed' };
  };

  const putTogether = (): CounterApp => {
    const of = life.no;
    const watchedLine = parts.line(counter);
    const app = createApp(
      {
        dataDir: join(folder(), DATA),
        secondMarkDir: join(folder(), 'mark'),
        // Another medium: it stays as it is when the computer dies or is put back.
        firstMirrorDir: stick,
        mode: 'demo',
        appVersion: appVersion.value,
        passphrase: null,
        keyStoreKind: 'demo',
        syncLoop: false,
      },
      {
        shell: {
          name: 'browser',
          printPdf: undefined,
          keepSecret: undefined,
          openFolder: async () => false,
          quit: () => undefined,
        },
        clock,
        random: createSeededRandom(`${String(seed)}/${name}/${String(of)}`),
        log: {
          write: (level, event, facts) => {
            if (level === 'error' && process.env['LOKET_SIM_LOG'] === '1')
              process.stderr.write(`${name} ${event} ${JSON.stringify(facts)}\n`);
          },
        },
        line: {
          exchange: async (request) => {
            if (life.dead || life.no !== of) return { ok: false, reason: 'ABORTED' };
            const isInquiry = request.url.endsWith('/v1/inquiry');
            if (isInquiry) held.inquiries += 1;
            const outcome = await watchedLine.exchange(request);
            return life.dead || life.no !== of ? { ok: false, reason: 'ABORTED' } : outcome;
          },
        },
        connectPrinter: () => ({ print }),
      },
    );
    app.subscribe(({ topic }) => {
      if (topic === 'printing') held.settledEvents += 1;
      if (topic === 'transactions') held.answers += 1;
      held.onEvent?.();
    });
    return app;
  };

  /** Waits for what goes on by itself; a broken world is told, not waited for without end. */
  const until = async (isDone: () => boolean, what: string): Promise<void> => {
    const limit = performance.now() + LONGEST_WAIT_MS;
    while (!life.dead && !isDone()) {
      if (performance.now() > limit) throw new Error(`${name}: ${what} never came`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_AGAIN_MS);
        held.onEvent = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      held.onEvent = null;
    }
  };

  /** What goes on after the answer: the paper's result, and the bill that was asked for. */
  const settled = async (): Promise<void> => {
    // A paper tells twice: when it is sent and when its end is written down.
    await until(() => held.settledEvents >= 2 * held.printed, 'the end of a paper');
    await until(() => held.answers >= held.inquiries, 'the answer to an inquiry');
    held.answers = held.inquiries = 0;
  };

  const begin = async (): Promise<Result<void, FrameError>> => {
    life.dead = false;
    held.printed = held.settledEvents = held.inquiries = held.answers = 0;
    const mine = life.no;
    watch(`at-${name}-${String(mine)}`, {
      isDead: () => life.no !== mine || life.dead,
      onPoint: (point) => {
        if (parts.onPoint(counter, point) === 'die') die();
      },
    });
    plugStick(`stick-${name}`, `at-${name}-${String(mine)}`);
    mkdirSync(folder(), { recursive: true });
    held.app = putTogether();
    try {
      const started = await held.app.start();
      if (life.dead) throw new CounterDied(name);
      life.running = started.ok;
      return started;
    } catch (error) {
      if (life.dead) throw new CounterDied(name);
      throw error;
    }
  };

  const counter: SimCounter = {
    index,
    clock,
    appVersion,
    folder,
    stick,
    databaseFile: () => join(folder(), DATA, DATABASE_FILE),
    isDead: () => life.dead,
    isRunning: () => life.running && !life.dead,
    ask: async (method, input) => {
      const { app } = held;
      if (app === null || life.dead) throw new CounterDied(name);
      const frame = await app.dispatch({ id: 'sim', method, input });
      await settled();
      if (life.dead) throw new CounterDied(name);
      // The door answers what the contract of this very method says; the tests of the core hold it to that.
      return frame.ok ? ok(frame.value as Answer<typeof method>) : err(frame.error);
    },
    start: begin,
    stop: async () => {
      await held.app?.stop();
      held.app = null;
      life.running = false;
    },
    die,
    reboot: async () => {
      const ended = folder();
      closeAll(`at-${name}-${String(life.no)}`);
      life.no += 1;
      rmSync(ended, { recursive: true, force: true });
      clock.reboot();
      return await begin();
    },
    image: (imageName) => {
      const target = join(base, `image-${name}-${imageName}`);
      cpSync(folder(), target, { recursive: true });
      return target;
    },
    restore: (image, keepMarks) => {
      const next = folderOf(life.no + 1);
      cpSync(folder(), next, { recursive: true });
      if (keepMarks) {
        rmSync(join(next, DATA), { recursive: true });
        cpSync(join(image, DATA), join(next, DATA), { recursive: true });
      } else {
        rmSync(next, { recursive: true });
        cpSync(image, next, { recursive: true });
      }
      rmSync(folder(), { recursive: true });
      life.no += 1;
      clock.reboot();
    },
  };
  if (parts.clonedFrom !== undefined) cpSync(parts.clonedFrom, folder(), { recursive: true });
  return counter;
}

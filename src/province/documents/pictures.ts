import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type PictureAnswer, pictureAnswerSchema, type PictureJob } from './picture-words.ts';

/** Decodes pictures in a process that has no keys, no environment, and may write nothing. */
export type Pictures = {
  /** Whether these bytes are one JPEG of a sensible size. Throws PicturesBusy when too many wait, or nothing decodes here. */
  readonly check: (jpeg: Uint8Array) => Promise<Pick<PictureAnswer, 'verdict' | 'width' | 'height'>>;
  /** The same pixels as a new JPEG with nothing else in it; undefined when they are none. */
  readonly redraw: (jpeg: Uint8Array) => Promise<Uint8Array | undefined>;
  readonly close: () => void;
};

/** Too many pictures wait, or the process cannot run; the same question may succeed later. */
export class PicturesBusy extends Error {
  override readonly name = 'PicturesBusy';
}

export type PictureLimits = {
  readonly program: string;
  readonly timeoutMs: number;
  readonly idleMs: number;
  readonly mostWaiting: number;
};

/** Eight white pixels square: a process that does not know these for a picture knows nothing of any other. */
const WHITE_JPEG = Buffer.from(
  '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9' +
    'jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAA' +
    'AAAAAAAAAAAAAAAAAAf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAM' +
    'AwEAAhEDEQA/AKAAD//Z',
  'base64',
);

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LIMITS: PictureLimits = {
  program: fileURLToPath(new URL('./picture-worker.ts', import.meta.url)),
  timeoutMs: 10_000,
  idleMs: 60_000,
  mostWaiting: 32,
};

/**
 * Node's own fence: the process reads the program and its packages and nothing else, writes nothing and starts nothing. It
 * does not bind native code, and Node 24 has no fence around the network; an empty environment is what is left of that.
 */
function startWorker(program: string): ChildProcess {
  const fence = ['--permission', '--allow-addons', `--allow-fs-read=${ROOT}`, '--max-old-space-size=256'];
  const child = fork(program, [], {
    execArgv: [...fence, '--no-warnings'],
    env: {},
    serialization: 'advanced',
    stdio: 'ignore',
  });
  child.unref();
  child.channel?.unref();
  // What goes wrong with the process is told by its end.
  child.on('error', () => undefined);
  return child;
}

/** The answer to one job, or undefined when the process ended or took too long; it is killed then. */
function ask(child: ChildProcess, job: PictureJob, timeoutMs: number): Promise<PictureAnswer | undefined> {
  return new Promise((resolve) => {
    const done = (answer: PictureAnswer | undefined): void => {
      clearTimeout(timer);
      child.removeAllListeners('message').removeAllListeners('exit');
      if (answer === undefined) child.kill('SIGKILL');
      resolve(answer);
    };
    const timer = setTimeout(() => done(undefined), timeoutMs);
    child.once('exit', () => done(undefined));
    child.on('message', (message) => {
      const answer = pictureAnswerSchema.safeParse(message);
      done(answer.success && answer.data.id === job.id ? answer.data : undefined);
    });
    child.send(job, (error) => {
      if (error !== null) done(undefined);
    });
  });
}

/** Pictures one after the other; the process starts with the first and ends when nobody asked for a while. */
export function createPictures(over: Partial<PictureLimits> = {}): Pictures {
  const { program, timeoutMs, idleMs, mostWaiting } = { ...LIMITS, ...over };
  const held: { child: ChildProcess | null; idle: NodeJS.Timeout | null } = { child: null, idle: null };
  const turns: { last: Promise<unknown>; waiting: number; id: number } = { last: Promise.resolve(), waiting: 0, id: 0 };

  const close = (): void => {
    if (held.idle !== null) clearTimeout(held.idle);
    held.child?.kill('SIGKILL');
    held.child = null;
  };
  const attempt = async (job: PictureJob): Promise<PictureAnswer | undefined> => {
    if (held.idle !== null) clearTimeout(held.idle);
    const isAlive = held.child !== null && held.child.exitCode === null && held.child.signalCode === null;
    const child = isAlive && held.child !== null ? held.child : startWorker(program);
    held.child = child;
    const answer = await ask(child, job, timeoutMs);
    if (answer === undefined) held.child = null;
    held.idle = setTimeout(close, idleMs).unref();
    return answer;
  };
  /**
   * A machine that was busy for a moment costs nobody a page: what did not answer is asked once more, of a fresh process.
   * Then it is the bytes only where a fresh process still knows a picture; otherwise nothing can be said of any page.
   */
  const twice = async (job: PictureJob): Promise<PictureAnswer> => {
    const answer = (await attempt(job)) ?? (await attempt(job));
    if (answer !== undefined) return answer;
    const white = await attempt({ id: job.id, job: 'check', bytes: WHITE_JPEG });
    if (white?.verdict !== 'PICTURE') throw new PicturesBusy('no picture can be decoded here');
    return { id: job.id, verdict: 'NOT_A_PICTURE', width: 0, height: 0, redrawn: null };
  };

  const inTurn = async (job: PictureJob['job'], bytes: Uint8Array): Promise<PictureAnswer> => {
    if (turns.waiting >= mostWaiting) throw new PicturesBusy('too many pictures wait to be decoded');
    turns.waiting += 1;
    turns.id += 1;
    const { id } = turns;
    const mine = turns.last.then(() => twice({ id, job, bytes }));
    turns.last = mine.catch(() => undefined); // whoever asked gets the error; the next one goes on
    try {
      return await mine;
    } finally {
      turns.waiting -= 1;
    }
  };

  return {
    check: async (jpeg) => {
      const { verdict, width, height } = await inTurn('check', jpeg);
      return { verdict, width, height };
    },
    redraw: async (jpeg) => (await inTurn('redraw', jpeg)).redrawn ?? undefined,
    close,
  };
}

import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import {
  type KeptPicture,
  type LookedFile,
  MOST_WORKER_BYTES,
  type PageAnswer,
  pageAnswerSchema,
  type PageFault,
  type PageJob,
  type ReadFile,
  TOO_MUCH_MEMORY,
} from '../../pages/page-jobs.ts';
import type { LogPort, PageWorker, StartPageWorker } from '../ports.ts';

/** Most time that one job may take, in ms: also on an old computer that does much else, and starts the worker first. */
const JOB_MS = 30_000;
/** Reading text is the long work of a computer, not of a file: a slow one takes its time. */
const READ_MS = 45_000;
/** After so long without a job the worker ends: its memory belongs to others. */
const IDLE_MS = 60_000;
const WATCH_MS = 50;

/** A file that gave no page, and why. */
export type PageRefusal = Refusal<PageFault['code'] | 'PAGE_TOO_SLOW'>;

/** Hands files to the page worker, one at a time; a worker that breaks breaks one job. */
export type PageDesk = {
  /** Starts the worker ahead of the first file. */
  readonly warm: () => void;
  readonly look: (file: Uint8Array, fromPage: number) => Promise<Result<LookedFile, PageRefusal>>;
  readonly keep: (job: Omit<Extract<PageJob, { do: 'keep' }>, 'do'>) => Promise<Result<KeptPicture, PageRefusal>>;
  /** Reads a kept page; many times the work of a look, so it is asked of a desk of its own. */
  readonly read: (file: Uint8Array) => Promise<Result<ReadFile, PageRefusal>>;
  /** Ends the worker; a job that runs is refused. */
  readonly stop: () => Promise<void>;
};

type Deps = {
  readonly start: StartPageWorker;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: LogPort;
};

type Outcome = { readonly answer: PageAnswer } | { readonly refusal: PageRefusal };

/** Signals of a program that broke on its own: somebody may have built the file for that. */
const BROKEN = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT', 'SIGTRAP'];

function refusalOfEnd(code: number | null, signal: string | null): PageRefusal {
  if (code === TOO_MUCH_MEMORY) return { code: 'PAGE_HOSTILE', details: { found: 'memory' } };
  if (signal !== null && BROKEN.includes(signal)) return { code: 'PAGE_HOSTILE', details: { found: 'crash' } };
  return { code: 'PAGE_DAMAGED', details: { found: 'worker-ended' } };
}

export function createPageDesk({ start, wait, log }: Deps): PageDesk {
  let worker: PageWorker | null = null;
  let idle = new AbortController();
  let nextId = 1;
  let queue: Promise<unknown> = Promise.resolve();

  const end = (): void => {
    worker?.kill();
    worker = null;
  };

  const running = (): PageWorker => {
    idle.abort();
    if (worker !== null) return worker;
    const started = start();
    started.onEnd(() => {
      if (worker === started) worker = null;
    });
    worker = started;
    return started;
  };

  const rest = (): void => {
    idle.abort();
    idle = new AbortController();
    const { signal } = idle;
    void wait(IDLE_MS, signal).then(() => {
      if (!signal.aborted) end();
    });
  };

  /** Looks at the worker's memory from outside: a program that is broken does not watch itself. */
  const watch = async (of: PageWorker, signal: AbortSignal): Promise<PageRefusal | null> => {
    while (!signal.aborted) {
      await wait(WATCH_MS, signal);
      const bytes = signal.aborted ? null : of.residentBytes();
      if (bytes !== null && bytes > MOST_WORKER_BYTES) return { code: 'PAGE_HOSTILE', details: { found: 'memory' } };
    }
    return null;
  };

  /** One job on one worker: its answer, its end, the clock or the memory, whichever comes first. */
  const run = async (job: PageJob): Promise<Outcome> => {
    const id = nextId;
    nextId += 1;
    const own = running();
    const over = new AbortController();
    const { signal } = over;
    const outcome = await new Promise<Outcome>((resolve) => {
      own.onAnswer((message) => {
        const parsed = pageAnswerSchema.safeParse(message);
        if (parsed.success && parsed.data.id === id) resolve({ answer: parsed.data });
        else if (!parsed.success) resolve({ refusal: { code: 'PAGE_HOSTILE', details: { found: 'answer' } } });
      });
      own.onEnd((code, endedBy) => resolve({ refusal: refusalOfEnd(code, endedBy) }));
      void wait(job.do === 'read' ? READ_MS : JOB_MS, signal).then(() => {
        if (!signal.aborted) resolve({ refusal: { code: 'PAGE_TOO_SLOW' } });
      });
      void watch(own, signal).then((refusal) => {
        if (refusal !== null) resolve({ refusal });
      });
      own.send({ id, job });
    });
    over.abort();
    if ('refusal' in outcome) {
      log.write('warn', 'pages.worker', {
        code: outcome.refusal.code,
        found: String(outcome.refusal.details?.['found']),
      });
      // Whatever state it is in: the next file gets a fresh one.
      if (worker === own) end();
      else own.kill();
    }
    rest();
    return outcome;
  };

  const inTurn = async (job: PageJob): Promise<Outcome> => {
    const mine = queue.then(() => run(job));
    queue = mine.catch(() => undefined);
    return await mine;
  };

  const otherAnswer = (): PageRefusal => ({ code: 'PAGE_HOSTILE', details: { found: 'answer' } });

  return {
    warm: () => {
      running();
      rest();
    },
    look: async (file, fromPage) => {
      const outcome = await inTurn({ do: 'look', file, fromPage });
      if ('refusal' in outcome) return err(outcome.refusal);
      if ('fault' in outcome.answer) return err(outcome.answer.fault);
      return 'looked' in outcome.answer ? ok(outcome.answer.looked) : err(otherAnswer());
    },
    keep: async (job) => {
      const outcome = await inTurn({ do: 'keep', ...job });
      if ('refusal' in outcome) return err(outcome.refusal);
      if ('fault' in outcome.answer) return err(outcome.answer.fault);
      return 'kept' in outcome.answer ? ok(outcome.answer.kept) : err(otherAnswer());
    },
    read: async (file) => {
      const outcome = await inTurn({ do: 'read', file });
      if ('refusal' in outcome) return err(outcome.refusal);
      if ('fault' in outcome.answer) return err(outcome.answer.fault);
      return 'read' in outcome.answer ? ok(outcome.answer.read) : err(otherAnswer());
    },
    stop: async () => {
      idle.abort();
      end();
      await queue;
    },
  };
}

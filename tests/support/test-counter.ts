import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Api, api, type Method } from '../../src/contract/api.ts';
import { DOOR_ERRORS, type Refusal } from '../../src/contract/errors.ts';
import type { EventTopic, FrameError, ResponseFrame } from '../../src/contract/frames.ts';
import type { OutputOf, SentInputOf } from '../../src/contract/procedure.ts';
import type { EntryBody, EntryType } from '../../src/contract/journal-entry.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { createApp } from '../../src/main/core/app.ts';
import type { CounterApp } from '../../src/main/core/app-interface.ts';
import { type CounterConfig, DATABASE_FILE } from '../../src/main/core/config.ts';
import type { Edges } from '../../src/main/core/foundation.ts';
import { openHandle } from '../../src/main/core/db/driver.ts';
import { bodyOf } from '../../src/main/core/journal/entry-text.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createRecordingLog } from './recording-log.ts';
import { createSeededRandom } from './seeded-random.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { createTestLine, type TestLine } from './test-line.ts';
import { createTestPrinters, type TestPrinters } from './test-printer.ts';

/** Ten in the morning in Jakarta on the day of the test province. */
export const TEST_MORNING = Date.UTC(2026, 2, 10, 3);

type Answer<M extends Method> = OutputOf<Api[M]>;
type Sent<M extends Method> = SentInputOf<Api[M]>;
type Row = Readonly<Record<string, unknown>>;

/** A real counter: real core, real SQLite; only clock, chance, line, log and printers are the test's. */
export type TestCounter = {
  readonly app: CounterApp;
  readonly folder: string;
  readonly config: CounterConfig;
  readonly clock: FakeClock;
  readonly line: TestLine;
  readonly log: ReturnType<typeof createRecordingLog>;
  readonly printers: TestPrinters;
  readonly events: readonly EventTopic[];
  /** Every answer that a screen got, as text: what was shown, and what was not. */
  readonly shown: readonly string[];
  /** Methods that have answered with a value, which then fitted their schema. */
  readonly answered: ReadonlySet<Method>;
  /** Calls through the one door and holds both sides to the contract: output schema, nothing more, declared codes only. */
  readonly ask: <M extends Method>(method: M, input?: Sent<M>) => Promise<Result<Answer<M>, FrameError>>;
  /** The same, for a call that must succeed. */
  readonly get: <M extends Method>(method: M, input?: Sent<M>) => Promise<Answer<M>>;
  /** The same, for a call that must be refused. */
  readonly refusal: <M extends Method>(method: M, input?: Sent<M>) => Promise<FrameError>;
  readonly start: () => Promise<Result<void, Refusal>>;
  readonly stop: () => Promise<void>;
  /** Bodies of every entry of a type, oldest first. */
  readonly bodies: <T extends EntryType>(type: T) => readonly EntryBody<T>[];
  /** Rows of the database, past every layer and beside the running counter. */
  readonly rows: (sql: string, ...parameters: readonly unknown[]) => readonly Row[];
};

export type TestCounterOptions = {
  /** Holds the data and the second mark; one of this test alone unless given. */
  readonly folder?: string;
  readonly clock?: FakeClock;
  readonly line?: TestLine;
  readonly printers?: TestPrinters;
  readonly config?: Partial<CounterConfig>;
  /** The program's own printers in place of the test's. */
  readonly ownPrinters?: boolean;
  /** The program's own log in the data folder in place of the test's. */
  readonly ownLog?: boolean;
  /** Real waiting, for a test whose subject may hang; by default nothing is too slow. */
  readonly wait?: Edges['wait'];
  /** The page worker seen from outside. */
  readonly startPageWorker?: Edges['startPageWorker'];
  /** What is seen on the way to the province. */
  readonly probeLine?: Edges['probeLine'];
  /** Who is told of an authority that an installer trusted. */
  readonly trustAuthority?: Edges['trustAuthority'];
};

/** Holds one answer to the contract of its method. */
function checked(method: Method, frame: ResponseFrame): Result<unknown, FrameError> {
  const procedure = api[method];
  if (!frame.ok) {
    const declared: readonly string[] = [...procedure.errors, ...DOOR_ERRORS];
    if (declared.includes(frame.error.code)) return err(frame.error);
    throw new Error(`${method} answered ${frame.error.code}, which its contract does not declare`);
  }
  const parsed = procedure.output.safeParse(frame.value);
  if (!parsed.success) throw new Error(`${method} answered what its schema refuses: ${parsed.error.message}`);
  // What the schema leaves out is something that no screen was promised, and that none should have got.
  const [sent, promised] = [JSON.stringify(frame.value), JSON.stringify(parsed.data)];
  if (sent.length !== promised.length) throw new Error(`${method} answered more than its contract says: ${sent}`);
  return ok(frame.value);
}

/** The settings of a test counter in a folder. */
export function testConfig(folder: string, over: Partial<CounterConfig> = {}): CounterConfig {
  return {
    dataDir: join(folder, 'data'),
    secondMarkDir: join(folder, 'mark'),
    mode: 'demo',
    appVersion: '0.1.0-test',
    passphrase: null,
    keyStoreKind: 'demo',
    syncLoop: false,
    ...over,
  };
}

/** Puts a counter together without starting it; whoever made the folder stops it. */
export function createTestCounter(folder: string, options: TestCounterOptions = {}): TestCounter {
  mkdirSync(folder, { recursive: true });
  const { clock = createFakeClock(TEST_MORNING), line = createTestLine(), printers = createTestPrinters() } = options;
  const config = testConfig(folder, options.config);
  const log = createRecordingLog();
  const [events, shown]: [EventTopic[], string[]] = [[], []];
  const answered = new Set<Method>();
  const app = createApp(config, {
    shell: {
      name: 'browser',
      printPdf: undefined,
      keepSecret: undefined,
      openFolder: async () => false,
      quit: () => undefined,
    },
    clock,
    line,
    // Nothing is too slow for a test, and nothing happens by itself: what waits goes on when the counter stops.
    wait:
      options.wait ??
      ((_ms, signal) =>
        new Promise((done) => {
          signal.addEventListener('abort', () => done(), { once: true });
          if (signal.aborted) done();
        })),
    ...(options.trustAuthority === undefined ? {} : { trustAuthority: options.trustAuthority }),
    // No test asks a real name server.
    probeLine: options.probeLine ?? (async () => ({ dns: { ms: 1 }, tls: null, cards: ['eth0'], trusted: null })),
    ...(options.startPageWorker === undefined ? {} : { startPageWorker: options.startPageWorker }),
    ...(options.ownLog === true ? {} : { log }),
    ...(options.ownPrinters === true ? {} : { connectPrinter: printers.connect }),
    // Two counters, or one that was started again, must never draw the same ids.
    random: createSeededRandom(`${folder}/${process.hrtime.bigint()}`),
  });
  app.subscribe(({ topic }) => events.push(topic));
  const ask: TestCounter['ask'] = async (method, input) => {
    const frame = await app.dispatch({ id: 'test', method, input });
    shown.push(JSON.stringify(frame));
    if (frame.ok) answered.add(method);
    // Checked by the schema of this very method.
    return checked(method, frame) as Result<Answer<typeof method>, FrameError>;
  };
  const rows: TestCounter['rows'] = (sql, ...parameters) => {
    const file = join(config.dataDir, DATABASE_FILE);
    const handle = openHandle(file, { readOnly: true, create: false, busyTimeoutMs: 1000 });
    try {
      return handle.rows(sql, ...parameters);
    } finally {
      handle.close();
    }
  };
  return {
    app,
    folder,
    config,
    clock,
    line,
    log,
    printers,
    events,
    shown,
    answered,
    ask,
    get: async (method, input) => {
      const answer = await ask(method, input);
      if (!answer.ok) throw new Error(`${method} was refused: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    refusal: async (method, input) => {
      const answer = await ask(method, input);
      if (answer.ok) throw new Error(`${method} was not refused but answered ${JSON.stringify(answer.value)}`);
      return answer.error;
    },
    start: app.start,
    stop: app.stop,
    rows,
    bodies: (type) =>
      rows('SELECT text FROM entry WHERE type = ? ORDER BY seq', type).map(({ text }) =>
        bodyOf(type, { type, text: String(text) }),
      ),
  };
}

/** A counter that runs until the test is over. */
export async function startTestCounter(options: TestCounterOptions = {}): Promise<TestCounter> {
  const counter = createTestCounter(options.folder ?? temporaryFolder(), options);
  onTestFinished(() => counter.stop());
  const started = await counter.start();
  if (!started.ok) throw new Error(`the counter does not start: ${JSON.stringify(started.error)}`);
  return counter;
}

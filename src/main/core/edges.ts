import type { EventFrame } from '../../contract/frames.ts';
import type { CounterConfig } from './config.ts';
import { systemClock, systemRandom, systemWait } from './device/system-ports.ts';
import { uuidV7 } from './device/uuid.ts';
import { forkPageWorker } from './documents/fork-page-worker.ts';
import type { Edges } from './foundation.ts';
import type { ClockPort, LogPort, ShellPort } from './ports.ts';
import { createPrinter, PRINTER_TIMEOUT_MS } from './printing/printers.ts';
import { probeLine } from './sync/line-probe.ts';
import { createServerClient, trustOnThisLine } from './sync/server-client.ts';
import { CLOSED_LINE, UNSEEN } from './training/training.ts';

/** What a test or a shell may put in place of the machine's own edges. */
export type AppPorts = { readonly shell: ShellPort } & Partial<Omit<Edges, 'events' | 'shell' | 'newId'>>;

/** The way out of this computer; a training has none, whatever line it was given (OPOP-Sync/1 17.2). */
function lineOf(
  { mode }: Pick<CounterConfig, 'mode'>,
  ports: AppPorts,
  { monoMs }: ClockPort,
): Pick<Edges, 'line' | 'probeLine' | 'trustAuthority'> {
  if (mode === 'training') return { line: CLOSED_LINE, probeLine: async () => UNSEEN, trustAuthority: () => undefined };
  return {
    line: ports.line ?? createServerClient(),
    probeLine:
      ports.probeLine ??
      (async (url) => ({ ...(await probeLine(url, { monoMs, wait: systemWait() })), trusted: null })),
    trustAuthority: ports.trustAuthority ?? trustOnThisLine,
  };
}

/** The machine's own edges, or a test's. */
export function edgesOf(
  config: CounterConfig,
  ports: AppPorts,
  log: LogPort,
  listeners: ReadonlySet<(event: EventFrame) => void>,
): Edges {
  const clock = ports.clock ?? systemClock();
  const random = ports.random ?? systemRandom();
  return {
    shell: ports.shell,
    clock,
    random,
    log,
    ...lineOf(config, ports, clock),
    wait: ports.wait ?? systemWait(),
    connectPrinter:
      ports.connectPrinter ??
      ((printer) => createPrinter(printer, { wait: systemWait(), timeoutMs: PRINTER_TIMEOUT_MS })),
    startPageWorker: ports.startPageWorker ?? (() => forkPageWorker()),
    events: { publish: (topic) => listeners.forEach((listener) => listener({ topic })) },
    newId: () => uuidV7(Math.floor(clock.wallMs()), random.bytes(16)),
  };
}

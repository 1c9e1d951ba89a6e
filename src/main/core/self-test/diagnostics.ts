import { readFile } from 'node:fs/promises';
import { arch, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { deviceViewSchema, PrinterView, StatusView } from '../../../contract/views-counter.ts';

/** Newest lines of the log that go along; it holds references, counts and codes only. */
const LOG_LINES = 2000;

async function newestLines(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => ''); // no log yet is no fault
  return text.trimEnd().split('\n').slice(-LOG_LINES);
}

/** A printer without its name and place: both were typed by a person and may name one. */
const anonymous = ({ kind, widthMm, role, language, columns, cuts }: PrinterView) => ({
  kind,
  widthMm,
  role,
  language: language ?? null,
  columns: columns ?? null,
  cuts: cuts ?? null,
});

/** What support needs to know of a counter: its machine, its state in figures, its log; no person, no plate, no folder's name. */
export async function describeCounter(parts: {
  readonly overview: z.infer<typeof deviceViewSchema>;
  readonly status: StatusView;
  readonly dataDir: string;
}): Promise<object> {
  const { overview, status } = parts;
  const { deviceId, appVersion, shell, nodeVersion, sqliteVersion, entries, head, epoch } = overview;
  const { keyStoreKind, durability, freeDiskBytes, databaseBytes } = overview;
  const [processor] = cpus();
  return {
    machine: {
      platform: process.platform,
      release: release(),
      arch: arch(),
      processor: processor?.model ?? null,
      processors: cpus().length,
      memoryBytes: totalmem(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    counter: {
      ...{ deviceId, appVersion, shell, nodeVersion, sqliteVersion, entries, head, epoch },
      ...{ keyStoreKind, durability, freeDiskBytes, databaseBytes },
      printers: overview.printers.map(anonymous),
    },
    state: {
      mode: status.mode,
      outletId: status.outlet?.outletId ?? null,
      line: { health: status.line.health, online: status.line.online, lastContactAt: status.line.lastContactAt },
      outbox: status.outbox,
      rules: status.rules,
      registry: status.registry,
      clock: status.clock,
      limits: status.limits.map(({ cap, reached }) => ({ cap, reached })),
      notices: status.notices.map(({ code, sinceAt }) => ({ code, sinceAt })),
      needsPerson: status.needsPerson,
      unknownPrints: status.unknownPrints,
    },
    log: await newestLines(join(parts.dataDir, 'counter.log')),
  };
}

import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../../domain/result.ts';
import { counterMigrations } from '../db/migrations/index.ts';
import { openDatabase } from '../db/open.ts';
import { diskFailureOf } from '../db/storage-refusal.ts';
import { createColumnCipher } from '../device/column-cipher.ts';
import { writeUnfinished } from './export-file.ts';
import type { ReportAnswer, ReportJob, ReportThreadData } from './report-jobs.ts';
import { createReportShelf, type ReportShelf } from './report-shelf.ts';

/** The thread in which reports are made: a connection of its own that only reads, so that no sale waits for a figure. */
async function openShelf({ file, outlet, dataKey, indexKey }: ReportThreadData): Promise<ReportShelf> {
  const db = await openDatabase({ file, migrations: counterMigrations, readOnly: true });
  if (!db.ok) throw new Error(`the database does not open for reading: ${db.error.code}`);
  const random = { bytes: (length: number) => randomBytes(length), fraction: () => 0 };
  return createReportShelf({ db: db.value, outlet, cipher: createColumnCipher({ dataKey, indexKey }, random) });
}

async function answerTo(shelf: ReportShelf, job: ReportJob): Promise<unknown> {
  switch (job.do) {
    case 'make':
      return await shelf.make(job.reportId, job.order);
    case 'rows':
      return shelf.rows(job.reportId, job.section, job.part);
    case 'entries':
      return await shelf.entries(job.reportId, job.choice, job.part);
    case 'describe':
      return shelf.describe(job.reportId);
    case 'write': {
      const bytes = await shelf.bytes(job.reportId, job.format, job.plates);
      return bytes === undefined ? undefined : await writeUnfinished(job.folder, job.name, bytes);
    }
    default:
      return assertNever(job);
  }
}

function faultOf(id: number, fault: unknown): ReportAnswer {
  const refusal = diskFailureOf(fault);
  if (refusal !== undefined) return { id, kind: 'storage', refusal };
  const { name, message, stack = '' } = fault instanceof Error ? fault : new Error('unknown');
  return { id, kind: 'bug', name, message, stack };
}

const port = parentPort;
if (port === null) throw new Error('the thread of the reports is started by the counter');
// The data and the messages are those of our own `report-desk.ts`.
const opening = openShelf(workerData as ReportThreadData);
// A database that does not open is told to whoever asks first.
opening.catch(() => undefined);

// One report at a time, in the order in which they were asked for.
const turns: { last: Promise<void> } = { last: Promise.resolve() };
port.on('message', ({ id, job }: { readonly id: number; readonly job: ReportJob }) => {
  turns.last = turns.last.then(async () => {
    const answer = await opening
      .then((shelf) => answerTo(shelf, job))
      .then(
        (value): ReportAnswer => ({ id, kind: 'value', value }),
        (fault: unknown) => faultOf(id, fault),
      );
    port.postMessage(answer);
  });
});

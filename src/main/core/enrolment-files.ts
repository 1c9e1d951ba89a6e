import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type EnrolmentTicket, parseEnrolmentTicket, TICKET_FILE } from '../../contract/enrolment-ticket.ts';
import type { Refusal } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { writeDurably } from './db/durable-file.ts';
import { mediumReason } from './db/medium-fault.ts';
import { filesIn, mediaFolders, mediumPlaces } from './sync/media.ts';

const ANSWER_FILE = /jawaban.*[.]json$/i;
/** An answer with its certificate is a few kilobytes. */
const LARGEST_FILE = 100_000;

type FileRefusal = Refusal<'ENROLMENT_FILE_REFUSED'>;
type Written<T, E> = Result<T & { readonly file: string }, E | Refusal<'EXPORT_FAILED'>>;

const refused = (reason: string): Result<never, FileRefusal> =>
  err({ code: 'ENROLMENT_FILE_REFUSED', details: { reason } });

async function textOf(file: string): Promise<Result<string, FileRefusal>> {
  try {
    if ((await stat(file)).size > LARGEST_FILE) return refused('FILE_TOO_LONG');
    return ok(await readFile(file, 'utf8'));
  } catch (fault) {
    return refused(mediumReason(fault) === 'NOT_WRITABLE' ? 'NOT_READABLE' : 'NOT_THERE');
  }
}

/** What lies on the media that are plugged in, for an enrolment. */
export async function enrolmentPlaces(folders: readonly string[] = mediaFolders(process.platform)) {
  const places = await mediumPlaces(folders);
  return places.map(({ folder, name, freeBytes }) => ({
    folder,
    name,
    freeBytes,
    files: [
      ...filesIn(folder, TICKET_FILE).map((file) => ({ file, name: basename(file), kind: 'ticket' as const })),
      ...filesIn(folder, ANSWER_FILE).map((file) => ({ file, name: basename(file), kind: 'answer' as const })),
    ],
  }));
}

/** A carried code. */
export async function readTicket(file: string): Promise<Result<EnrolmentTicket, FileRefusal>> {
  const text = await textOf(file);
  if (!text.ok) return text;
  const ticket = parseEnrolmentTicket(text.value);
  return ticket === undefined ? refused('NOT_A_TICKET') : ok(ticket);
}

/** A carried answer, as JSON; what it is worth is judged by its own proofs. */
export async function readAnswerFile(file: string): Promise<Result<unknown, FileRefusal>> {
  const text = await textOf(file);
  if (!text.ok) return text;
  try {
    const json: unknown = JSON.parse(text.value);
    return ok(json);
  } catch (_notJson) {
    return refused('NOT_AN_ANSWER');
  }
}

/**
 * Writes the question that `ask` makes into a folder. The folder is tried first: a question replaces the one before it,
 * and must not for a flashdisk that takes nothing.
 */
export async function writeQuestion<
  T extends { readonly codeId: string; readonly request: unknown },
  E extends Refusal,
>(to: string, ask: () => Promise<Result<T, E>>): Promise<Written<{ readonly codeId: string }, E>> {
  const trial = join(to, '.opop-coba');
  try {
    // As large as a question, so that a medium that is nearly full says so now.
    await writeDurably(trial, ' '.repeat(2000));
    await rm(trial, { force: true });
  } catch (fault) {
    return err({ code: 'EXPORT_FAILED', details: { reason: mediumReason(fault) } });
  }
  const asked = await ask();
  if (!asked.ok) return asked;
  const { codeId, request } = asked.value;
  const file = join(to, `permintaan-${codeId}.json`);
  try {
    await writeDurably(file, `${JSON.stringify(request)}\n`);
  } catch (fault) {
    return err({ code: 'EXPORT_FAILED', details: { reason: mediumReason(fault) } });
  }
  return ok({ codeId, file });
}

import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { epochSchema, hashSchema, signatureSchema, uuidSchema } from '../../../contract/primitives.ts';
import { fileFault } from '../db/medium-fault.ts';
import { writeIntoFolder } from '../db/write-into-folder.ts';
import type { LogPort } from '../ports.ts';
import type { Head } from './entry-text.ts';
import { canonicalJson } from './hash-chain.ts';
import { sign, verify } from './signing.ts';

const MARK_CONTEXT = 'opop/mark/1\0';
const MISSING = 'ENOENT';

const markSchema = z.object({
  deviceId: uuidSchema,
  epoch: epochSchema,
  seq: z.int().positive(),
  head: hashSchema,
});
const markFileSchema = z.object({ text: z.string().max(1000), sig: signatureSchema });

/** "A signed mark {epoch, seq, head}": what this counter has told someone, kept outside the database. */
export type Mark = Readonly<z.infer<typeof markSchema>>;

/** `first` is the data folder, `second` a place outside of it. */
export type MarkPlace = 'first' | 'second';

/** What was found in one place. */
export type FoundMark = { readonly place: MarkPlace } & (
  | { readonly state: 'valid'; readonly mark: Mark }
  | { readonly state: 'absent' | 'unreadable' | 'forged' }
);

/** Places that did not take the last mark; the entry itself is committed all the same. */
export type MarkProblem = { readonly places: readonly MarkPlace[]; readonly seq: number; readonly reason: string };

/** Writes and reads the signed mark in its two places (OPOP-Sync/1 3.1). */
export type Marks = {
  /** Resolves when this mark or a newer one is on both disks; the problem when a place did not take it. */
  readonly write: (head: Head) => Promise<MarkProblem | null>;
  readonly read: () => Promise<readonly FoundMark[]>;
  readonly problem: () => MarkProblem | null;
};

type MarkOptions = {
  readonly dataDir: string;
  readonly secondMarkDir: string;
  readonly deviceId: string;
  readonly secrets: { readonly signingPrivate: KeyObject; readonly signingPublic: string };
  readonly log: LogPort;
};

async function readMark(place: MarkPlace, file: string, deviceId: string, publicKey: string): Promise<FoundMark> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    return { place, state: fileFault(error) === MISSING ? 'absent' : 'unreadable' };
  }
  const signed = parseJson(markFileSchema, content);
  if (signed === undefined) return { place, state: 'unreadable' };
  if (!verify(MARK_CONTEXT, signed.text, signed.sig, publicKey)) return { place, state: 'forged' };
  const mark = parseJson(markSchema, signed.text);
  if (mark === undefined || mark.deviceId !== deviceId) return { place, state: 'forged' };
  return { place, state: 'valid', mark };
}

function parseJson<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch (_notJson) {
    return undefined; // a torn file of a foreign disk is no mark
  }
}

/** The newest of the marks that verify. */
export function newestMark(found: readonly FoundMark[]): Mark | undefined {
  return found
    .flatMap((one) => (one.state === 'valid' ? [one.mark] : []))
    .reduce<Mark | undefined>((best, mark) => (best === undefined || mark.seq > best.seq ? mark : best), undefined);
}

/** Marks of one device: `dataDir/mark.json` and `secondMarkDir/mark-<deviceId>.json`. */
export function createMarks({ dataDir, secondMarkDir, deviceId, secrets, log }: MarkOptions): Marks {
  const files: Readonly<Record<MarkPlace, string>> = {
    first: join(dataDir, 'mark.json'),
    second: join(secondMarkDir, `mark-${deviceId}.json`),
  };
  const places: readonly MarkPlace[] = ['first', 'second'];
  let newest: Head | undefined;
  let writtenSeq = 0;
  let problem: MarkProblem | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const writeOne = async (place: MarkPlace, content: string): Promise<string | undefined> => {
    try {
      await writeIntoFolder(files[place], content);
      return undefined;
    } catch (error) {
      return fileFault(error);
    }
  };
  const writeNewest = async (): Promise<void> => {
    if (newest === undefined || newest.seq <= writtenSeq) return;
    const { epoch, seq, hash } = newest;
    const text = canonicalJson({ deviceId, epoch, seq, head: hash });
    const content = JSON.stringify({ text, sig: sign(MARK_CONTEXT, text, secrets.signingPrivate) });
    const reasons = await Promise.all(places.map((place) => writeOne(place, content)));
    const failed = places.filter((_place, index) => reasons[index] !== undefined);
    if (failed.length === 0) {
      writtenSeq = seq;
      problem = null;
      return;
    }
    problem = { places: failed, seq, reason: reasons.find((reason) => reason !== undefined) ?? 'UNKNOWN' };
    log.write('error', 'mark.failed', { places: failed.join('+'), seq, reason: problem.reason });
  };

  return {
    write: async (head) => {
      if (newest === undefined || head.seq > newest.seq) newest = head;
      // One at a time, and always the newest: a burst of commits needs one mark, and an older never follows a newer.
      const turn = last.then(writeNewest);
      last = turn;
      await turn;
      return problem;
    },
    read: () => Promise.all(places.map((place) => readMark(place, files[place], deviceId, secrets.signingPublic))),
    problem: () => problem,
  };
}

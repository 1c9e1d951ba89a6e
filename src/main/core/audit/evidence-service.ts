import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { EvidenceView } from '../../../contract/api-audit.ts';
import type { Refusal } from '../../../contract/errors.ts';
import { addDays, daysBetween, type LocalDate, localDateAt, startOfLocalDate } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { findOfficer, type Mandate } from '../auth/auth-store.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import { fsyncFolderOf } from '../db/durable-file.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import { exportJournal } from '../journal/export-journal.ts';
import type { Journal } from '../journal/journal.ts';
import { exportReason } from '../reports/export-file.ts';
import { EVIDENCE_FILES, evidenceGuide, PERIOD_HEADER } from './evidence-text.ts';
import { readPeriodAfter } from './period-store.ts';

/** Ten years: a journal is never older than its counter. */
const MOST_DAYS = 3660;
const BATCH = 500;
const JAKARTA_OFFSET_MS = 25_200_000;

type Code = 'NOT_FOUND' | 'REPORT_PERIOD_INVALID' | 'EVIDENCE_EXPORT_FAILED';
type Asked = { readonly from: LocalDate; readonly to: LocalDate; readonly folder: string };

/** What an auditor takes along: the journal with everything that proves it, in one folder. */
export type EvidenceService = {
  readonly mandate: (signIn: SignIn) => Promise<(Mandate & { readonly rootKey: string }) | undefined>;
  readonly exportEvidence: (
    signIn: SignIn,
    asked: Asked,
  ) => Promise<Result<EvidenceView, Refusal<Code> | StorageRefusal>>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly device: EnrolledDevice;
  readonly newId: () => string;
  readonly markFiles: readonly string[];
  /** Folders that may be written to, as `reports.places` names them. */
  readonly folders: () => Promise<readonly string[]>;
  /** The independent verifier as it was shipped; undefined where it is missing. */
  readonly verifier: string | undefined;
};

const failed = (reason: string) => err({ code: 'EVIDENCE_EXPORT_FAILED' as const, details: { reason } });

/** `2026-03-10 08.15` in Jakarta. */
function wibText(wallMs: number): string {
  const time = new Date(wallMs + JAKARTA_OFFSET_MS).toISOString().slice(11, 16).replace(':', '.');
  return `${localDateAt(wallMs)} ${time}`;
}

async function fileOf(folder: string, name: string): Promise<EvidenceView['files'][number]> {
  const file = join(folder, name);
  const hash = createHash('sha256');
  const handle = await open(file, 'r');
  try {
    for await (const chunk of handle.createReadStream({ autoClose: false })) hash.update(chunk as Uint8Array); // without an encoding: bytes
  } finally {
    await handle.close();
  }
  return { name, bytes: (await stat(file)).size, sha256: hash.digest('base64url') };
}

/** Writes a text onto the disk. */
async function writeText(file: string, chunks: AsyncIterable<string> | readonly string[]): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of chunks) await handle.write(chunk);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function createEvidenceService(deps: Deps): EvidenceService {
  const { db, journal, device, newId, verifier } = deps;

  const mandateOf = async ({ officerId }: SignIn): Promise<Mandate | undefined> =>
    (await db.read((tx) => findOfficer(tx, officerId)))?.mandate ?? undefined;

  /** The list of the period, a piece at a time; counts what it lists. */
  async function* periodLines(
    { from, to }: Asked,
    throughSeq: number,
    counted: { entries: number },
  ): AsyncGenerator<string> {
    yield `${PERIOD_HEADER.join(';')}\r\n`;
    const period = { fromMs: startOfLocalDate(from), untilMs: startOfLocalDate(addDays(to, 1)), throughSeq };
    for (let afterSeq = 0; ; ) {
      const batch = await db.read((tx) => readPeriodAfter(tx, { ...period, afterSeq }, BATCH));
      const last = batch.at(-1);
      if (last === undefined) return;
      counted.entries += batch.length;
      yield batch
        .map(({ seq, wallMs, type, officerId, cashSessionId, hash }) =>
          [String(seq), wibText(wallMs), type, officerId ?? '', cashSessionId ?? '', hash].join(';'),
        )
        .map((line) => `${line}\r\n`)
        .join('');
      afterSeq = last.seq;
    }
  }

  /** Everything but the name of the folder. */
  const write = async (
    into: string,
    asked: Asked,
    by: { readonly mandate: Mandate; readonly auditor: string; readonly program: string },
  ): Promise<Omit<EvidenceView, 'exportId' | 'folder'>> => {
    const at = (name: string): string => join(into, name);
    await mkdir(into, { recursive: false, mode: 0o700 });
    const { certificate, outlet, deviceNo, rootKey } = device;
    const parts = {
      journal: at(EVIDENCE_FILES.journal),
      custody: at(EVIDENCE_FILES.custody),
      keys: at(EVIDENCE_FILES.keys),
    };
    const { entries } = await exportJournal(db, parts, { certificate, markFiles: deps.markFiles });
    const counted = { entries: 0 };
    // The export ends at the entry at its last line: seq rises by one from the first.
    await writeText(at(EVIDENCE_FILES.period), periodLines(asked, entries, counted));
    await copyFile(by.program, at(EVIDENCE_FILES.verifier));
    const { guide, ...others } = EVIDENCE_FILES;
    const files: EvidenceView['files'] = [];
    for (const name of Object.values(others)) files.push(await fileOf(into, name));
    const text = evidenceGuide({
      outletName: outlet.name,
      outletId: outlet.outletId,
      deviceNo,
      letter: by.mandate.letter,
      auditor: by.auditor,
      from: asked.from,
      to: asked.to,
      entries,
      periodEntries: counted.entries,
      rootKey,
      files: files.map(({ name, sha256 }) => ({ name, sha256: Buffer.from(sha256, 'base64url').toString('hex') })),
    });
    await writeText(at(guide), [text]);
    files.push(await fileOf(into, guide));
    return { files, entries, periodEntries: counted.entries };
  };

  return {
    mandate: async (signIn) => {
      const mandate = await mandateOf(signIn);
      return mandate === undefined ? undefined : { ...mandate, rootKey: device.rootKey };
    },

    exportEvidence: async (signIn, asked) => {
      const days = daysBetween(asked.from, asked.to);
      if (days < 0 || days > MOST_DAYS) return err({ code: 'REPORT_PERIOD_INVALID', path: ['to'] });
      const mandate = await mandateOf(signIn);
      if (mandate === undefined) return err({ code: 'NOT_FOUND' });
      if (verifier === undefined) return failed('NO_VERIFIER');
      if (!(await deps.folders()).includes(asked.folder)) return failed('OUTSIDE');
      const exportId = newId();
      const name = ['pemeriksaan', device.outlet.outletId, asked.from, asked.to, exportId.slice(-6)].join('-');
      const folder = join(asked.folder, name);
      const unfinished = `${folder}.unfinished`;
      const clear = (): Promise<void> => rm(unfinished, { recursive: true, force: true }).catch(() => undefined); // the fault that led here is the one to tell
      let made: Omit<EvidenceView, 'exportId' | 'folder'>;
      try {
        made = await write(unfinished, asked, { mandate, auditor: signIn.name, program: verifier });
      } catch (fault) {
        await clear();
        if (!(fault instanceof Error) || !('code' in fault)) throw fault;
        return failed(exportReason(fault, 'writing'));
      }
      const recorded = await journal.record(async (_tx, append) => {
        append({
          type: 'audit.exported',
          stream: signIn.stream,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: {
            exportId,
            mandate: mandate.letter,
            from: asked.from,
            to: asked.to,
            files: made.files,
            entries: made.entries,
          },
        });
        return ok(undefined);
      });
      if (!recorded.ok) {
        await clear();
        return recorded;
      }
      try {
        await rename(unfinished, folder);
        fsyncFolderOf(folder);
      } catch (fault) {
        await clear();
        return failed(exportReason(fault, 'naming'));
      }
      return ok({ exportId, folder, ...made });
    },
  };
}

/** Where the verifier lies: in the repository and beside the installed program, above the file that asks. */
export function shippedVerifier(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'tools', 'verify', EVIDENCE_FILES.verifier);
    if (existsSync(file)) return file;
    if (basename(folder) === '') return undefined;
  }
}

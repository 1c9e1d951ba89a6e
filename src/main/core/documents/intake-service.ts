import type { Refusal } from '../../../contract/errors.ts';
import { INTAKE_MAX_BYTES, INTAKE_PART_BYTES } from '../../../contract/api-documents.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import type { LookedFile } from '../../pages/page-jobs.ts';
import type { Db } from '../db/open.ts';
import { findSetting, putSetting } from '../device/enrolled-device-store.ts';
import type { EventsPort } from '../ports.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { Intake, IntakeTray } from './intake-tray.ts';
import type { PageDesk, PageRefusal } from './page-desk.ts';
import type { PageFiles } from './page-files.ts';
import { type AdmissionRefusal, admitPage, type Surroundings } from './page-rules.ts';
import { isScanFolder, listScans, type ScanFile, takeScan } from './scan-folder.ts';

const SCAN_FOLDER = 'scan-folder';
const BYTES_PER_MB = 1024 * 1024;

type FileRefusal = Refusal<'PAGE_EMPTY' | 'PAGE_TOO_LARGE'>;
type ScanRefusal = Refusal<'SCAN_FOLDER_GONE' | 'SCAN_FILE_GONE'>;

/** The watched folder as the screen lists it. */
export type Scans = {
  readonly folder: string | null;
  readonly health: 'ok' | 'none' | 'gone';
  readonly files: readonly ScanFile[];
};

/** From a file to a page that was looked at; nothing of it touches a transaction. */
export type IntakeService = {
  readonly begin: (asked: {
    readonly stream: string;
    readonly bytes: number;
    readonly camera: boolean;
  }) => Promise<Result<{ intakeId: string; partBytes: number }, AdmissionRefusal | FileRefusal>>;
  readonly addPart: (
    intakeId: string,
    offset: number,
    part: Uint8Array,
  ) => Result<{ received: number }, Refusal<'INTAKE_UNKNOWN' | 'PAGE_TOO_LARGE'>>;
  readonly takeScan: (
    stream: string,
    file: string,
  ) => Promise<Result<{ intakeId: string }, AdmissionRefusal | FileRefusal | ScanRefusal>>;
  readonly look: (
    intakeId: string,
    fromPage: number,
  ) => Promise<Result<LookedFile, PageRefusal | Refusal<'INTAKE_UNKNOWN'>>>;
  readonly drop: (intakeId: string) => void;
  readonly scans: () => Promise<Scans>;
  readonly setScanFolder: (
    folder: string | null,
  ) => Promise<Result<Record<string, never>, Refusal<'SCAN_FOLDER_GONE'> | StorageRefusal>>;
};

type Deps = Pick<Surroundings, 'streamState'> & {
  readonly db: Db;
  readonly desk: PageDesk;
  readonly tray: IntakeTray;
  readonly files: PageFiles;
  readonly events: EventsPort;
  readonly now: () => number;
  /** The computer's own clock, which the times of files go by. */
  readonly wallMs: () => number;
  readonly newId: () => string;
};

const tooLarge = (): Refusal<'PAGE_TOO_LARGE'> => ({
  code: 'PAGE_TOO_LARGE',
  details: { maxMb: INTAKE_MAX_BYTES / BYTES_PER_MB },
});

/** A file that did not come whole is a torn one, whatever its first bytes say. */
export function wholeFile(intake: Intake): Result<Uint8Array, PageRefusal> {
  if (intake.received === intake.file.length) return ok(intake.file);
  return err({ code: 'PAGE_DAMAGED', details: { found: 'incomplete' } });
}

export function createIntakeService(deps: Deps): IntakeService {
  const { db, desk, tray, files, events, now, wallMs, newId } = deps;

  const admitted = async (stream: string): Promise<Result<unknown, AdmissionRefusal>> => {
    const freeDiskBytes = await files.freeBytes();
    return await db.read((tx) => admitPage(tx, { stream, pages: 1, nowMs: now(), freeDiskBytes }, deps));
  };

  const scanRefusal = (reason: 'gone' | 'missing' | 'changing' | 'too-large' | 'empty'): ScanRefusal | FileRefusal => {
    switch (reason) {
      case 'gone':
        return { code: 'SCAN_FOLDER_GONE' };
      case 'missing':
      case 'changing':
        return { code: 'SCAN_FILE_GONE', details: { reason } };
      case 'too-large':
        return tooLarge();
      case 'empty':
        return { code: 'PAGE_EMPTY' };
      default:
        return assertNever(reason);
    }
  };

  return {
    begin: async ({ stream, bytes, camera }) => {
      if (bytes === 0) return err({ code: 'PAGE_EMPTY' });
      if (bytes > INTAKE_MAX_BYTES) return err(tooLarge());
      const may = await admitted(stream);
      if (!may.ok) return may;
      const intakeId = newId();
      const source = camera ? 'camera' : 'file';
      tray.put({ intakeId, stream, source, file: new Uint8Array(bytes), received: 0, done: null });
      // While the bytes come, the worker starts: the officer waits for one of the two, not for both.
      desk.warm();
      return ok({ intakeId, partBytes: INTAKE_PART_BYTES });
    },

    addPart: (intakeId, offset, part) => {
      const received = tray.addPart(intakeId, offset, part);
      if (received === 'unknown') return err({ code: 'INTAKE_UNKNOWN' });
      return received === 'too-large' ? err(tooLarge()) : ok({ received });
    },

    takeScan: async (stream, file) => {
      const may = await admitted(stream);
      if (!may.ok) return may;
      const folder = await db.read((tx) => findSetting(tx, SCAN_FOLDER));
      if (folder === undefined || folder === '') return err({ code: 'SCAN_FOLDER_GONE' });
      const taken = await takeScan(folder, file, { maxBytes: INTAKE_MAX_BYTES, nowMs: wallMs() });
      if (!taken.ok) return err(scanRefusal(taken.error));
      const { bytes, remove } = taken.value;
      const intakeId = newId();
      tray.put({ intakeId, stream, source: 'scan-folder', file: bytes, received: bytes.length, done: remove });
      desk.warm();
      return ok({ intakeId });
    },

    look: async (intakeId, fromPage) => {
      const intake = tray.find(intakeId);
      if (intake === undefined) return err({ code: 'INTAKE_UNKNOWN' });
      const file = wholeFile(intake);
      if (!file.ok) return file;
      const looked = await desk.look(file.value, fromPage);
      if (looked.ok) tray.noteLength(intakeId, fromPage - 1 + looked.value.pages.length + looked.value.left);
      return looked;
    },

    drop: (intakeId) => tray.drop(intakeId),

    scans: async () => {
      const folder = await db.read((tx) => findSetting(tx, SCAN_FOLDER));
      if (folder === undefined || folder === '') return { folder: null, health: 'none', files: [] };
      const listed = await listScans(folder, wallMs());
      return listed.ok ? { folder, health: 'ok', files: listed.value } : { folder, health: 'gone', files: [] };
    },

    setScanFolder: async (folder) => {
      if (folder !== null && !(await isScanFolder(folder))) return err({ code: 'SCAN_FOLDER_GONE' });
      const set = await db.write(async (tx) => {
        await putSetting(tx, SCAN_FOLDER, folder ?? '');
        return ok({});
      });
      if (set.ok) events.publish('documents');
      return set;
    },
  };
}

import { copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Refusal } from '../../../contract/errors.ts';
import type { UpdateManifest, UpdateView } from '../../../contract/update.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { isNewerVersion } from '../../../domain/version.ts';
import type { Installation } from '../../installed/installation.ts';
import { isReplaced, readSwitch, writeSwitch } from '../../installed/switch-file.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { CounterConfig } from '../config.ts';
import type { Db } from '../db/open.ts';
import { type StorageRefusal, storageRefusalOf } from '../db/storage-refusal.ts';
import { countEntries, findHead } from '../journal/journal-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort, LogPort } from '../ports.ts';
import { findRelease } from '../rules/release-store.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import { judgeManifest, readManifestFile, refuseUpdate, type Running, type UpdateRefusal } from './read-manifest.ts';
import { checkRoom, takeArchive } from './take-archive.ts';
import { type Tried, tryProgram } from './try-program.ts';
import { unpack } from './unpack.ts';
import { findUpdates } from './update-media.ts';
import type { UpdateSource } from './update-port.ts';

type InstallRefusal = Refusal<'UPDATE_REFUSED' | 'UPDATE_NOT_NOW' | 'NO_LINE'> | StorageRefusal;

export type UpdatesDeps = {
  readonly config: CounterConfig;
  readonly db: Db;
  readonly journal: Journal;
  readonly newId: () => string;
  /** Migrations that this program knows. */
  readonly schema: number;
  /** Saves everything committed so far to a file that is not there yet. */
  readonly backup: (out: string) => Promise<unknown>;
  readonly source: UpdateSource;
  readonly mediaFolders: () => readonly string[];
  readonly events: EventsPort;
  readonly log: LogPort;
  /** Ends this program in its own order. */
  readonly quit: () => void;
};

export type UpdatesService = {
  readonly state: () => Promise<UpdateView>;
  /** `by` is null where nobody is signed in. */
  readonly install: (file: string | null, by: SignIn | null) => Promise<Result<UpdateView, InstallRefusal>>;
  readonly restart: () => Promise<Result<Record<string, never>, Refusal<'UPDATE_NOT_NOW' | 'UPDATE_REFUSED'>>>;
};

/** The program's own next version: proved, unpacked beside this one, tried on a copy, and switched to in one rename. */
export function createUpdatesService(deps: UpdatesDeps): UpdatesService {
  const { config, db, schema, source, events, log } = deps;
  const { installation, appVersion } = config;
  const running = (at: Installation): Running => ({ version: appVersion, platform: at.platform, schema });
  const turns: { working: boolean } = { working: false };

  const isSessionOpen = async (): Promise<boolean> => (await db.read((tx) => findOpenSession(tx))) !== undefined;

  const state = async (): Promise<UpdateView> => {
    const release = await db.read((tx) => findRelease(tx, appVersion));
    const to = release?.upgradeTo ?? null;
    const switched = installation === undefined ? undefined : readSwitch(installation.versionsFolder);
    return {
      version: appVersion,
      canUpdate: installation !== undefined,
      offered:
        release !== undefined && to !== null && isNewerVersion(to, appVersion)
          ? { version: to, notes: release.notes }
          : null,
      found: installation === undefined ? [] : findUpdates(deps.mediaFolders(), running(installation)),
      ready: isReplaced(installation) ? (switched?.version ?? null) : null,
      returned: switched?.state === 'returned' ? switched.previous : null,
      notNow: (await isSessionOpen()) ? 'CASH_SESSION_OPEN' : null,
    };
  };

  /** The manifest that was judged, and its proved archive on our own disk. */
  const obtain = async (
    at: Installation,
    file: string | null,
    incoming: string,
  ): Promise<Result<UpdateManifest, InstallRefusal>> => {
    const to = (await state()).offered?.version;
    if (file === null && to === undefined) return refuseUpdate('NOT_OFFERED');
    const signed = file === null ? await source.offered(to ?? '', at.platform) : await readManifestFile(file);
    if (!signed.ok) return signed;
    const keys = await db.read((tx) => readProvinceKeys(tx));
    const judged = judgeManifest(signed.value, keys, running(at));
    if (!judged.ok) return judged;
    const room = await checkRoom(at.versionsFolder, judged.value, statSync(db.file).size);
    if (!room.ok) return room;
    if (file === null) {
      const fetched = await source.fetch(judged.value, `${incoming}.line`);
      if (!fetched.ok) return fetched;
    }
    const taken = await takeArchive(file ?? `${incoming}.line`, incoming, judged.value);
    if (file === null) rmSync(`${incoming}.line`, { force: true });
    return taken.ok ? judged : taken;
  };

  /** Saves the data, lets the new program read a copy of it, and compares what it found with what is here. */
  const prove = async (program: string, manifest: UpdateManifest): Promise<Result<void, UpdateRefusal>> => {
    const saved = join(config.dataDir, 'backup-before-update.sqlite');
    const copy = join(config.dataDir, 'trial-of-update.sqlite');
    const ends = ['', '-wal', '-shm', `.before-${schema + 1}`] as const;
    for (const file of [saved, ...ends.map((end) => `${copy}${end}`)]) rmSync(file, { force: true });
    await deps.backup(saved);
    try {
      copyFileSync(saved, copy);
      const here = await db.read(async (tx) => ({ entries: await countEntries(tx), head: await findHead(tx) }));
      const tried: Tried | undefined = await tryProgram(program, manifest, copy);
      const isSame =
        tried?.schema === manifest.schema &&
        tried.entries === here.entries &&
        tried.head?.seq === here.head?.seq &&
        tried.head?.hash === here.head?.hash;
      return isSame ? ok(undefined) : refuseUpdate('TRIAL');
    } finally {
      for (const end of ends) rmSync(`${copy}${end}`, { force: true });
    }
  };

  /** Which program comes from where, and who was there. */
  const note = async (
    { version, sha256 }: UpdateManifest,
    file: string | null,
    by: SignIn | null,
  ): Promise<Result<unknown, StorageRefusal>> =>
    await deps.journal.record(async (_tx, append) => {
      const source = file === null ? 'line' : 'medium';
      return ok(
        append({
          type: 'update.chosen',
          stream: by?.stream ?? deps.newId(),
          officerId: by?.officerId ?? null,
          cashSessionId: null,
          body: { version, from: appVersion, source, sha256 },
        }),
      );
    });

  const installInto = async (
    at: Installation,
    file: string | null,
    by: SignIn | null,
  ): Promise<Result<UpdateView, InstallRefusal>> => {
    mkdirSync(at.versionsFolder, { recursive: true, mode: 0o700 });
    const incoming = join(at.versionsFolder, 'incoming.tar.gz');
    try {
      const manifest = await obtain(at, file, incoming);
      if (!manifest.ok) return manifest;
      const { version } = manifest.value;
      const program = await unpack(at, incoming, manifest.value);
      if (!program.ok) return program;
      const proved = await prove(program.value, manifest.value);
      if (!proved.ok) {
        rmSync(program.value, { recursive: true, force: true });
        return proved;
      }
      // Somebody may have opened the drawer meanwhile.
      if (await isSessionOpen()) return err({ code: 'UPDATE_NOT_NOW', details: { reason: 'CASH_SESSION_OPEN' } });
      const noted = await note(manifest.value, file, by);
      if (!noted.ok) return noted;
      writeSwitch(at.versionsFolder, { version, previous: appVersion, state: 'trial', starts: 0 });
      log.write('info', 'update.ready', { version });
      return ok(await state());
    } finally {
      rmSync(incoming, { force: true });
    }
  };

  return {
    state,
    install: async (file, by) => {
      if (installation === undefined) return refuseUpdate('NOT_INSTALLED');
      if (turns.working) return refuseUpdate('WORKING');
      if (await isSessionOpen()) return err({ code: 'UPDATE_NOT_NOW', details: { reason: 'CASH_SESSION_OPEN' } });
      turns.working = true;
      try {
        const installed = await installInto(installation, file, by);
        if (!installed.ok) log.write('warn', 'update.refused', { ...installed.error.details });
        return installed;
      } catch (error) {
        const refusal = storageRefusalOf(error);
        if (refusal === undefined) throw error;
        return err(refusal);
      } finally {
        turns.working = false;
        events.publish('device');
      }
    },
    restart: async () => {
      if (!isReplaced(installation)) return refuseUpdate('NOT_READY');
      if (await isSessionOpen()) return err({ code: 'UPDATE_NOT_NOW', details: { reason: 'CASH_SESSION_OPEN' } });
      deps.quit();
      return ok({});
    },
  };
}

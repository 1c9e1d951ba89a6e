import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** Written into a program folder by whoever packed or unpacked it, last of all: a folder without it is half a program. */
export const INSTALL_FILE = 'install.json';

const installFileSchema = z.object({
  /** What put it there; `update` is a newer program beside the one that was installed. */
  format: z.enum(['debian', 'portable', 'update']),
  platform: z.enum(['linux-x64', 'win-x64']),
  /** Folder of newer programs and of the switch, from the program's folder. */
  versions: z.string().min(1),
});

const packageSchema = z.object({ version: z.string() });

/** A program that was installed, as opposed to a checkout. */
export type Installation = {
  readonly format: z.infer<typeof installFileSchema>['format'];
  readonly platform: z.infer<typeof installFileSchema>['platform'];
  readonly programFolder: string;
  readonly versionsFolder: string;
  readonly version: string;
};

/** Undefined for a checkout, for the Electron program, and for a folder that is not whole. */
export function readInstallation(programFolder: string): Installation | undefined {
  const file = join(programFolder, INSTALL_FILE);
  if (!existsSync(file)) return undefined;
  const { format, platform, versions } = installFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { version } = packageSchema.parse(JSON.parse(readFileSync(join(programFolder, 'package.json'), 'utf8')));
  return { format, platform, version, programFolder, versionsFolder: resolve(programFolder, versions) };
}

/** Node of a program folder. */
export const runtimeOf = (programFolder: string, platform: Installation['platform']): string =>
  join(programFolder, 'runtime', platform === 'win-x64' ? 'node.exe' : 'node');

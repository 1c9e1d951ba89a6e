import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { UpdateManifest } from '../../../contract/update.ts';
import { runtimeOf } from '../../installed/installation.ts';

const triedSchema = z.object({
  schema: z.int(),
  entries: z.int(),
  head: z.object({ seq: z.int(), hash: z.string() }).nullable(),
});
/** What a program found in a copy of the data after it had brought the schema up. */
export type Tried = Readonly<z.infer<typeof triedSchema>>;

/** A large registry is copied and read through once. */
const TRY_MS = 10 * 60_000;

function parseTried(text: string): Tried | undefined {
  try {
    return triedSchema.safeParse(JSON.parse(text)).data;
  } catch (_noJson) {
    return undefined;
  }
}

/**
 * Lets the new program open a copy of the data, migrate it and read it, before anything of the counter depends on it.
 * Undefined when it does not start, does not answer or does not understand the data. The copy is changed by it.
 */
export function tryProgram(
  programFolder: string,
  { platform }: Pick<UpdateManifest, 'platform'>,
  copy: string,
): Promise<Tried | undefined> {
  return new Promise((resolve) => {
    const program = join(programFolder, 'src', 'main', 'run-installed.ts');
    const child = spawn(runtimeOf(programFolder, platform), [program, 'try-update', '--copy', copy], {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: TRY_MS,
      windowsHide: true,
    });
    const said: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => said.push(piece));
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? parseTried(Buffer.concat(said).toString('utf8')) : undefined));
  });
}

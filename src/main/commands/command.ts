import { readFile, stat } from 'node:fs/promises';
import type { Refusal } from '../../contract/errors.ts';
import type { Result } from '../../domain/result.ts';
import type { CounterConfig } from '../core/config.ts';
import { bestKeyStoreKind, keyStoreKindOf } from '../core/inspect.ts';
import { counterConfig } from '../counter-config.ts';
import { refusalSentence } from '../start-faults.ts';
import type { RESTART_CODE } from '../installed/run-chosen.ts';

/** A refused request of the command line: printed as `{"error": ...}`, exit code 2. */
export class CommandRefusal extends Error {
  readonly code: string;
  readonly path: readonly string[];

  constructor(code: string, message: string, path: readonly string[] = []) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

/** The value, or the refusal as the command line prints it. */
export function valueOf<T>(result: Result<T, Refusal>): T {
  if (result.ok) return result.value;
  throw new CommandRefusal(result.error.code, refusalSentence(result.error), result.error.path);
}

/** Options of a command after parsing: text, a list where the flag repeats, or a switch. */
export type Options = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** One command of `loket`. `run` answers the exit code. */
export type Command = {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: boolean }>>;
  /** True where names of files may stand without a flag. */
  readonly takesFiles?: true;
  readonly run: (options: Options, positionals: readonly string[]) => Promise<0 | 2 | typeof RESTART_CODE>;
};

/** One line of NDJSON. */
export function printLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** The text of an option that must be there. */
export function textOption(options: Options, name: string): string {
  const value = options[name];
  if (typeof value !== 'string' || value === '') {
    throw new CommandRefusal('OPTION_MISSING', `--${name} is needed; see --help`, [name]);
  }
  return value;
}

export function optionalText(options: Options, name: string): string | null {
  const value = options[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A file of anybody's is no secret; pipes, and files of the system's credentials, are read as they are. */
const READ_BY_OTHERS = 0o077;
const SHORTEST_PASSPHRASE = 12;

/**
 * The passphrase of a machine without a key store, from a file: `/dev/stdin` to type it, or one that systemd's
 * `LoadCredential=` lays out. It is never an argument and never a variable: both are seen by other programs.
 */
async function readPassphrase(file: string | null): Promise<string> {
  const refuse = (message: string): never => {
    throw new CommandRefusal('PASSPHRASE_NEEDED', message, ['passphrase-file']);
  };
  if (file === null) {
    return refuse('the keys of this counter are kept by a passphrase: --passphrase-file FILE (/dev/stdin to type it)');
  }
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return refuse(`${file} is not there`);
  if (process.platform !== 'win32' && found.isFile() && (found.mode & READ_BY_OTHERS) !== 0) {
    return refuse(`${file} can be read by others: chmod 600 ${file}`);
  }
  const passphrase = (await readFile(file, 'utf8')).split('\n', 1)[0]?.trim() ?? '';
  if (passphrase.length < SHORTEST_PASSPHRASE) {
    return refuse(`a passphrase has ${SHORTEST_PASSPHRASE} signs or more, on the first line of the file`);
  }
  return passphrase;
}

/**
 * The settings of the counter in `--data`. A folder that has keys says itself how they are kept; a new one takes the
 * machine's own key store, or the plain file of a demonstration, which a real province refuses.
 */
export async function configFrom(options: Options): Promise<CounterConfig> {
  const dataDir = textOption(options, 'data');
  const asked = optionalText(options, 'key-store');
  const kinds = ['operating-system', 'machine', 'passphrase', 'demo'] as const;
  const named = kinds.find((kind) => kind === asked);
  if (asked !== null && named === undefined) {
    throw new CommandRefusal('OPTION_WRONG', `--key-store is one of ${kinds.join(', ')}`, ['key-store']);
  }
  const keyStoreKind = keyStoreKindOf(dataDir) ?? named ?? (await bestKeyStoreKind());
  const passphrase =
    keyStoreKind === 'passphrase' ? await readPassphrase(optionalText(options, 'passphrase-file')) : null;
  return counterConfig({ dataDir, mode: keyStoreKind === 'demo' ? 'demo' : 'normal', keyStoreKind, passphrase });
}

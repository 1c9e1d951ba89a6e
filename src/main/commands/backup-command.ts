import { backupData } from '../core/inspect.ts';
import { listDataBackups, openBackup, verifyBackup } from '../core/inspect/read-backup.ts';
import {
  type Command,
  CommandRefusal,
  configFrom,
  type Options,
  optionalText,
  printLine,
  textOption,
  valueOf,
} from './command.ts';

/** The one file that a part of the command is about. */
function fileOf(positionals: readonly string[]): string {
  const [file, more] = positionals;
  if (file !== undefined && more === undefined) return file;
  throw new CommandRefusal('OPTION_MISSING', 'one backup file is needed; see --help', ['file']);
}

const PARTS: Readonly<Record<string, (options: Options, files: readonly string[]) => Promise<0 | 2>>> = {
  list: async (options) => {
    const backups = valueOf(await listDataBackups(await configFrom(options), optionalText(options, 'medium')));
    for (const backup of backups) printLine(backup);
    return 0;
  },
  verify: async (options, files) => {
    const file = fileOf(files);
    const report = valueOf(await verifyBackup(await configFrom(options), file));
    printLine(report);
    return report.ok ? 0 : 2;
  },
  open: async (options, files) => {
    const file = fileOf(files);
    const to = textOption(options, 'to');
    printLine(valueOf(await openBackup(await configFrom(options), file, to)));
    return 0;
  },
};

export const backupCommand: Command = {
  name: 'backup',
  usage:
    'loket backup --data DIR --out FILE | list --data DIR [--medium FOLDER] | verify FILE --data DIR | open FILE --to FOLDER --data DIR',
  summary:
    'copies the database as it stands, lists and proves the sealed backups of a medium, or opens one for reading; a counter is never put to work from any of them',
  example: 'npm run -s loket -- backup list --data data/counter',
  options: { data: { type: 'string' }, out: { type: 'string' }, medium: { type: 'string' }, to: { type: 'string' } },
  takesFiles: true,
  run: async (options, positionals) => {
    const [part, ...files] = positionals;
    if (part !== undefined) {
      const run = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
      if (run === undefined) throw new CommandRefusal('OPTION_WRONG', `loket backup knows no ${part}; see --help`);
      return await run(options, files);
    }
    const out = textOption(options, 'out');
    const keys = valueOf(await backupData(await configFrom(options), out, undefined));
    printLine({ out, bodyKeys: keys });
    return 0;
  },
};

import { backupAt, listCounterBackups, openCounterBackup } from '../backups/counter-backups.ts';
import { missingOf } from '../bundles/look-bundle.ts';
import { findDevice } from '../enrolment/device-store.ts';
import type { ProvinceContext } from '../province-context.ts';
import { required } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, type Print, withProvince } from './command.ts';

/** What the file system refused is said in its own words, which name the place. */
async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isOfTheDisk = error instanceof Error && 'code' in error && 'syscall' in error;
    if (isOfTheDisk) throw new CliRefusal('FILE_UNREADABLE', error.message);
    throw error;
  }
}

/** Whose backup it is, and how many of its entries never came here; null for a device that is not known. */
async function custodyOf({ db }: ProvinceContext, file: string) {
  const name = backupAt(file);
  const device = name === undefined ? undefined : await findDevice(db, name.deviceId);
  if (name === undefined || device === undefined) return null;
  const { outletId, deviceNo } = device;
  const missing = await missingOf({ db }, { deviceId: name.deviceId, fromSeq: 1, toSeq: name.throughSeq });
  return { outletId, deviceNo, missing };
}

async function list(medium: string, print: Print): Promise<number> {
  for (const backup of await onDisk(() => listCounterBackups(medium))) print(backup);
  return 0;
}

/** Opens, looks and reads a counter's whole backup: an auditor needs no counter for it. */
export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup list --medium FOLDER | backup open FILE --to FOLDER',
  summary:
    'Lists the whole backups of counters on a medium, or opens one with the sealing keys for reading; prints how many of its entries never came; `loket status` and `export-journal --data FOLDER` read what was opened.',
  example: 'npm run -s province -- backup open FILE.opop-data --to dibaca --data data/province',
  options: ['medium', 'to'],
  run: async (args, print) => {
    const [part, file, ...more] = args.positionals;
    if (part === 'list' && file === undefined) return await list(required(args, 'medium'), print);
    if (part !== 'open' || file === undefined || more.length > 0) {
      throw new CliRefusal('BAD_ARGUMENTS', 'backup list --medium FOLDER, or backup open FILE --to FOLDER', 'file');
    }
    const to = required(args, 'to');
    const answer = await withProvince(args, async ({ context }) => {
      const opened = await onDisk(() => openCounterBackup(context.keys.sealingKeys, file, to));
      if (!opened.ok) throw new CliRefusal(opened.error, `${file} was not opened; nothing was written`, 'file');
      return { file, ...backupAt(file), ...opened.value, custody: await custodyOf(context, file) };
    });
    print(answer);
    return answer.isAsNamed ? 0 : 2;
  },
};

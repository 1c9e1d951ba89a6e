import { localDate } from '../../domain/local-date.ts';
import { rupiah } from '../../domain/rupiah.ts';
import { setOfficerActive } from '../enrolment/officer-administration.ts';
import { affectedFile } from '../loss/affected-file.ts';
import { countAffected, listAffected } from '../loss/affected-persons.ts';
import { reportDeviceLost } from '../loss/device-lost.ts';
import { readLossReport } from '../loss/loss-report.ts';
import {
  dateArgument,
  optional,
  personArgument,
  reasonArgument,
  required,
  uuidArgument,
  wholeNumber,
} from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';
import { writeWhole } from './files.ts';

const deviceLost: Command = {
  name: 'device-lost',
  usage: 'device-lost --device ID --report TEXT --by NAME [--cash-lost AMOUNT]',
  summary: 'Opens the case of lost cash or a lost device: freezes the figures, revokes the device and its officers.',
  example:
    'npm run -s province -- device-lost --device 019cd5af-e380-743a-9667-40a908ceba4a --report "LP/12/XI/2026 Polsek Pare" --by "Pengawas Kediri" --cash-lost 3500000',
  options: ['device', 'report', 'by', 'cash-lost'],
  run: async (args, print) => {
    const hasAmount = optional(args, 'cash-lost') !== undefined;
    const loss = {
      deviceId: uuidArgument(args, 'device'),
      report: required(args, 'report').slice(0, 500),
      by: required(args, 'by').slice(0, 120),
      cashLost: hasAmount ? rupiah(wholeNumber(args, 'cash-lost', [0, 1_000_000_000_000], 0)) : null,
    };
    const opened = await withProvince(args, ({ context }) => reportDeviceLost(context, loss));
    if (!opened.ok) throw new CliRefusal(opened.error, 'this province has not enrolled the device', 'device');
    print(opened.value);
    return 0;
  },
};

const lossReport: Command = {
  name: 'loss-report',
  usage: 'loss-report --device ID',
  summary: 'Prints the case of a lost device: what is in custody, what came later, what may exist on paper only.',
  example: 'npm run -s province -- loss-report --device 019cd5af-e380-743a-9667-40a908ceba4a',
  options: ['device'],
  run: async (args, print) => {
    const deviceId = uuidArgument(args, 'device');
    const report = await withProvince(args, ({ context }) => readLossReport(context, deviceId));
    if (!report.ok) throw new CliRefusal(report.error, 'nobody has reported this device as lost', 'device');
    print(report.value);
    return 0;
  },
};

/** Everything that the computer ever held: whoever has it has all of it. */
const FIRST_DAY = localDate({ year: 2000, month: 1, day: 1 });
const LAST_DAY = localDate({ year: 9999, month: 12, day: 31 });

const affected: Command = {
  name: 'affected',
  usage: 'affected --device ID [--from DATE] [--to DATE] [--as NAME --reason TEXT --out FILE]',
  summary:
    'Counts whose personal data a computer held, from its journal; with --as, --reason and --out it names them in a CSV file, and the opening is recorded.',
  example:
    'npm run -s province -- affected --device 019cd5af-e380-743a-9667-40a908ceba4a --as "Rina, PPID Bapenda" --reason "LP/12/XI/2026, laptop dicuri" --out warga.csv',
  options: ['device', 'from', 'to', 'as', 'reason', 'out'],
  run: async (args, print) => {
    const query = {
      deviceId: uuidArgument(args, 'device'),
      from: dateArgument(args, 'from', FIRST_DAY),
      to: dateArgument(args, 'to', LAST_DAY),
    };
    const isNamed = ['as', 'reason', 'out'].some((name) => optional(args, name) !== undefined);
    const look = isNamed
      ? { by: personArgument(args, 'as'), reason: reasonArgument(args), out: required(args, 'out') }
      : null;
    return await withProvince(args, async ({ context }) => {
      const figures = await countAffected(context, query);
      if (!figures.ok) throw new CliRefusal(figures.error, 'this province has not enrolled the device', 'device');
      if (look === null) {
        print(figures.value);
        return 0;
      }
      const { out, ...who } = look;
      const persons = await listAffected(context, query, who);
      async function* once() {
        yield affectedFile(persons);
      }
      const bytes = await writeWhole(out, once(), 'out');
      const unreadable = persons.filter(({ problem }) => problem !== null).length;
      print({ ...figures.value, file: out, bytes, entries: persons.length, unreadable });
      return 0;
    });
  },
};

const reactivateOfficer: Command = {
  name: 'reactivate-officer',
  usage: 'reactivate-officer --officer ID',
  summary: 'Lets an officer who was suspended sign in again from the next officers page on.',
  example: 'npm run -s province -- reactivate-officer --officer petugas-1',
  options: ['officer'],
  run: async (args, print) => {
    const officerId = required(args, 'officer');
    const changed = await withProvince(args, ({ context }) => setOfficerActive(context, officerId, true));
    if (!changed.ok) throw new CliRefusal(changed.error, 'no such officer', 'officer');
    print(changed.value);
    return 0;
  },
};

/** The case *kehilangan kas atau perangkat*. */
export const lossCommands: readonly Command[] = [deviceLost, lossReport, affected, reactivateOfficer];

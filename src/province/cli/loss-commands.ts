import { rupiah } from '../../domain/rupiah.ts';
import { setOfficerActive } from '../enrolment/officer-administration.ts';
import { reportDeviceLost } from '../loss/device-lost.ts';
import { readLossReport } from '../loss/loss-report.ts';
import { optional, required, uuidArgument, wholeNumber } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

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
export const lossCommands: readonly Command[] = [deviceLost, lossReport, reactivateOfficer];

import { runDrill } from '../demo/drill.ts';
import { PROGRAM_FOLDER } from '../host.ts';
import { type Command, CommandRefusal, optionalText, printLine } from './command.ts';

const USUAL_ENTRIES = '1000';
const MOST_ENTRIES = 20_000;

export const drillCommand: Command = {
  name: 'drill',
  usage: 'loket drill [--entries N]',
  summary:
    'rehearses the replacement of a dead counter on a throw-away province and data folder, prints each step with its time; exit 2 when an entry is missing or twice, or it took ten minutes',
  example: 'npm run -s loket -- drill --entries 1000',
  options: { entries: { type: 'string' } },
  run: async (options) => {
    const entries = Number(optionalText(options, 'entries') ?? USUAL_ENTRIES);
    if (!Number.isInteger(entries) || entries < 1 || entries > MOST_ENTRIES) {
      throw new CommandRefusal('OPTION_WRONG', `--entries is a number from 1 to ${String(MOST_ENTRIES)}`, ['entries']);
    }
    const report = await runDrill({ programFolder: PROGRAM_FOLDER, entries, print: printLine });
    if (!report.ok) {
      throw new CommandRefusal(
        report.error,
        'Geladi memerlukan program Bapenda contoh, yang hanya ada di paket sumber. Tidak ada yang diubah.',
      );
    }
    printLine(report.value);
    return report.value.ok ? 0 : 2;
  },
};

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM_FOLDER } from '../host.ts';
import { runProgram } from '../installed/run-program.ts';
import { type Command, CommandRefusal, optionalText } from './command.ts';

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
    // It needs a province, which no installed counter carries: a program of its own, that only the sources have.
    const program = join(PROGRAM_FOLDER, 'src', 'main', 'drill.ts');
    if (!existsSync(program)) {
      throw new CommandRefusal(
        'PROVINCE_NOT_HERE',
        'Geladi memerlukan program Bapenda contoh, yang hanya ada di paket sumber. Tidak ada yang diubah.',
      );
    }
    const code = await runProgram(process.execPath, program, [String(entries)]);
    if (code !== 0 && code !== 2) throw new Error(`the drill ended with ${String(code)}`);
    return code;
  },
};

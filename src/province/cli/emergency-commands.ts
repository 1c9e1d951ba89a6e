import { reportEmergencyBooks } from '../emergency/book-report.ts';
import { required } from './arguments.ts';
import { type Command, withProvince } from './command.ts';

const emergencyBooks: Command = {
  name: 'emergency-books',
  usage: 'emergency-books --outlet ID',
  summary: 'Prints the emergency receipt books of an outlet: sold, spoiled, missing, skipped and doubled numbers.',
  example: 'npm run -s province -- emergency-books --outlet 3506-017',
  options: ['outlet'],
  run: async (args, print) => {
    const outletId = required(args, 'outlet');
    const report = await withProvince(args, ({ context }) => reportEmergencyBooks(context.db, outletId));
    print(report);
    return 0;
  },
};

/** The emergency receipt book (kuitansi darurat). */
export const emergencyCommands: readonly Command[] = [emergencyBooks];

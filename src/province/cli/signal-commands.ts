import { addDays, localDateAt } from '../../domain/local-date.ts';
import { sharedSlips } from '../signals/shared-slips.ts';
import { dateArgument } from './arguments.ts';
import { type Command, withProvince } from './command.ts';

const DAYS = 90;

const sharedSlipsCommand: Command = {
  name: 'shared-slips',
  usage: 'shared-slips [--since D] [--outlet ID ...]',
  summary:
    'Lists slips of a bank that stand under more than one deposit, of whichever outlets; a question, no accusation.',
  example: 'npm run -s province -- shared-slips --since 2026-01-01 --outlet 3506-017',
  options: ['since', 'outlet'],
  run: async (args, print) => {
    const since = dateArgument(args, 'since', addDays(localDateAt(Date.now()), -DAYS));
    const outlets = args.values['outlet'] ?? null;
    const found = await withProvince(args, ({ context }) => sharedSlips(context.db, since, outlets));
    for (const slip of found) print(slip);
    return 0;
  },
};

/** What only the province can see of many journals. */
export const signalCommands: readonly Command[] = [sharedSlipsCommand];

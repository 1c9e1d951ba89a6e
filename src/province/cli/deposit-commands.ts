import { rupiah } from '../../domain/rupiah.ts';
import { confirmDeposit, type ConfirmProblem, readDeposits } from '../deposits/confirm-deposit.ts';
import { dateArgument, optional, required, uuidArgument, wholeNumber } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

const MOST_ROWS = 10_000;
const MOST_RUPIAH = 1_000_000_000_000;

const WORDS_OF: Readonly<Record<ConfirmProblem, string>> = {
  DEPOSIT_UNKNOWN: 'no deposit under this id; see deposit list',
  DEPOSIT_AMBIGUOUS: 'two devices say this id: look at both with deposit list',
  DATE_IMPOSSIBLE: 'the bank cannot have confirmed it before it was handed in, or on a day to come',
  MORE_THAN_DEPOSITED: 'with what is confirmed already it would be more than was handed in',
};

const PATH_OF: Readonly<Record<ConfirmProblem, string>> = {
  DEPOSIT_UNKNOWN: 'confirm',
  DEPOSIT_AMBIGUOUS: 'confirm',
  DATE_IMPOSSIBLE: 'on',
  MORE_THAN_DEPOSITED: 'amount',
};

const deposit: Command = {
  name: 'deposit',
  usage: 'deposit list [--open] [--limit N] | --confirm ID --on DATE --amount RUPIAH [--by NAME]',
  summary: 'Cash that counters handed to banks; what a bank confirms goes to the counter in its decisions.',
  example: 'npm run -s province -- deposit --confirm 019a... --on 2026-11-23 --amount 4500000 --by "Rini, bendahara"',
  options: ['confirm', 'on', 'amount', 'by', 'limit'],
  flags: ['open'],
  run: async (args, print) => {
    if (args.positionals[0] === 'list') {
      const isOpen = args.values['open']?.length === 1;
      const limit = wholeNumber(args, 'limit', [1, MOST_ROWS], 200);
      const rows = await withProvince(args, ({ context }) => readDeposits(context.db, { isOpen, limit }));
      for (const row of rows) print(row);
      return 0;
    }
    if (optional(args, 'confirm') === undefined) {
      throw new CliRefusal('BAD_ARGUMENTS', 'say deposit list, or deposit --confirm ID');
    }
    required(args, 'amount');
    const word = {
      depositId: uuidArgument(args, 'confirm'),
      confirmedOn: dateArgument(args, 'on'),
      amount: rupiah(wholeNumber(args, 'amount', [1, MOST_RUPIAH], 1)),
      saidBy: optional(args, 'by')?.slice(0, 80) ?? 'administrator',
    };
    const confirmed = await withProvince(args, ({ context }) => confirmDeposit(context, word));
    if (!confirmed.ok) throw new CliRefusal(confirmed.error, WORDS_OF[confirmed.error], PATH_OF[confirmed.error]);
    print(confirmed.value);
    return 0;
  },
};

/** Cash on its way to a bank. */
export const depositCommands: readonly Command[] = [deposit];

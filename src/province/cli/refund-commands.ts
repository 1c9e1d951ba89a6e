import { REFUND_STATES, type RefundState } from '../../domain/refund-state.ts';
import { decideRefundById, showRefundAccount } from '../cases/decide-by-id.ts';
import { readRefunds, type RefundProblem } from '../cases/refunds.ts';
import { type CommandArguments, optional, required, uuidArgument, wholeNumber } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

const DAY_MS = 86_400_000;
const LONGEST_LIST = 1000;

const PROBLEMS: Readonly<Record<RefundProblem, readonly [message: string, path: string]>> = {
  REFUND_UNKNOWN: ['no application for a refund has this id', 'id'],
  REFUND_NOT_NOW: ['the application is not in a state for this word', 'id'],
  REFUND_OWN: ['who asked for a refund does not approve it', 'by'],
  REFUND_OUTDATED: ['the sale was decided anew since: the sums of the application are not owed any more', 'id'],
  REASON_MISSING: ['a rejection needs its reason', 'reason'],
  REFERENCE_MISSING: ['a payment needs the reference of its transfer', 'reference'],
  REVERSAL_MISSING: ['what is booked goes back only with the number of its reversal', 'reversal'],
  SALE_UNKNOWN: ['the sale of this application is not in custody', 'id'],
};

const WORDS = { approve: 'approved', reject: 'rejected', pay: 'paid', unclaimed: 'unclaimed' } as const;

/** The one word of a command line; refused when there is none, or more than one. */
function wordOf(args: CommandArguments): { readonly option: string; readonly state: RefundState } {
  const given = Object.entries(WORDS).filter(([option]) => optional(args, option) !== undefined);
  const [word] = given;
  if (word === undefined || given.length > 1) {
    throw new CliRefusal('BAD_ARGUMENTS', 'exactly one of --approve, --reject, --pay and --unclaimed, with the id');
  }
  return { option: word[0], state: word[1] };
}

const refund: Command = {
  name: 'refund',
  usage:
    'refund (--approve ID [--reversal NUMBER] | --reject ID --reason TEXT | --pay ID --reference TEXT | --unclaimed ID) --by NAME',
  summary: 'Says a word about an application for a refund; the counter reads it in its feed, the ledger moves with it.',
  example:
    'npm run -s province -- refund --pay 019cd5af-e380-743a-9667-40a908ceba4a --reference "SP2D 17/2026" --by "Bendahara"',
  options: ['approve', 'reject', 'pay', 'unclaimed', 'by', 'reason', 'reference', 'reversal'],
  run: async (args, print) => {
    const { option, state } = wordOf(args);
    const refundId = uuidArgument(args, option);
    const text = (name: string): string | null => optional(args, name)?.slice(0, 300) ?? null;
    const said = {
      state,
      saidBy: required(args, 'by').slice(0, 120),
      reason: text('reason'),
      reference: text('reference')?.slice(0, 60) ?? null,
      reversal: text('reversal')?.slice(0, 60) ?? null,
    };
    const decided = await withProvince(args, ({ context }) => decideRefundById(context, refundId, said));
    if (!decided.ok) {
      const [message, path] = PROBLEMS[decided.error];
      throw new CliRefusal(decided.error, message, path);
    }
    print(decided.value);
    return 0;
  },
};

function stateArgument(args: CommandArguments): RefundState | null {
  const text = optional(args, 'state');
  if (text === undefined) return null;
  const state = REFUND_STATES.find((known) => known === text);
  if (state === undefined)
    throw new CliRefusal('BAD_ARGUMENTS', `--state is one of ${REFUND_STATES.join(', ')}`, 'state');
  return state;
}

const refunds: Command = {
  name: 'refunds',
  usage: 'refunds [--state STATE] [--older-than DAYS]',
  summary:
    'Prints applications for refunds, those that wait longest first; --state unclaimed is the list of unclaimed ones.',
  example: 'npm run -s province -- refunds --state approved --older-than 365',
  options: ['state', 'older-than'],
  run: async (args, print) => {
    const state = stateArgument(args);
    const days = wholeNumber(args, 'older-than', [0, 36_500], 0);
    const rows = await withProvince(args, async ({ context }) => {
      const known = await readRefunds(context.db, state, LONGEST_LIST);
      return known.map((one) => ({ ...one, ageDays: Math.floor((context.now() - one.movedAt) / DAY_MS) }));
    });
    for (const row of rows) if (row.ageDays >= days) print(row);
    return 0;
  },
};

const refundAccount: Command = {
  name: 'refund-account',
  usage: 'refund-account --refund ID --by NAME',
  summary: 'Shows the sealed account of one application to who pays it; the look is kept with his name.',
  example: 'npm run -s province -- refund-account --refund 019cd5af-e380-743a-9667-40a908ceba4a --by "Bendahara"',
  options: ['refund', 'by'],
  run: async (args, print) => {
    const refundId = uuidArgument(args, 'refund');
    const lookedBy = required(args, 'by').slice(0, 120);
    const shown = await withProvince(args, ({ context }) => showRefundAccount(context, refundId, lookedBy));
    if (!shown.ok) throw new CliRefusal(shown.error, 'the account of this application cannot be shown', 'refund');
    print(shown.value);
    return 0;
  },
};

/** Applications for refunds (permohonan pengembalian). */
export const refundCommands: readonly Command[] = [refund, refunds, refundAccount];

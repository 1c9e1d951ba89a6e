import { readPaidTwice, type ReturnProblem, returnPayment } from '../payments/returned-payment.ts';
import { settleReferencePayment } from '../payments/reference-provider.ts';
import { required, uuidArgument } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

const settlePayment: Command = {
  name: 'settle-payment',
  usage: 'settle-payment --payment ID --outcome confirmed|failed',
  summary: 'Lets a payment of the reference provider arrive or fail, as the bank of the citizen would; for demos.',
  example: 'npm run -s province -- settle-payment --payment 0192f000-0000-7000-8000-00000000e001 --outcome confirmed',
  options: ['payment', 'outcome'],
  run: async (args, print) => {
    const paymentId = uuidArgument(args, 'payment');
    const outcome = required(args, 'outcome');
    if (outcome !== 'confirmed' && outcome !== 'failed') {
      throw new CliRefusal('BAD_ARGUMENTS', '--outcome is confirmed or failed', 'outcome');
    }
    const settled = await withProvince(args, ({ context }) =>
      settleReferencePayment(context.db, paymentId, outcome, context.now()),
    );
    if (!settled.ok) throw new CliRefusal(settled.error, 'nobody waits for this payment', 'payment');
    print({ kind: 'payment', paymentId, state: settled.value.state });
    return 0;
  },
};

const LONGEST_LIST = 1000;

const paidTwice: Command = {
  name: 'payments-twice',
  usage: 'payments-twice [--all]',
  summary:
    'Prints money that a provider took for what was paid already and that its payer does not have back; --all of it.',
  example: 'npm run -s province -- payments-twice',
  options: [],
  flags: ['all'],
  run: async (args, print) => {
    const open = args.values['all'] === undefined;
    const rows = await withProvince(args, ({ context }) => readPaidTwice(context.db, { open, limit: LONGEST_LIST }));
    for (const row of rows) print(row);
    return 0;
  },
};

const PROBLEMS: Readonly<Record<ReturnProblem, readonly [message: string, path: string]>> = {
  PAYMENT_UNKNOWN: ['no counter has said that this payment came twice', 'payment'],
  PAYMENT_RETURNED: ['this payment went back already, under an earlier reference', 'payment'],
  REFERENCE_MISSING: ['a return needs the number under which the provider made it', 'reference'],
};

const returnTwice: Command = {
  name: 'return-payment',
  usage: 'return-payment --payment ID --reference NUMBER --by NAME',
  summary: 'Says that the provider gave money that came twice back to its payer; the case at the counter ends with it.',
  example:
    'npm run -s province -- return-payment --payment 0192f000-0000-7000-8000-00000000e001 --reference "RF-2026/17" --by "Bendahara"',
  options: ['payment', 'reference', 'by'],
  run: async (args, print) => {
    const paymentId = uuidArgument(args, 'payment');
    const said = {
      reference: required(args, 'reference').slice(0, 60),
      saidBy: required(args, 'by').slice(0, 120),
    };
    const returned = await withProvince(args, ({ context }) => returnPayment(context, paymentId, said));
    if (!returned.ok) {
      const [message, path] = PROBLEMS[returned.error];
      throw new CliRefusal(returned.error, message, path);
    }
    print(returned.value);
    return 0;
  },
};

/** The reference provider of payments, and money that came twice. */
export const paymentCommands: readonly Command[] = [settlePayment, paidTwice, returnTwice];

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

/** The reference provider of payments. */
export const paymentCommands: readonly Command[] = [settlePayment];

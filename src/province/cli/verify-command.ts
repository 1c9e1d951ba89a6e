import { verifyProvince } from '../verify/verify-province.ts';
import { type Command, withProvince } from './command.ts';

/** `province verify`: reads everything and checks it; 2 when something is wrong. */
export const verifyCommand: Command = {
  name: 'verify',
  usage: 'verify',
  summary:
    'Checks every stored chain, signature, ledger sum, booking, receipt and feed page; 2 when something is wrong.',
  example: 'npm run -s province -- verify --data data/province',
  options: [],
  run: async (args, print) => {
    const report = await withProvince(args, ({ context }) => verifyProvince(context));
    print(report);
    return report.ok ? 0 : 2;
  },
};

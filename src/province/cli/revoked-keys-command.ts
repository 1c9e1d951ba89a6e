import { revocationStatements } from '../enrolment/revoked-devices.ts';
import { type Command, withProvince } from './command.ts';

/** `province revoked-keys`: what `loket verify-receipt --revoked` and `tools/verify --keys` read. */
export const revokedKeysCommand: Command = {
  name: 'revoked-keys',
  usage: 'revoked-keys',
  summary:
    'Prints a statement signed by the root key for each revoked device, for those who check paper without a line.',
  example: 'npm run -s province -- revoked-keys --data data/province > revoked.ndjson',
  options: [],
  run: async (args, print) => {
    for (const statement of await withProvince(args, ({ context }) => revocationStatements(context))) print(statement);
    return 0;
  },
};

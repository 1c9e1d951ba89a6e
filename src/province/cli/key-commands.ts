import { LEAST_OVERLAP_DAYS, readStatedKeys, revokeKey, rotateKey } from '../keys/key-statements.ts';
import { required, wholeNumber } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

const keys: Command = {
  name: 'keys',
  usage: 'keys',
  summary: 'Lists the public keys of the province with their statements, newest first.',
  example: 'npm run -s province -- keys',
  options: [],
  run: async (args, print) => {
    for (const { text: _text, sig: _sig, ...facts } of await withProvince(args, ({ context }) =>
      readStatedKeys(context.db),
    )) {
      print(facts);
    }
    return 0;
  },
};

const rotate: Command = {
  name: 'rotate-keys',
  usage: 'rotate-keys --purpose signing|sealing [--overlap-days N]',
  summary: 'Makes a new key and puts it to work; copy the keys folder to every node and to the safe afterwards.',
  example: 'npm run -s province -- rotate-keys --purpose signing',
  options: ['purpose', 'overlap-days'],
  run: async (args, print) => {
    const purpose = required(args, 'purpose');
    if (purpose !== 'signing' && purpose !== 'sealing') {
      throw new CliRefusal('BAD_ARGUMENTS', '--purpose must be signing or sealing', 'purpose');
    }
    const days = wholeNumber(args, 'overlap-days', [LEAST_OVERLAP_DAYS, 1500], LEAST_OVERLAP_DAYS);
    const rotated = await withProvince(args, ({ context }) => rotateKey(context, purpose, days));
    if (!rotated.ok) throw new CliRefusal(rotated.error, 'the keys stay as they are', 'overlap-days');
    print({ purpose, ...rotated.value });
    return 0;
  },
};

const revoke: Command = {
  name: 'revoke-key',
  usage: 'revoke-key --key ID',
  summary: 'Says that a key is not believed any more, whatever it signed; what it signed for us is signed again.',
  example: 'npm run -s province -- revoke-key --key m1c9iLUr-F6o',
  options: ['key'],
  run: async (args, print) => {
    const key = required(args, 'key');
    const revoked = await withProvince(args, ({ context }) => revokeKey(context, key));
    if (!revoked.ok) {
      const message = revoked.error === 'KEY_IS_LAST' ? 'rotate this purpose first' : 'no such key of this province';
      throw new CliRefusal(revoked.error, message, 'key');
    }
    print(revoked.value);
    return 0;
  },
};

/** What an administrator does about keys. */
export const keyCommands: readonly Command[] = [keys, rotate, revoke];

import { giveMandate, revokeMandate } from '../enrolment/mandates.ts';
import { dateArgument, optional, required } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

const SENTENCES = {
  OUTLET_UNKNOWN: ['name outlets of this province, each once', 'outlet'],
  NAME_MISSING: ['this auditor is new: say --name', 'name'],
  NOT_AN_AUDITOR: ['somebody of another role has this id', 'auditor'],
  DAYS_WRONG: ['the last day is before the first one', 'to'],
  LETTER_USED: ['this auditor has had this letter before; a new letter has a new number', 'letter'],
} as const;

const mandate: Command = {
  name: 'mandate',
  usage: 'mandate --auditor ID [--name NAME] --letter NUMBER --from D --to D --outlet ID ...',
  summary: 'Lets an auditor look at outlets on the days of his letter; of a new auditor the PIN is printed once.',
  example:
    'npm run -s province -- mandate --auditor pemeriksa-1 --name "Sutrisno" --letter ST/117/2026 --from 2026-03-09 --to 2026-03-20 --outlet 3506-017',
  options: ['auditor', 'name', 'letter', 'from', 'to', 'outlet'],
  run: async (args, print) => {
    const asked = {
      officerId: required(args, 'auditor'),
      letter: required(args, 'letter'),
      from: dateArgument(args, 'from'),
      to: dateArgument(args, 'to'),
      outletIds: args.values['outlet'] ?? [],
    };
    if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(asked.officerId)) {
      throw new CliRefusal('BAD_ARGUMENTS', '--auditor is letters, digits and hyphens', 'auditor');
    }
    if (asked.letter.length > 80) throw new CliRefusal('BAD_ARGUMENTS', '--letter is too long', 'letter');
    const name = optional(args, 'name') ?? null;
    const given = await withProvince(args, ({ context }) => giveMandate(context, asked, name));
    if (!given.ok) {
      const [sentence, path] = SENTENCES[given.error];
      throw new CliRefusal(given.error, sentence, path);
    }
    print(given.value);
    return 0;
  },
};

const mandateRevoke: Command = {
  name: 'mandate-revoke',
  usage: 'mandate-revoke --auditor ID --letter NUMBER',
  summary: 'Takes a letter back for all its outlets; their counters refuse it from their next contact on.',
  example: 'npm run -s province -- mandate-revoke --auditor pemeriksa-1 --letter ST/117/2026',
  options: ['auditor', 'letter'],
  run: async (args, print) => {
    const [officerId, letter] = [required(args, 'auditor'), required(args, 'letter')];
    const revoked = await withProvince(args, ({ context }) => revokeMandate(context, officerId, letter));
    if (!revoked.ok) throw new CliRefusal(revoked.error, 'this auditor has no such letter in force', 'letter');
    print({ officerId, letter, outlets: revoked.value });
    return 0;
  },
};

/** Letters of auditors. */
export const mandateCommands: readonly Command[] = [mandate, mandateRevoke];

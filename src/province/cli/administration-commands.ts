import { readFileSync, writeFileSync } from 'node:fs';
import { formatEnrolmentTicket } from '../../contract/enrolment-ticket.ts';
import { parseRulePack } from '../../contract/rule-pack.ts';
import { localDateAt } from '../../domain/local-date.ts';
import type { RulePack } from '../../domain/rule-pack-document.ts';
import { listUnsent, openMessages } from '../booking/notification-port.ts';
import { recordOutsidePayment } from '../booking/outside-payment.ts';
import { issueEnrolmentCode } from '../enrolment/enrolment.ts';
import { publishPolicy, publishRules } from '../feeds/published-rules.ts';
import { changePolicy } from '../feeds/change-policy.ts';
import {
  dateArgument,
  nrkbArgument,
  optional,
  personArgument,
  reasonArgument,
  required,
  wholeNumber,
} from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

const enrolmentCode: Command = {
  name: 'enrolment-code',
  usage: 'enrolment-code --outlet ID [--url URL [--file FILE.opop-kode]]',
  summary:
    'Makes a one-time code for one device of an outlet; it lives 24 hours. With the address it is a ticket: for a QR, or as a file for a flashdisk.',
  example: 'npm run -s province -- enrolment-code --outlet 3506-017',
  options: ['outlet', 'url', 'file'],
  run: async (args, print) => {
    const outletId = required(args, 'outlet');
    const issued = await withProvince(args, ({ context }) => issueEnrolmentCode(context, outletId));
    if (!issued.ok)
      throw new CliRefusal(issued.error, `no outlet ${outletId}; demo outlets come with demo-data`, 'outlet');
    const url = optional(args, 'url');
    const ticket = url === undefined ? null : formatEnrolmentTicket({ provinceUrl: url, code: issued.value.code });
    // A file that is there already may hold another outlet's code: it is never written over.
    const file = optional(args, 'file');
    if (file !== undefined) {
      if (ticket === null) throw new CliRefusal('BAD_ARGUMENTS', '--file needs --url: a ticket names both', 'url');
      writeFileSync(file, `${ticket}\n`, { flag: 'wx', mode: 0o600 });
    }
    print({ ...issued.value, ...(ticket === null ? {} : { ticket }) });
    return 0;
  },
};

const outsidePayment: Command = {
  name: 'outside-payment',
  usage: 'outside-payment --nrkb X --due D [--on D] [--channel NAME]',
  summary: 'Records that a vehicle was paid at another channel, up to the period that falls due on D.',
  example: 'npm run -s province -- outside-payment --nrkb "AG 2345 KD" --due 2026-12-02',
  options: ['nrkb', 'due', 'on', 'channel'],
  run: async (args, print) => {
    const payment = {
      nrkb: nrkbArgument(args, 'nrkb'),
      dueOn: dateArgument(args, 'due'),
      paidOn: dateArgument(args, 'on', localDateAt(Date.now())),
      channel: optional(args, 'channel') ?? 'SIGNAL',
    };
    const recorded = await withProvince(args, ({ context }) => recordOutsidePayment(context.db, payment));
    if (!recorded.ok) {
      const path = recorded.error === 'VEHICLE_UNKNOWN' ? 'nrkb' : 'due';
      throw new CliRefusal(recorded.error, 'the register does not take this payment', path);
    }
    print({ ...payment, periods: recorded.value.periods });
    return 0;
  },
};

const setPolicy: Command = {
  name: 'set-policy',
  usage: 'set-policy --set KEY=VALUE ...',
  summary: 'Signs a new policy page; KEY may be a path such as caps.perSale, VALUE is JSON or plain text.',
  example: 'npm run -s province -- set-policy --set offlineCash=intake-only --set caps.unsent=50',
  options: ['set'],
  run: async (args, print) => {
    const changes = args.values['set'] ?? [];
    if (changes.length === 0) throw new CliRefusal('BAD_ARGUMENTS', '--set is missing', 'set');
    const policy = await withProvince(args, ({ context }) =>
      publishPolicy(context, (now) => changePolicy(now, changes)),
    );
    if (!policy.ok)
      throw new CliRefusal('POLICY_INVALID', `the policy would not be valid at ${policy.error}`, policy.error);
    print(policy.value);
    return 0;
  },
};

function readPack(file: string): RulePack {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliRefusal('FILE_UNREADABLE', error instanceof Error ? error.message : String(error), file);
  }
  const parsed = parseRulePack(value);
  if (!parsed.ok) throw new CliRefusal('RULE_PACK_INVALID', `not a rule pack at ${parsed.path.join('.')}`, file);
  return parsed.value;
}

const publishRulesCommand: Command = {
  name: 'publish-rules',
  usage: 'publish-rules FILE...',
  summary: 'Signs rule packs and publishes them; packs that claim the same day without "replaces" are refused.',
  example: 'npm run -s province -- publish-rules resources/rule-packs/jatim-2026.json',
  options: [],
  run: async (args, print) => {
    if (args.positionals.length === 0) throw new CliRefusal('BAD_ARGUMENTS', 'name at least one file');
    const packs = args.positionals.map(readPack);
    const published = await withProvince(args, ({ context }) => publishRules(context, packs));
    if (!published.ok) {
      const [first] = published.error;
      throw new CliRefusal(
        first?.code ?? 'RULES_OVERLAP',
        `packs ${first?.packIds.join(', ') ?? ''}`,
        first?.path ?? null,
      );
    }
    print(published.value);
    return 0;
  },
};

const officers: Command = {
  name: 'officers',
  usage: 'officers',
  summary: 'Lists the officers of every outlet; PINs are not kept and cannot be listed.',
  example: 'npm run -s province -- officers',
  options: [],
  run: async (args, print) => {
    const rows = await withProvince(args, ({ context }) =>
      context.db.selectFrom('officer').selectAll().orderBy('outlet_id').orderBy('officer_id').execute(),
    );
    for (const { officer_id: officerId, outlet_id: outletId, name, role, active } of rows) {
      print({ officerId, outletId, name, role, active });
    }
    return 0;
  },
};

const MOST_MESSAGES = 1000;

const outbox: Command = {
  name: 'outbox',
  usage: 'outbox [--limit N] [--as NAME --reason TEXT]',
  summary:
    'Counts and lists the messages to payers that wait for a gateway, oldest first; with --as and --reason it opens them, and the opening is recorded.',
  example: 'npm run -s province -- outbox',
  options: ['limit', 'as', 'reason'],
  run: async (args, print) => {
    const limit = wholeNumber(args, 'limit', [1, MOST_MESSAGES], 100);
    const isNamed = ['as', 'reason'].some((name) => optional(args, name) !== undefined);
    const look = isNamed ? { by: personArgument(args, 'as'), reason: reasonArgument(args) } : null;
    const { unsent, shown } = await withProvince(args, async ({ context }) => {
      const { unsent: count, messages } = await listUnsent(context.db, limit);
      return { unsent: count, shown: look === null ? messages : await openMessages(context, messages, look) };
    });
    print({ unsent, shown: shown.length });
    for (const message of shown) print(message);
    return 0;
  },
};

/** What an administrator does beside the running server. */
export const administrationCommands: readonly Command[] = [
  enrolmentCode,
  outsidePayment,
  setPolicy,
  publishRulesCommand,
  officers,
  outbox,
];

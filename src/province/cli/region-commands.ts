import { z } from 'zod';
import type { Result } from '../../domain/result.ts';
import {
  announceClosure,
  delegate,
  endDelegation,
  giveRegion,
  moveOutlet,
  putHours,
  putRegion,
} from '../region/regions.ts';
import { type CommandArguments, dateArgument, optional, required, uuidArgument } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

const saidBy = (args: CommandArguments): string => optional(args, 'by')?.slice(0, 80) ?? 'administrator';

function short(args: CommandArguments, name: string, longest: number): string {
  const text = required(args, name).trim();
  if (text === '' || text.length > longest) {
    throw new CliRefusal('BAD_ARGUMENTS', `--${name} must be a text of at most ${String(longest)} letters`, name);
  }
  return text;
}

const WORDS: Readonly<Record<string, string>> = {
  OUTLET_UNKNOWN: 'name an outlet of this province',
  REGION_UNKNOWN: 'name a region; see the command region',
  NOT_A_SUPERVISOR: 'name supervisors of this province, two different ones for a letter',
  MOVED_ALREADY: 'another region is said for this very day',
  DAYS_SIGNED: 'days from then on are signed; move the outlet from a later day',
  DATES_IMPOSSIBLE: 'the last day is before the first one',
  DELEGATION_UNKNOWN: 'no letter of this id is in force',
};

function must<T>(done: Result<T, string>): T {
  if (done.ok) return done.value;
  throw new CliRefusal(done.error, WORDS[done.error] ?? done.error);
}

const region: Command = {
  name: 'region',
  usage: 'region --id ID --name NAME | --id ID --supervisor OFFICER',
  summary: 'Names a region (UPT), or gives it to a supervisor beside those that he has.',
  example: 'npm run -s province -- region --id kediri --name "UPT Kediri"',
  options: ['id', 'name', 'supervisor'],
  run: async (args, print) => {
    const regionId = short(args, 'id', 40);
    const supervisorId = optional(args, 'supervisor');
    if (supervisorId === undefined) {
      const name = short(args, 'name', 120);
      await withProvince(args, ({ context }) => putRegion(context, regionId, name));
      print({ regionId, name });
      return 0;
    }
    must(await withProvince(args, ({ context }) => giveRegion(context, supervisorId, regionId)));
    print({ regionId, supervisorId });
    return 0;
  },
};

const outletRegion: Command = {
  name: 'outlet-region',
  usage: 'outlet-region --outlet ID --region ID --from DATE [--by NAME]',
  summary: 'Puts an outlet into a region from a day on; its days before stay with the region that it had.',
  example: 'npm run -s province -- outlet-region --outlet 3506-017 --region kediri --from 2026-01-01',
  options: ['outlet', 'region', 'from', 'by'],
  run: async (args, print) => {
    const move = {
      outletId: required(args, 'outlet'),
      regionId: required(args, 'region'),
      fromOn: dateArgument(args, 'from'),
      saidBy: saidBy(args),
    };
    must(await withProvince(args, ({ context }) => moveOutlet(context, move)));
    print(move);
    return 0;
  },
};

const delegateCommand: Command = {
  name: 'delegate',
  usage: 'delegate --supervisor ID --to ID --letter NUMBER --from DATE --until DATE [--by NAME] | --end ID --on DATE',
  summary: 'Lets a supervisor stand in for another (Plh.) by a letter, for some days; or ends a letter early.',
  example:
    'npm run -s province -- delegate --supervisor pengawas --to pengawas-2 --letter 800/12/2026 --from 2026-03-10 --until 2026-03-14',
  options: ['supervisor', 'to', 'letter', 'from', 'until', 'end', 'on', 'by'],
  run: async (args, print) => {
    if (optional(args, 'end') !== undefined) {
      const [delegationId, endedOn] = [uuidArgument(args, 'end'), dateArgument(args, 'on')];
      must(await withProvince(args, ({ context }) => endDelegation(context, delegationId, endedOn)));
      print({ delegationId, endedOn });
      return 0;
    }
    const letter = {
      fromOfficer: required(args, 'supervisor'),
      toOfficer: required(args, 'to'),
      letterNumber: short(args, 'letter', 80),
      fromOn: dateArgument(args, 'from'),
      toOn: dateArgument(args, 'until'),
      saidBy: saidBy(args),
    };
    print({ ...must(await withProvince(args, ({ context }) => delegate(context, letter))), ...letter });
    return 0;
  },
};

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const daysOffSchema = z.array(
  z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6), z.literal(7)]),
);

function timeOf(args: CommandArguments, name: string): string {
  const time = timeSchema.safeParse(required(args, name));
  if (!time.success) throw new CliRefusal('BAD_ARGUMENTS', `--${name} must be a time HH:MM`, name);
  return time.data;
}

const outletCalendar: Command = {
  name: 'outlet-calendar',
  usage:
    'outlet-calendar --outlet ID --from DATE (--opens HH:MM --closes HH:MM --days-off 5,7 | --closed-until DATE --reason TEXT)',
  summary: 'Says when an outlet works from a day on (1 Monday to 7 Sunday), or announces days on which it is closed.',
  example:
    'npm run -s province -- outlet-calendar --outlet 3506-017 --from 2026-01-01 --opens 08:00 --closes 14:30 --days-off 5',
  options: ['outlet', 'from', 'opens', 'closes', 'days-off', 'closed-until', 'reason'],
  run: async (args, print) => {
    const [outletId, from] = [required(args, 'outlet'), dateArgument(args, 'from')];
    if (optional(args, 'closed-until') !== undefined) {
      const closure = { from, to: dateArgument(args, 'closed-until'), reason: short(args, 'reason', 120) };
      must(await withProvince(args, ({ context }) => announceClosure(context, outletId, closure)));
      print({ outletId, ...closure });
      return 0;
    }
    const said = (optional(args, 'days-off') ?? '').split(',').filter((day) => day !== '');
    const daysOff = daysOffSchema.safeParse(said.map(Number));
    if (!daysOff.success)
      throw new CliRefusal('BAD_ARGUMENTS', '--days-off must be days 1 to 7 with commas', 'days-off');
    const hours = { opensAt: timeOf(args, 'opens'), closesAt: timeOf(args, 'closes'), daysOff: daysOff.data };
    must(await withProvince(args, ({ context }) => putHours(context, outletId, from, hours)));
    print({ outletId, from, ...hours });
    return 0;
  },
};

/** Regions, letters of delegation, and when outlets work. */
export const regionCommands: readonly Command[] = [region, outletRegion, delegateCommand, outletCalendar];

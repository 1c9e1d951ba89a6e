import { readFileSync } from 'node:fs';
import { documentKindSchema } from '../../contract/entry-bodies-documents.ts';
import { type ServicePack, servicePackSchema } from '../../contract/service-pack.ts';
import { localDateAt } from '../../domain/local-date.ts';
import { assertNever } from '../../domain/result.ts';
import { serviceOff } from '../../domain/service.ts';
import { readApplications } from '../applications/application-store.ts';
import { decideApplication, type DecideProblem } from '../applications/decide-application.ts';
import { publishedServices, publishServices, type ServiceProblem, switchService } from '../feeds/published-services.ts';
import { type CommandArguments, dateArgument, optional, required, uuidArgument, wholeNumber } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, type Print, withProvince } from './command.ts';

const NO_AGREEMENT =
  'this service is outside the mandate of the Samsat: it goes on only with --agency, --agreement, --from and --until of a written agreement';

function refusalOf(problem: ServiceProblem, serviceId: string): CliRefusal {
  switch (problem) {
    case 'AGREEMENT_MISSING':
      return new CliRefusal(problem, NO_AGREEMENT, serviceId);
    case 'AGREEMENT_INVALID':
      return new CliRefusal(problem, 'the agreement ends before it begins', serviceId);
    case 'SERVICE_UNKNOWN':
      return new CliRefusal(problem, `no service ${serviceId}; see services list`, 'service');
    default:
      return assertNever(problem);
  }
}

function readPack(file: string): ServicePack {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliRefusal('FILE_UNREADABLE', error instanceof Error ? error.message : String(error), file);
  }
  const parsed = servicePackSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.message === 'AGREEMENT_MISSING') throw new CliRefusal('AGREEMENT_MISSING', NO_AGREEMENT, file);
  throw new CliRefusal('SERVICE_INVALID', `not a service at ${issue?.path.join('.') ?? ''}`, file);
}

/** The agreement of the options; null when none is named, a refusal when it is only half there. */
function agreementOf(args: CommandArguments): ServicePack['agreement'] {
  const names = ['agency', 'agreement', 'from', 'until'];
  if (names.every((name) => optional(args, name) === undefined)) return null;
  return {
    agency: required(args, 'agency'),
    number: required(args, 'agreement'),
    from: dateArgument(args, 'from'),
    to: dateArgument(args, 'until'),
  };
}

async function publish(args: CommandArguments, print: Print): Promise<number> {
  const files = args.positionals.slice(1);
  if (files.length === 0) throw new CliRefusal('BAD_ARGUMENTS', 'name at least one file');
  const packs = files.map(readPack);
  const published = await withProvince(args, ({ context }) => publishServices(context, packs));
  if (!published.ok) throw refusalOf(published.error.code, published.error.serviceId);
  print({ published: published.value.map(({ serviceId, version }) => ({ serviceId, version })) });
  return 0;
}

async function switchTo(enabled: boolean, args: CommandArguments, print: Print): Promise<number> {
  const serviceId = required(args, 'service');
  const agreement = enabled ? agreementOf(args) : null;
  const switched = await withProvince(args, ({ context }) => switchService(context, serviceId, { enabled, agreement }));
  if (!switched.ok) throw refusalOf(switched.error, serviceId);
  const { version, agreement: signed } = switched.value;
  print({ serviceId, version, enabled: switched.value.enabled, agreement: signed });
  return 0;
}

async function list(args: CommandArguments, print: Print): Promise<number> {
  const packs = await withProvince(args, ({ context }) => publishedServices(context.db));
  const today = localDateAt(Date.now());
  for (const pack of packs.values()) {
    const { serviceId, version, name, kind, mandate, agency, enabled, agreement } = pack;
    print({ serviceId, version, name, kind, mandate, agency, enabled, agreement, off: serviceOff(pack, today) });
  }
  return 0;
}

const services: Command = {
  name: 'services',
  usage:
    'services list | publish FILE... | enable --service ID [--agency NAME --agreement NO --from D --until D] | disable --service ID',
  summary:
    'The catalogue of services that counters follow; what is outside the mandate of the Samsat needs an agreement to be on.',
  example:
    'npm run -s province -- services enable --service family-card --agency "Disdukcapil Kab. Kediri" --agreement PKS-12/2026 --from 2026-12-01 --until 2027-11-30',
  options: ['service', 'agency', 'agreement', 'from', 'until'],
  run: async (args, print) => {
    const [verb] = args.positionals;
    if (verb === 'list') return await list(args, print);
    if (verb === 'publish') return await publish(args, print);
    if (verb === 'enable' || verb === 'disable') return await switchTo(verb === 'enable', args, print);
    throw new CliRefusal('BAD_ARGUMENTS', 'say services list, publish, enable or disable');
  },
};

const STATES = ['received', 'incomplete', 'sent', 'in-process', 'ready', 'returned', 'handed-over'] as const;
const AGENCY_STATES = ['sent', 'incomplete', 'in-process', 'ready', 'returned'] as const;
const MOST_ROWS = 10_000;

function stateArgument<S extends string>(args: CommandArguments, states: readonly S[]): S {
  const text = required(args, 'state');
  const state = states.find((known) => known === text);
  if (state === undefined)
    throw new CliRefusal('BAD_ARGUMENTS', `--state must be one of ${states.join(', ')}`, 'state');
  return state;
}

/** Kinds of papers as the packs name them. */
function missingArgument(args: CommandArguments): readonly string[] {
  const kinds = args.values['missing'] ?? [];
  const wrong = kinds.find((kind) => !documentKindSchema.safeParse(kind).success);
  if (wrong !== undefined) throw new CliRefusal('BAD_ARGUMENTS', `${wrong} is no kind of paper`, 'missing');
  return kinds;
}

const WORDS_OF: Readonly<Record<DecideProblem, string>> = {
  APPLICATION_UNKNOWN: 'no application under this id; see application list',
  APPLICATION_HANDED_OVER: 'the citizen has the result already: nothing moves any more',
  REASON_MISSING: 'say in words what is missing (--missing KIND or --reason), or why the papers come back (--reason)',
};

const application: Command = {
  name: 'application',
  usage:
    'application list [--state S] | state --id ID --state S [--reason TEXT] [--missing KIND ...] [--agency-number NO] [--by NAME]',
  summary: 'Papers that counters took in for agencies; a new state goes to the counter in its decisions.',
  example:
    'npm run -s province -- application state --id 019a... --state incomplete --missing bpkb --reason "BPKB asli belum ada." --by "Rini, Samsat Kediri"',
  options: ['id', 'state', 'reason', 'missing', 'agency-number', 'by', 'limit'],
  run: async (args, print) => {
    const [verb] = args.positionals;
    if (verb === 'list') {
      const state = optional(args, 'state') === undefined ? null : stateArgument(args, STATES);
      const limit = wholeNumber(args, 'limit', [1, MOST_ROWS], 200);
      const rows = await withProvince(args, ({ context }) => readApplications(context.db, state, limit));
      for (const row of rows) print(row);
      return 0;
    }
    if (verb !== 'state') throw new CliRefusal('BAD_ARGUMENTS', 'say application list or application state');
    const word = {
      state: stateArgument(args, AGENCY_STATES),
      reason: optional(args, 'reason')?.slice(0, 300) ?? null,
      missing: missingArgument(args),
      agencyNumber: optional(args, 'agency-number')?.slice(0, 60) ?? null,
      saidBy: optional(args, 'by') ?? 'administrator',
    };
    const id = uuidArgument(args, 'id');
    const decided = await withProvince(args, ({ context }) => decideApplication(context, id, word));
    if (!decided.ok) throw new CliRefusal(decided.error, WORDS_OF[decided.error], 'id');
    print(decided.value);
    return 0;
  },
};

/** The catalogue of services, and where the papers of citizens stand. */
export const serviceCommands: readonly Command[] = [services, application];

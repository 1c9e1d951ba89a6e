import { resolve } from 'node:path';
import { api, type Api, type Method } from '../../contract/api.ts';
import type { OutputOf } from '../../contract/procedure.ts';
import { REPORT_FORMATS, REPORT_KINDS } from '../../contract/views-reports.ts';
import { signIn } from './call-command.ts';
import { type Command, CommandRefusal, configFrom, optionalText, printLine, textOption } from './command.ts';
import { type CounterDoor, openCounterDoor } from './counter-door.ts';

type ReportMethod = Extract<Method, 'reports.make' | 'reports.places' | 'reports.export'>;

async function asked<M extends ReportMethod>(door: CounterDoor, method: M, input: unknown): Promise<OutputOf<Api[M]>> {
  const answer = await door.call(method, input);
  if (!answer.ok) {
    const { code, path, details } = answer.error;
    throw new CommandRefusal(code, `${method} was refused ${JSON.stringify(details ?? {})}`, path);
  }
  // The schema was looked up by `method`, so its output is that method's value.
  return api[method].output.parse(answer.value) as OutputOf<Api[M]>;
}

function oneOf<T extends string>(known: readonly T[], option: string, value: string): T {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw new CommandRefusal('OPTION_WRONG', `--${option} is one of ${known.join(', ')}`, [option]);
}

/** A report as a file, made and recorded by the counter itself; only to the places that its screen offers. */
export const reportCommand: Command = {
  name: 'report',
  usage:
    'loket report --data DIR --kind KIND --from DAY [--to DAY] [--format pdf|xlsx|csv] [--out FOLDER] [--session ID] [--officer ID] [--as OFFICER --pin-file FILE]',
  summary: `writes a report into the counter's own folder or onto a flashdisk; KIND is one of ${REPORT_KINDS.join(', ')}`,
  example:
    'npm run -s loket -- report --data data/counter --kind bku --from 2026-11-01 --to 2026-11-30 --format xlsx --as pengawas --pin-file pin.txt',
  options: {
    data: { type: 'string' },
    kind: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
    session: { type: 'string' },
    officer: { type: 'string' },
    as: { type: 'string' },
    'pin-file': { type: 'string' },
  },
  run: async (options) => {
    const kind = oneOf(REPORT_KINDS, 'kind', textOption(options, 'kind'));
    const format = oneOf(REPORT_FORMATS, 'format', optionalText(options, 'format') ?? 'pdf');
    const from = textOption(options, 'from');
    const request = {
      kind,
      from,
      to: optionalText(options, 'to') ?? from,
      cashSessionId: optionalText(options, 'session'),
      officerId: optionalText(options, 'officer'),
    };
    const out = optionalText(options, 'out');
    const door = await openCounterDoor(await configFrom(options));
    try {
      await signIn(door, options);
      const { reportId, source } = await asked(door, 'reports.make', request);
      const [own] = await asked(door, 'reports.places', {});
      const folder = out === null ? own?.folder : resolve(out);
      const exported = await asked(door, 'reports.export', { reportId, format, folder });
      printLine({ ...exported, kind, source });
      return 0;
    } finally {
      await door.close();
    }
  },
};

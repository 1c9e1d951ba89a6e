import { reinterpretQuarantined } from '../ingest/reinterpret.ts';
import { readAside, settleAside } from '../ingest/settle-aside.ts';
import { optional, personArgument, reasonArgument, required, uuidArgument } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

const FROZEN = new CliRefusal('FEEDS_FROZEN', 'an older backup is at work: declare-restore comes first');

const reinterpret: Command = {
  name: 'reinterpret',
  usage: 'reinterpret',
  summary:
    'Judges again what was set aside: after an upgrade of this program, or once an unknown officer is known. Counters are told.',
  example: 'npm run -s province -- reinterpret --data data/province',
  options: [],
  run: async (args, print) => {
    const judged = await withProvince(args, ({ context }) => reinterpretQuarantined(context));
    if (!judged.ok) throw FROZEN;
    print(judged.value);
    return 0;
  },
};

const aside: Command = {
  name: 'aside',
  usage: 'aside [--device ID]',
  summary:
    'Lists what counters handed over and what waits here for a person, oldest first: where, which entry, and why.',
  example: 'npm run -s province -- aside --data data/province',
  options: ['device'],
  run: async (args, print) => {
    const device = optional(args, 'device') === undefined ? undefined : uuidArgument(args, 'device');
    for (const item of await withProvince(args, ({ context }) => readAside(context.db, device))) print(item);
    return 0;
  },
};

const settle: Command = {
  name: 'settle-aside',
  usage: 'settle-aside --device ID --entry HASH --as settled|refused --reason TEXT --by NAME',
  summary:
    'Ends by a person what no program can read: settled outside the programs, or refused for good. The counter shows the reason; no money moves.',
  example:
    'npm run -s province -- settle-aside --device 019cd5af-e380-743a-9667-40a908ceba4a --entry Qm9... --as settled --reason "Dibukukan manual, BA 12/XI/2026" --by "Rina, Bapenda"',
  options: ['device', 'entry', 'as', 'reason', 'by'],
  run: async (args, print) => {
    const as = required(args, 'as');
    if (as !== 'settled' && as !== 'refused')
      throw new CliRefusal('BAD_ARGUMENTS', '--as must be settled or refused', 'as');
    const said = {
      deviceId: uuidArgument(args, 'device'),
      hash: required(args, 'entry'),
      outcome: as === 'settled' ? ('SETTLED' as const) : ('REFUSED' as const),
      reason: reasonArgument(args),
      by: personArgument(args, 'by'),
    };
    const ended = await withProvince(args, ({ context }) => settleAside(context, said));
    if (!ended.ok && ended.error === 'FEEDS_FROZEN') throw FROZEN;
    if (!ended.ok) throw new CliRefusal(ended.error, 'no such item of this device waits for a person', 'entry');
    print({ ...ended.value, ended: said.outcome });
    return 0;
  },
};

/** What was set aside: looked at, judged again, ended by a person. */
export const asideCommands: readonly Command[] = [reinterpret, aside, settle];

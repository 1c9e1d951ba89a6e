import { restateLostKeys } from '../keys/key-statements.ts';
import { declareRestore } from '../restore/declare-restore.ts';
import { optional } from './arguments.ts';
import { type Command, withProvince } from './command.ts';

const declare: Command = {
  name: 'declare-restore',
  usage: 'declare-restore',
  summary:
    'Says that this database is an older backup: a new incarnation, numbers beyond every issued one, feeds and bookings go on.',
  example: 'npm run -s province -- declare-restore --data data/province',
  options: [],
  run: async (args, print) => {
    const declared = await withProvince(args, async ({ context }) => ({
      ...(await declareRestore(context)),
      restatedKeys: await restateLostKeys(context),
    }));
    print(declared);
    return 0;
  },
};

const incidents: Command = {
  name: 'incidents',
  usage: 'incidents [--kind KIND]',
  summary:
    'Lists rollbacks, clones, forks, refused gaps and suspect clocks, oldest first; one line per piece of evidence.',
  example: 'npm run -s province -- incidents --kind CLONE',
  options: ['kind'],
  run: async (args, print) => {
    const kind = optional(args, 'kind');
    const rows = await withProvince(args, ({ context }) => {
      const query = context.db.selectFrom('incident').selectAll().orderBy('incident_no');
      return (kind === undefined ? query : query.where('kind', '=', kind)).execute();
    });
    for (const { incident_no: no, device_id: deviceId, kind: found, evidence, facts, at } of rows) {
      print({ no, deviceId, kind: found, evidence, facts, at });
    }
    return 0;
  },
};

/** What a person says after a restore, and what a person looks at. */
export const restoreCommands: readonly Command[] = [declare, incidents];

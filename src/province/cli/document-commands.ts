import { hashSchema } from '../../contract/primitives.ts';
import { decideMissingPages } from '../documents/page-decisions.ts';
import { erasePerson } from '../documents/erase-person.ts';
import { openDocument } from '../documents/open-document.ts';
import { RETENTION_CLASSES, retentionDays, runRetention, setRetentionDays } from '../documents/retention.ts';
import {
  type CommandArguments,
  optional,
  personArgument,
  reasonArgument,
  required,
  uuidArgument,
} from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';
import { writeWhole } from './files.ts';

function documentArgument(args: CommandArguments): string {
  const id = hashSchema.safeParse(required(args, 'id'));
  if (!id.success) throw new CliRefusal('BAD_ARGUMENTS', '--id must be the id of a page', 'id');
  return id.data;
}

const open: Command = {
  name: 'open-document',
  usage: 'open-document --id=ID --as NAME --reason TEXT --out FILE',
  summary: 'Opens one page for a named person: a JPEG made from its pixels. Each opening is recorded.',
  example:
    'npm run -s province -- open-document --id=4vJ9...43 --as "Rina, Bapenda" --reason "pengaduan 12/XI" --out page.jpg',
  options: ['id', 'as', 'reason', 'out'],
  run: async (args, print) => {
    const [documentId, out] = [documentArgument(args), required(args, 'out')];
    const looker = personArgument(args, 'as');
    const look = { documentId, looker, officerId: null, outletId: null, reason: reasonArgument(args) };
    const opened = await withProvince(args, ({ context }) => openDocument(context, look));
    if (!opened.ok) throw new CliRefusal(opened.error, 'this page cannot be shown', 'id');
    const picture = opened.value;
    async function* once() {
      yield picture;
    }
    print({ file: out, bytes: await writeWhole(out, once(), 'out') });
    return 0;
  },
};

const looks: Command = {
  name: 'document-looks',
  usage: 'document-looks [--id=ID]',
  summary: 'Lists who looked at which page, when and why, oldest first.',
  example: 'npm run -s province -- document-looks',
  options: ['id'],
  run: async (args, print) => {
    const id = optional(args, 'id');
    const rows = await withProvince(args, ({ context }) => {
      const query = context.db.selectFrom('document_look').selectAll().orderBy('looked_at').orderBy('look_id');
      return (id === undefined ? query : query.where('document_id', '=', id)).execute();
    });
    for (const row of rows) {
      print({
        documentId: row.document_id,
        by: row.looker,
        officerId: row.officer_id,
        reason: row.reason,
        at: row.looked_at,
      });
    }
    return 0;
  },
};

const erase: Command = {
  name: 'erase-person',
  usage: 'erase-person (--transaction ID | --application ID) --reason TEXT',
  summary: 'Erases the papers and personal data of one transaction or application; every chain still verifies.',
  example:
    'npm run -s province -- erase-person --transaction 019cd5af-e380-743a-9667-40a908ceba4a --reason "permintaan 7/2026"',
  options: ['transaction', 'application', 'reason'],
  run: async (args, print) => {
    const isApplication = optional(args, 'application') !== undefined;
    if (isApplication === (optional(args, 'transaction') !== undefined)) {
      throw new CliRefusal('BAD_ARGUMENTS', 'name one of --transaction and --application', 'transaction');
    }
    const stream = uuidArgument(args, isApplication ? 'application' : 'transaction');
    const reason = reasonArgument(args);
    const erased = await withProvince(args, ({ context }) => erasePerson(context, stream, reason));
    if (!erased.ok) throw new CliRefusal(erased.error, 'nothing of it is in custody', 'transaction');
    print(erased.value);
    return 0;
  },
};

const retention: Command = {
  name: 'retention',
  usage: 'retention --dry-run | --run | --set CLASS=DAYS ...',
  summary: `Erases pages whose days are over, by class (${RETENTION_CLASSES.join(', ')}); prints counts only.`,
  example: 'npm run -s province -- retention --dry-run',
  options: ['set'],
  flags: ['dry-run', 'run'],
  run: async (args, print) => {
    const [dryRun, isRun] = [optional(args, 'dry-run') !== undefined, optional(args, 'run') !== undefined];
    const changes = args.values['set'] ?? [];
    if (dryRun === isRun && changes.length === 0)
      throw new CliRefusal('BAD_ARGUMENTS', 'say --dry-run or --run', 'run');
    await withProvince(args, async ({ context }) => {
      const days = { ...(await retentionDays(context.db)) };
      for (const change of changes) {
        const [, name, value] = /^([a-z]+)=([1-9]\d{0,4})$/.exec(change) ?? [];
        const known = RETENTION_CLASSES.find((one) => one === name);
        if (known === undefined) throw new CliRefusal('BAD_ARGUMENTS', `${change} is not CLASS=DAYS`, 'set');
        days[known] = Number(value);
      }
      if (changes.length > 0) await setRetentionDays(context.db, days);
      print({ days, ...(dryRun || isRun ? { run: isRun, pages: await runRetention(context, { dryRun }) } : {}) });
    });
    return 0;
  },
};

const missing: Command = {
  name: 'missing-pages',
  usage: 'missing-pages',
  summary:
    'Asks once for every page again that never came or that nobody can read; a serving province does so each minute.',
  example: 'npm run -s province -- missing-pages',
  options: [],
  run: async (args, print) => {
    print({ decided: await withProvince(args, ({ context }) => decideMissingPages(context)) });
    return 0;
  },
};

/** Pages of papers: who may look, how long they stay, and how one citizen's are erased. */
export const documentCommands: readonly Command[] = [open, looks, erase, retention, missing];

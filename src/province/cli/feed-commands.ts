import type { LocalDate } from '../../domain/local-date.ts';
import { BLOCK_REASONS, type BlockReason } from '../../domain/vehicle.ts';
import { readFeedItems } from '../feeds/feed-items.ts';
import { publishRelease } from '../feeds/releases.ts';
import { setVehicleBlock } from '../feeds/vehicle-blocks.ts';
import { voidReceipt } from '../feeds/voided-receipts.ts';
import { type CommandArguments, dateArgument, nrkbArgument, optional, required, uuidArgument } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, type Print, withProvince } from './command.ts';

const DAY_MS = 86_400_000;

/** The end of a day in Jakarta, ms UTC: the day itself is still good. */
const endOf = (date: LocalDate): number => Date.parse(`${date}T00:00:00+07:00`) + DAY_MS;

const setRelease: Command = {
  name: 'set-release',
  usage: 'set-release --app-version V --notes TEXT [--sells-until DATE] [--upgrade-to V]',
  summary:
    'Says until which day a version of the program may begin sales; uploads of every version are taken for ever.',
  example:
    'npm run -s province -- set-release --app-version 0.1.0 --sells-until 2027-01-31 --upgrade-to 0.2.0 --notes "Tarif 2027."',
  options: ['app-version', 'sells-until', 'upgrade-to', 'notes'],
  run: async (args, print) => {
    const hasEnd = optional(args, 'sells-until') !== undefined;
    const release = {
      appVersion: required(args, 'app-version').slice(0, 40),
      sellsUntil: hasEnd ? endOf(dateArgument(args, 'sells-until')) : null,
      upgradeTo: optional(args, 'upgrade-to')?.slice(0, 40) ?? null,
      notes: required(args, 'notes').slice(0, 500),
    };
    const published = await withProvince(args, ({ context }) => publishRelease(context, release));
    print({ ...release, published });
    return 0;
  },
};

const voidReceiptCommand: Command = {
  name: 'void-receipt',
  usage: 'void-receipt --device ID --transaction ID --reason TEXT',
  summary: 'Says that a genuine paper no longer counts; a sale that is not decided yet waits for a person.',
  example:
    'npm run -s province -- void-receipt --device 019cd5af-e380-743a-9667-40a908ceba4a --transaction 019cd5b0-1111-743a-9667-40a908ceba4a --reason "salah kendaraan"',
  options: ['device', 'transaction', 'reason'],
  run: async (args, print) => {
    const [device, transaction] = [uuidArgument(args, 'device'), uuidArgument(args, 'transaction')];
    const reason = required(args, 'reason');
    const voided = await withProvince(args, ({ context }) => voidReceipt(context, device, transaction, reason));
    if (!voided.ok) throw new CliRefusal(voided.error, 'no such sale is in custody', 'transaction');
    print(voided.value);
    return 0;
  },
};

const voids: Command = {
  name: 'voids',
  usage: 'voids',
  summary: 'Prints the voided receipts as one list, the file that loket verify-receipt --voids reads.',
  example: 'npm run -s province -- voids > voids.json',
  options: [],
  run: async (args, print) => {
    print(await withProvince(args, ({ context }) => readFeedItems(context.db, 'receipts-void', 'all')));
    return 0;
  },
};

async function changeBlock(args: CommandArguments, print: Print, reason: BlockReason | null): Promise<number> {
  const nrkb = nrkbArgument(args, 'nrkb');
  const changed = await withProvince(args, ({ context }) => setVehicleBlock(context, nrkb, reason));
  if (!changed.ok) throw new CliRefusal(changed.error, 'the register does not know this plate', 'nrkb');
  print(changed.value);
  return 0;
}

const block: Command = {
  name: 'block',
  usage: `block --nrkb X --reason ${BLOCK_REASONS.join('|')}`,
  summary: 'Blocks a vehicle in the register and tells the counters of its area at once.',
  example: 'npm run -s province -- block --nrkb "AG 2345 KD" --reason theft',
  options: ['nrkb', 'reason'],
  run: (args, print) => {
    const given = required(args, 'reason');
    const reason = BLOCK_REASONS.find((known) => known === given);
    if (reason === undefined) {
      throw new CliRefusal('BAD_ARGUMENTS', `--reason must be one of ${BLOCK_REASONS.join(', ')}`, 'reason');
    }
    return changeBlock(args, print, reason);
  },
};

const unblock: Command = {
  name: 'unblock',
  usage: 'unblock --nrkb X',
  summary: 'Lifts the block of a vehicle and tells the counters of its area at once.',
  example: 'npm run -s province -- unblock --nrkb "AG 2345 KD"',
  options: ['nrkb'],
  run: (args, print) => changeBlock(args, print, null),
};

/** What an administrator says to the counters by feeds of their own. */
export const feedCommands: readonly Command[] = [setRelease, voidReceiptCommand, voids, block, unblock];

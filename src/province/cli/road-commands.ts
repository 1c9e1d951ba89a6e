import { enrolRequestSchema } from '../../contract/sync-protocol.ts';
import { importBundle } from '../bundles/import-bundle.ts';
import { writeAnswer } from '../bundles/write-answer.ts';
import { findDevice } from '../enrolment/device-store.ts';
import { enrolDevice } from '../enrolment/enrolment.ts';
import type { Province } from '../province.ts';
import { type CommandArguments, optional, required, uuidArgument } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';
import { openPieces, readJsonFile, writeWhole } from './files.ts';

async function importFile({ context }: Province, args: CommandArguments, file: string) {
  const { manifest, imported } = await importBundle(context, await openPieces(file, 'file'));
  const answerFile = optional(args, 'answer');
  const device = manifest === null ? undefined : await findDevice(context.db, manifest.deviceId);
  if (manifest === null || device === undefined || answerFile === undefined) return { imported, answer: null };
  const { custodyReceipts, documentReceipts } = imported.devices[0] ?? { custodyReceipts: [], documentReceipts: [] };
  const withRegistry = optional(args, 'no-registry') === undefined;
  const stream = await writeAnswer(context, { device, manifest, custodyReceipts, documentReceipts, withRegistry });
  return { imported, answer: { file: answerFile, bytes: await writeWhole(answerFile, stream, 'answer') } };
}

const importBundleCommand: Command = {
  name: 'import-bundle',
  usage: 'import-bundle FILE [--answer FILE] [--no-registry]',
  summary:
    'Takes a bundle or mirror file (*.opop) into custody and writes the answer that its device reads; 2 when cut.',
  example: 'npm run -s province -- import-bundle 3506-017.opop --answer 3506-017.answer.opop --no-registry',
  options: ['answer'],
  flags: ['no-registry'],
  run: async (args, print) => {
    const [file, ...more] = args.positionals;
    if (file === undefined || more.length > 0) throw new CliRefusal('BAD_ARGUMENTS', 'name one file', 'file');
    const { imported, answer } = await withProvince(args, (province) => importFile(province, args, file));
    print({ ...imported, answer });
    return imported.complete && imported.problems.length === 0 ? 0 : 2;
  },
};

const enrolAnswer: Command = {
  name: 'enrol-answer',
  usage: 'enrol-answer --request FILE --answer FILE',
  summary:
    'Enrols a device without a line: reads its request, writes the answer; the same request gets the same answer.',
  example: 'npm run -s province -- enrol-answer --request device.request.json --answer device.answer.json',
  options: ['request', 'answer'],
  run: async (args, print) => {
    const [requestFile, answerFile] = [required(args, 'request'), required(args, 'answer')];
    const request = readJsonFile(requestFile, enrolRequestSchema, 'request');
    const answer = await withProvince(args, ({ context }) => enrolDevice(context, request));
    if (!answer.ok) throw new CliRefusal(answer.error, 'no device was enrolled', 'request');
    const text = Buffer.from(JSON.stringify(answer.value));
    async function* once() {
      yield text;
    }
    const bytes = await writeWhole(answerFile, once(), 'answer');
    print({ answer: answerFile, bytes });
    return 0;
  },
};

const carryFeeds: Command = {
  name: 'carry-feeds',
  usage: 'carry-feeds --device ID --answer FILE [--no-registry]',
  summary:
    'Writes what a device without a line needs to work: keys, tariffs, policy, officers, decisions, vehicles; read by `loket import-answer`.',
  example: 'npm run -s province -- carry-feeds --device 01a2b3c4-… --answer 3506-017.feeds.opop',
  options: ['device', 'answer'],
  flags: ['no-registry'],
  run: async (args, print) => {
    const [deviceId, file] = [uuidArgument(args, 'device'), required(args, 'answer')];
    const withRegistry = optional(args, 'no-registry') === undefined;
    const bytes = await withProvince(args, async ({ context }) => {
      const device = await findDevice(context.db, deviceId);
      if (device === undefined) throw new CliRefusal('DEVICE_UNKNOWN', 'no such device', 'device');
      const order = { device, manifest: null, custodyReceipts: [], withRegistry };
      return await writeWhole(file, await writeAnswer(context, order), 'answer');
    });
    print({ answer: file, bytes });
    return 0;
  },
};

/** Roads without a line: files that somebody carries. */
export const roadCommands: readonly Command[] = [importBundleCommand, enrolAnswer, carryFeeds];

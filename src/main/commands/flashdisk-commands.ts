import { resolve } from 'node:path';
import type { ResponseFrame } from '../../contract/frames.ts';
import { type Command, CommandRefusal, configFrom, type Options, printLine, textOption } from './command.ts';
import { openCounterDoor } from './counter-door.ts';

const DATA = { data: { type: 'string' } } as const;

/** The value of one call to the counter of `--data`, or its refusal as the command line prints it. */
async function asked(options: Options, method: string, input: unknown): Promise<unknown> {
  const door = await openCounterDoor(await configFrom(options));
  try {
    const answer: ResponseFrame = await door.call(method, input);
    if (answer.ok) return answer.value;
    const { code, path, details } = answer.error;
    throw new CommandRefusal(code, `${method} was refused ${JSON.stringify(details ?? {})}`, path);
  } finally {
    await door.close();
  }
}

export const exportBundleCommand: Command = {
  name: 'export-bundle',
  usage: 'loket export-bundle --data DIR --out FILE',
  summary:
    'writes everything that waits into one *.opop file, sealed to the province; FILE may be a folder, such as a flashdisk',
  example: 'npm run -s loket -- export-bundle --data data/counter --out /media/flashdisk',
  options: { ...DATA, out: { type: 'string' } },
  run: async (options) => {
    printLine(await asked(options, 'bundle.export', { to: resolve(textOption(options, 'out')) }));
    return 0;
  },
};

export const importAnswerCommand: Command = {
  name: 'import-answer',
  usage: 'loket import-answer --data DIR FILE',
  summary: "takes the province's answer file: custody receipts close what was exported, pages of the feeds are applied",
  example: 'npm run -s loket -- import-answer --data data/counter /media/flashdisk/answer.opop',
  options: DATA,
  takesFiles: true,
  run: async (options, files) => {
    const [file, ...more] = files;
    if (file === undefined || more.length > 0) {
      throw new CommandRefusal('OPTION_MISSING', 'one answer file is needed; see --help', ['file']);
    }
    printLine(await asked(options, 'answer.import', { file: resolve(file) }));
    return 0;
  },
};

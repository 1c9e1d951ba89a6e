import { z } from 'zod';
import { recoveredFileSchema } from '../../contract/views-custody.ts';
import { collectSegments } from '../core/inspect/collect-segments.ts';
import { salvageData } from '../core/inspect/salvage.ts';
import { counterConfig } from '../counter-config.ts';
import { refusalSentence } from '../start-faults.ts';
import { type Command, CommandRefusal, configFrom, optionalText, printLine, textOption } from './command.ts';
import { openCounterDoor } from './counter-door.ts';

const recoveredSchema = z.object({ files: z.array(recoveredFileSchema) });

export const recoverCommand: Command = {
  name: 'recover',
  usage: 'loket recover --mirror FOLDER [--data DIR | --out FOLDER]',
  summary:
    'carries the second copies of a dead or lost counter to the province as an enrolled device, or copies them for a flashdisk',
  example: 'npm run -s loket -- recover --data data/counter --mirror /media/flashdisk',
  options: { data: { type: 'string' }, mirror: { type: 'string' }, out: { type: 'string' } },
  run: async (options) => {
    const mirror = textOption(options, 'mirror');
    const out = optionalText(options, 'out');
    if (out !== null) {
      const collected = await collectSegments(mirror, out);
      if (!collected.ok) throw new CommandRefusal(collected.error.code, 'this folder has no second copy', ['mirror']);
      for (const file of collected.value) printLine(file);
      return 0;
    }
    const door = await openCounterDoor(await configFrom(options));
    try {
      const answer = await door.call('mirror.recover', { folder: mirror });
      if (!answer.ok) {
        const { code, path, details } = answer.error;
        throw new CommandRefusal(code, `nothing was carried ${JSON.stringify(details ?? {})}`, path);
      }
      const { files } = recoveredSchema.parse(answer.value);
      for (const file of files) printLine(file);
      return files.every((file) => file.outcome === 'stored') ? 0 : 2;
    } finally {
      await door.close();
    }
  },
};

export const salvageCommand: Command = {
  name: 'salvage',
  usage: 'loket salvage --data DIR --out NEWDIR',
  summary:
    'copies what a damaged database still proves into a new data folder, and opens an epoch that declares the rest; the damaged files stay as they are',
  example: 'npm run -s loket -- salvage --data data/counter --out data/counter-2',
  options: { data: { type: 'string' }, out: { type: 'string' } },
  run: async (options) => {
    const config = await configFrom(options);
    const { mode, keyStoreKind } = config;
    const target = counterConfig({ dataDir: textOption(options, 'out'), mode, keyStoreKind });
    const salvaged = await salvageData(config, target, undefined);
    if (!salvaged.ok) {
      const { code, details, path } = salvaged.error;
      throw new CommandRefusal(code, `${refusalSentence(salvaged.error)} ${JSON.stringify(details ?? {})}`, path);
    }
    printLine(salvaged.value);
    return 0;
  },
};

import { exportData } from '../core/inspect.ts';
import { refusalSentence } from '../start-faults.ts';
import { type Command, CommandRefusal, configFrom, optionalText, printLine, textOption } from './command.ts';

export const exportCommand: Command = {
  name: 'export-journal',
  usage: 'loket export-journal --data DIR --out FILE [--custody FILE] [--keys FILE]',
  summary:
    'writes the signed journal, the custody receipts and the key statements for tools/verify; personal data stays ciphertext',
  example: 'npm run -s loket -- export-journal --data data/counter --out journal.ndjson --custody custody.ndjson',
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    custody: { type: 'string' },
    keys: { type: 'string' },
  },
  run: async (options) => {
    const config = await configFrom(options);
    const exported = await exportData(config, {
      journal: textOption(options, 'out'),
      custody: optionalText(options, 'custody'),
      keys: optionalText(options, 'keys'),
    });
    if (!exported.ok) throw new CommandRefusal(exported.error.code, refusalSentence(exported.error));
    printLine(exported.value);
    return 0;
  },
};

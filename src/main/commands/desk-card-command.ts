import { deskCardOfData } from '../core/inspect.ts';
import { refusalSentence } from '../start-faults.ts';
import { type Command, CommandRefusal, configFrom, printLine, textOption } from './command.ts';
import { writeNewFile } from './new-file.ts';

/** The card for the desk; reads the outlet and the complaint phone, and changes nothing. */
export const deskCardCommand: Command = {
  name: 'desk-card',
  usage: 'loket desk-card --data DIR --out FILE',
  summary: 'writes the desk card (kartu meja) of this outlet as A4 PDF: ten keys, three troubles, phone numbers',
  example: 'npm run -s loket -- desk-card --data data/counter --out kartu-meja.pdf',
  options: { data: { type: 'string' }, out: { type: 'string' } },
  run: async (options) => {
    const out = textOption(options, 'out');
    const made = await deskCardOfData(await configFrom(options));
    if (!made.ok) throw new CommandRefusal(made.error.code, refusalSentence(made.error), made.error.path);
    const { outletId, pdf } = made.value;
    writeNewFile(out, pdf);
    printLine({ outletId, out, bytes: pdf.length });
    return 0;
  },
};

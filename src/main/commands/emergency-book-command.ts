import { emergencyBookPdf } from '../core/inspect.ts';
import { type Command, CommandRefusal, type Options, optionalText, printLine, textOption } from './command.ts';
import { writeNewFile } from './new-file.ts';

const MOST_SHEETS = 200;
const LAST_NUMBER = 99_999_999;

/** A whole number between one and `most`. */
function numberOption(options: Options, name: string, most: number): number {
  const text = textOption(options, name);
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw new CommandRefusal('OPTION_WRONG', `--${name} is a number from 1 to ${most}`, [name]);
}

/** A blank receipt book for the dead counter; needs no data, and registers nothing. */
export const emergencyBookCommand: Command = {
  name: 'emergency-book',
  usage: 'loket emergency-book --from N --count N --out FILE [--outlet NAME]',
  summary:
    'writes a blank emergency receipt book (kuitansi darurat) as A5 PDF: a cover with the rules, one page for each number',
  example: 'npm run -s loket -- emergency-book --from 1 --count 25 --out buku.pdf --outlet "Gerai Ponpes Al-Hikmah"',
  options: {
    from: { type: 'string' },
    count: { type: 'string' },
    out: { type: 'string' },
    outlet: { type: 'string' },
  },
  run: async (options) => {
    const from = numberOption(options, 'from', LAST_NUMBER);
    const count = numberOption(options, 'count', Math.min(MOST_SHEETS, LAST_NUMBER - from + 1));
    const out = textOption(options, 'out');
    const pdf = await emergencyBookPdf({ from, count, outlet: optionalText(options, 'outlet') });
    writeNewFile(out, pdf);
    printLine({ from, to: from + count - 1, out, bytes: pdf.length });
    return 0;
  },
};

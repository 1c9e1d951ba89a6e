import { updateViewSchema } from '../../contract/update.ts';
import { tryUpdate } from '../core/inspect.ts';
import { refusalSentence } from '../start-faults.ts';
import { type Command, CommandRefusal, configFrom, optionalText, printLine, textOption } from './command.ts';
import { openCounterDoor } from './counter-door.ts';

/** What stands between a person and his next version, said as the screen says it. */
export const updateCommand: Command = {
  name: 'update',
  usage: 'loket update --data DIR [--file ARCHIVE | --line]',
  summary:
    'prints where the program stands with its versions; takes a newer one from a flashdisk or by the line: proved, tried on a copy, used from the next start',
  example:
    'loket update --data /var/lib/loket-opop/counter --file /media/flashdisk/loket-opop-0.2.0-linux-x64.update.tar.gz',
  options: { data: { type: 'string' }, file: { type: 'string' }, line: { type: 'boolean' } },
  run: async (options) => {
    const file = optionalText(options, 'file');
    const isAsked = file !== null || options['line'] === true;
    const door = await openCounterDoor(await configFrom(options));
    try {
      const answer = isAsked ? await door.call('update.install', { file }) : await door.call('update.state', {});
      if (!answer.ok) {
        printLine({ error: answer.error });
        return 2;
      }
      printLine(updateViewSchema.parse(answer.value));
      return 0;
    } finally {
      await door.close();
    }
  },
};

/** The new program's side of a trial; the old one asks it. */
export const tryUpdateCommand: Command = {
  name: 'try-update',
  usage: 'loket try-update --copy FILE',
  summary:
    'opens a copy of a database with this program, brings its schema up and prints what it finds; the copy is changed',
  example: 'loket try-update --copy /tmp/copy.sqlite',
  options: { copy: { type: 'string' } },
  run: async (options) => {
    const tried = await tryUpdate(textOption(options, 'copy'));
    if (!tried.ok) throw new CommandRefusal(tried.error.code, refusalSentence(tried.error), ['copy']);
    printLine(tried.value);
    return 0;
  },
};

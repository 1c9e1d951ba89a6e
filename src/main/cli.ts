import { parseArgs } from 'node:util';
import { assessCommand } from './commands/assess-command.ts';
import { backupCommand } from './commands/backup-command.ts';
import { callCommand } from './commands/call-command.ts';
import { type Command, CommandRefusal, printLine } from './commands/command.ts';
import { recoverCommand, salvageCommand } from './commands/custody-commands.ts';
import { statusCommand, syncCommand, verifyCommand, verifyReceiptCommand } from './commands/data-commands.ts';
import { deskCardCommand } from './commands/desk-card-command.ts';
import { doctorCommand } from './commands/doctor-command.ts';
import { drillCommand } from './commands/drill-command.ts';
import { emergencyBookCommand } from './commands/emergency-book-command.ts';
import { enrolCommand } from './commands/enrol-command.ts';
import { exportCommand } from './commands/export-command.ts';
import { exportBundleCommand, importAnswerCommand } from './commands/flashdisk-commands.ts';
import { openCommand } from './commands/open-command.ts';
import { reportCommand } from './commands/report-command.ts';
import { serveCommand } from './commands/serve-command.ts';
import { tryUpdateCommand, updateCommand } from './commands/update-commands.ts';

const COMMANDS: readonly Command[] = [
  assessCommand,
  serveCommand,
  openCommand,
  enrolCommand,
  callCommand,
  syncCommand,
  exportBundleCommand,
  importAnswerCommand,
  verifyCommand,
  statusCommand,
  backupCommand,
  doctorCommand,
  drillCommand,
  exportCommand,
  recoverCommand,
  salvageCommand,
  emergencyBookCommand,
  deskCardCommand,
  reportCommand,
  updateCommand,
  tryUpdateCommand,
  verifyReceiptCommand,
];

/** Every command that opens the data of a counter may need it; see `configFrom`. */
const PASSPHRASE_OPTION = { 'passphrase-file': { type: 'string' } } as const;

const helpOf = ({ usage, summary, example }: Command): string => `  ${usage}\n      ${summary}\n      ${example}\n`;

function help(): string {
  return [
    'loket: the counter without a screen. NDJSON on stdout, messages on stderr; exit 0 done, 2 refused, 1 a bug.',
    '',
    ...COMMANDS.map(helpOf),
  ].join('\n');
}

async function run(args: readonly string[]): ReturnType<Command['run']> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help());
    return 0;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) throw new CommandRefusal('UNKNOWN_COMMAND', `no command ${name}; see --help`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(helpOf(command));
    return 0;
  }
  const parsed = ((): ReturnType<typeof parseArgs> => {
    try {
      const options = { ...command.options, ...PASSPHRASE_OPTION };
      return parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
    } catch (error) {
      throw new CommandRefusal('OPTION_WRONG', error instanceof Error ? error.message : 'the options are wrong');
    }
  })();
  if (parsed.positionals.length > 0 && command.takesFiles !== true) {
    throw new CommandRefusal(
      'OPTION_WRONG',
      `${parsed.positionals.join(' ')} is no option of loket ${name}; see --help`,
    );
  }
  return await command.run(parsed.values, parsed.positionals);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof CommandRefusal) {
    printLine({ error: { code: error.code, message: error.message, path: error.path } });
    process.exitCode = 2;
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}

import { parseArguments } from './cli/arguments.ts';
import { administrationCommands } from './cli/administration-commands.ts';
import { CliRefusal } from './cli/cli-refusal.ts';
import { type Command, PLACE_OPTIONS, type Print } from './cli/command.ts';
import { deviceCommands } from './cli/device-commands.ts';
import { demoCommand } from './cli/demo-command.ts';
import { serveCommand } from './cli/serve-command.ts';
import { verifyCommand } from './cli/verify-command.ts';

const COMMANDS: readonly Command[] = [
  serveCommand,
  demoCommand,
  verifyCommand,
  ...administrationCommands,
  ...deviceCommands,
];

const print: Print = (value) => void process.stdout.write(`${JSON.stringify(value)}\n`);

function helpOf(command: Command): string {
  return `  ${command.usage}\n      ${command.summary}\n      ${command.example}\n`;
}

function help(): string {
  return [
    'province: the provincial side of Loket OPOP. NDJSON on stdout, messages on stderr; exit 0 done, 2 refused, 1 a bug.',
    '',
    ...COMMANDS.map(helpOf),
    'Every command takes --data DIR (default data/province), --database-url URL, --keys DIR, and joins a running server.',
    '',
  ].join('\n');
}

async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help());
    return 0;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) throw new CliRefusal('UNKNOWN_COMMAND', `no command ${name}; see --help`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(helpOf(command));
    return 0;
  }
  return command.run(parseArguments(rest, [...PLACE_OPTIONS, ...command.options]), print);
}

async function main(argv: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(argv.slice(2));
  } catch (error) {
    if (error instanceof CliRefusal) {
      print({ error: { code: error.code, message: error.message, path: error.path } });
      process.exitCode = 2;
      return;
    }
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}

await main(process.argv);

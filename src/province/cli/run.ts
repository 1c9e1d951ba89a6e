import { parseArguments } from './arguments.ts';
import { asideCommands } from './aside-commands.ts';
import { approvalCommands } from './approval-commands.ts';
import { administrationCommands } from './administration-commands.ts';
import { backupCommand } from './backup-command.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, PLACE_OPTIONS, type Print } from './command.ts';
import { depositCommands } from './deposit-commands.ts';
import { deviceCommands } from './device-commands.ts';
import { demoCommand, demoRegionCommand } from './demo-command.ts';
import { documentCommands } from './document-commands.ts';
import { emergencyCommands } from './emergency-commands.ts';
import { feedCommands } from './feed-commands.ts';
import { keyCommands } from './key-commands.ts';
import { mandateCommands } from './mandate-commands.ts';
import { lossCommands } from './loss-commands.ts';
import { refundCommands } from './refund-commands.ts';
import { paymentCommands } from './payment-commands.ts';
import { regionCommands } from './region-commands.ts';
import { revokedKeysCommand } from './revoked-keys-command.ts';
import { restoreCommands } from './restore-commands.ts';
import { roadCommands } from './road-commands.ts';
import { serviceCommands } from './service-commands.ts';
import { serveCommand } from './serve-command.ts';
import { signUpdateCommand } from './update-commands.ts';
import { signalCommands } from './signal-commands.ts';
import { statementCommands } from './statement-commands.ts';
import { verifyCommand } from './verify-command.ts';

const COMMANDS: readonly Command[] = [
  serveCommand,
  demoCommand,
  demoRegionCommand,
  verifyCommand,
  ...administrationCommands,
  ...deviceCommands,
  ...approvalCommands,
  ...mandateCommands,
  ...regionCommands,
  ...roadCommands,
  ...keyCommands,
  ...feedCommands,
  signUpdateCommand,
  ...serviceCommands,
  ...lossCommands,
  ...emergencyCommands,
  ...refundCommands,
  ...depositCommands,
  ...statementCommands,
  ...signalCommands,
  ...paymentCommands,
  ...documentCommands,
  ...restoreCommands,
  ...asideCommands,
  backupCommand,
  revokedKeysCommand,
];

function helpOf(command: Command): string {
  return `  ${command.usage}\n      ${command.summary}\n      ${command.example}\n`;
}

function help(): string {
  return [
    'province: the provincial side of Loket OPOP. NDJSON on stdout, messages on stderr; exit 0 done, 2 refused, 1 a bug.',
    '',
    ...COMMANDS.map(helpOf),
    'Every command takes --data DIR (default data/province), --database-url URL, --keys DIR, --documents DIR, and joins a running server.',
    '',
  ].join('\n');
}

async function run(args: readonly string[], print: Print, say: (text: string) => void): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    say(help());
    return 0;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) throw new CliRefusal('UNKNOWN_COMMAND', `no command ${name}; see --help`);
  if (rest.includes('--help') || rest.includes('-h')) {
    say(helpOf(command));
    return 0;
  }
  return command.run(parseArguments(rest, [...PLACE_OPTIONS, ...command.options], command.flags), print);
}

/** Runs one command line: prints NDJSON, says help, answers the exit code. A throw is a bug. */
export async function runProvince(args: readonly string[], print: Print, say: (text: string) => void): Promise<number> {
  try {
    return await run(args, print, say);
  } catch (error) {
    if (!(error instanceof CliRefusal)) throw error;
    print({ error: { code: error.code, message: error.message, path: error.path } });
    return 2;
  }
}

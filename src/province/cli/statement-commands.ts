import { readFileSync } from 'node:fs';
import { uuidSchema } from '../../contract/primitives.ts';
import { placeCredit, type PlaceProblem } from '../statements/place-credit.ts';
import type { StatementProblem } from '../statements/read-statement.ts';
import { statementMappingSchema } from '../statements/statement-mapping.ts';
import { matchAgain, saveShape, takeStatement, type TakeProblem } from '../statements/take-statement.ts';
import { type CommandArguments, optional, required } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';
import { readJsonFile } from './files.ts';

const SHOWN = 80;

function bankOf(args: CommandArguments): string {
  const bank = required(args, 'bank').trim();
  if (bank === '' || bank.length > SHOWN) throw new CliRefusal('BAD_ARGUMENTS', 'name a bank', 'bank');
  return bank;
}

const saidBy = (args: CommandArguments): string => optional(args, 'by')?.slice(0, SHOWN) ?? 'administrator';

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CliRefusal('FILE_UNREADABLE', error instanceof Error ? error.message : String(error), 'file');
  }
}

const placed = ({ code, row, found }: StatementProblem): string =>
  `${row === null ? 'file' : `row ${row}`}: ${code}${found === '' ? '' : ` (${found})`}`;

function refusalOf(problem: TakeProblem): CliRefusal {
  switch (problem.code) {
    case 'BANK_UNKNOWN':
      return new CliRefusal(problem.code, 'say once in which shape this bank gives its statements: bank-shape', 'bank');
    case 'STATEMENT_KNOWN': {
      const when = new Date(problem.readAt).toISOString();
      return new CliRefusal(problem.code, `this file was read at ${when} by ${problem.saidBy}`, 'file');
    }
    case 'STATEMENT_UNREADABLE':
      return new CliRefusal(problem.code, `nothing was taken; ${problem.problems.map(placed).join('; ')}`, 'file');
    default:
      return problem satisfies never;
  }
}

const bankShape: Command = {
  name: 'bank-shape',
  usage: 'bank-shape --bank NAME --file FILE [--by NAME]',
  summary: 'Saves in which shape a bank gives its statements: columns, dates, thousands marks, encoding (JSON).',
  example: 'npm run -s province -- bank-shape --bank "Bank Jatim" --file bank-jatim.shape.json',
  options: ['bank', 'file', 'by'],
  run: async (args, print) => {
    const [bank, shape] = [bankOf(args), readJsonFile(required(args, 'file'), statementMappingSchema, 'file')];
    await withProvince(args, ({ context }) => saveShape(context, bank, shape, saidBy(args)));
    print({ bank, shape });
    return 0;
  },
};

const statement: Command = {
  name: 'statement',
  usage: 'statement --bank NAME (--file FILE | --again) [--by NAME]',
  summary:
    "Reads a bank's statement whole or not at all, matches it with the counters' deposits, confirms what is sure.",
  example: 'npm run -s province -- statement --bank "Bank Jatim" --file mutasi-2026-11-23.csv --by "Rini, bendahara"',
  options: ['bank', 'file', 'by'],
  flags: ['again'],
  run: async (args, print) => {
    const asked = { bank: bankOf(args), saidBy: saidBy(args) };
    if (args.values['again']?.length === 1) {
      print(await withProvince(args, ({ context }) => matchAgain(context, asked)));
      return 0;
    }
    const bytes = bytesOf(required(args, 'file'));
    const taken = await withProvince(args, ({ context }) => takeStatement(context, { ...asked, bytes }));
    if (!taken.ok) throw refusalOf(taken.error);
    print(taken.value);
    return 0;
  },
};

const WORDS_OF: Readonly<Record<PlaceProblem, string>> = {
  CREDIT_NOT_OPEN: 'no such credit is open; another person may have placed it',
  DEPOSIT_NOT_OPEN: 'a deposit of the list is unknown, of another bank, or confirmed whole; see deposit list',
  DATE_IMPOSSIBLE: 'the bank booked it before one of the deposits was handed in',
  MORE_THAN_DEPOSITED: 'the credit is more than what is open of these deposits',
};

const placeCreditCommand: Command = {
  name: 'place-credit',
  usage: 'place-credit --bank NAME --credit ID --deposits ID,ID --note TEXT [--by NAME]',
  summary: 'A person says which deposits a credit is that the matching left open; the note says how he knows.',
  example:
    'npm run -s province -- place-credit --bank "Bank Jatim" --credit q3... --deposits 019a... --note "telepon bank"',
  options: ['bank', 'credit', 'deposits', 'note', 'by'],
  run: async (args, print) => {
    const depositIds = required(args, 'deposits').split(',');
    const isWrong = depositIds.some((id) => !uuidSchema.safeParse(id).success);
    if (isWrong) throw new CliRefusal('BAD_ARGUMENTS', '--deposits must be ids with commas between them', 'deposits');
    const note = required(args, 'note').trim().slice(0, 500);
    if (note === '') throw new CliRefusal('BAD_ARGUMENTS', '--note must say how it is known', 'note');
    const [bank, creditId] = [bankOf(args), required(args, 'credit')];
    const asked = { bank, creditId, depositIds, note, saidBy: saidBy(args) };
    const parts = await withProvince(args, ({ context }) => placeCredit(context, asked));
    if (!parts.ok) {
      const path = parts.error === 'CREDIT_NOT_OPEN' ? 'credit' : 'deposits';
      throw new CliRefusal(parts.error, WORDS_OF[parts.error], path);
    }
    for (const part of parts.value) print(part);
    return 0;
  },
};

/** Statements of banks. */
export const statementCommands: readonly Command[] = [bankShape, statement, placeCreditCommand];

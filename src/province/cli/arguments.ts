import { parseArgs } from 'node:util';
import { uuidSchema } from '../../contract/primitives.ts';
import { type LocalDate, parseLocalDate } from '../../domain/local-date.ts';
import { type Nrkb, parseNrkb } from '../../domain/nrkb.ts';
import { CliRefusal } from './cli-refusal.ts';

/** Options of one command after parsing: every option may appear once or, where it repeats, many times. */
export type CommandArguments = {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly positionals: readonly string[];
};

/** A hash or an id may begin with one dash: behind a known option it is its value, as with an equals sign between them. */
function withDashedValues(args: readonly string[], known: readonly string[]): readonly string[] {
  const isOption = (at: number): boolean => known.some((name) => args[at] === `--${name}`);
  const isDashed = (at: number): boolean => /^-[^-]/u.test(args[at] ?? '');
  return args.flatMap((one, at) => {
    if (isOption(at) && isDashed(at + 1)) return [`${one}=${args[at + 1] ?? ''}`];
    return isDashed(at) && isOption(at - 1) ? [] : [one];
  });
}

/** Splits a command's arguments; an option that it does not know is refused by name. A flag that is there has the value `true`. */
export function parseArguments(
  args: readonly string[],
  known: readonly string[],
  flags: readonly string[] = [],
): CommandArguments {
  try {
    const options = {
      ...Object.fromEntries(known.map((name) => [name, { type: 'string', multiple: true } as const])),
      ...Object.fromEntries(flags.map((name) => [name, { type: 'boolean', multiple: true } as const])),
    };
    const parsed = parseArgs({
      args: [...withDashedValues(args, known)],
      options,
      allowPositionals: true,
      strict: true,
    });
    const values = Object.fromEntries(
      Object.entries(parsed.values).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : []]),
    );
    return { values, positionals: parsed.positionals };
  } catch (error) {
    throw new CliRefusal('BAD_ARGUMENTS', error instanceof Error ? error.message : String(error));
  }
}

export function optional({ values }: CommandArguments, name: string): string | undefined {
  return values[name]?.at(-1);
}

export function required(args: CommandArguments, name: string): string {
  const value = optional(args, name);
  if (value === undefined) throw new CliRefusal('BAD_ARGUMENTS', `--${name} is missing`, name);
  return value;
}

/** A whole number in a range, or the default. */
export function wholeNumber(
  args: CommandArguments,
  name: string,
  range: readonly [number, number],
  preset: number,
): number {
  const text = optional(args, name);
  if (text === undefined) return preset;
  const value = Number(text);
  const [least, most] = range;
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new CliRefusal('BAD_ARGUMENTS', `--${name} must be a whole number from ${least} to ${most}`, name);
  }
  return value;
}

export function dateArgument(args: CommandArguments, name: string, preset?: LocalDate): LocalDate {
  const text = optional(args, name);
  if (text === undefined && preset !== undefined) return preset;
  const parsed = parseLocalDate(text);
  if (!parsed.ok) throw new CliRefusal('BAD_ARGUMENTS', `--${name} must be a date YYYY-MM-DD`, name);
  return parsed.value;
}

/** Who looks at personal data; too short names nobody. */
export function personArgument(args: CommandArguments, name: string): string {
  const person = required(args, name).trim().slice(0, 120);
  if (person.length < 3) throw new CliRefusal('BAD_ARGUMENTS', `--${name} must name a person`, name);
  return person;
}

/** A text that a person gave as a reason; too short is no reason. */
export function reasonArgument(args: CommandArguments): string {
  const reason = required(args, 'reason').trim().slice(0, 200);
  if (reason.length < 3) throw new CliRefusal('BAD_ARGUMENTS', '--reason must say why', 'reason');
  return reason;
}

export function uuidArgument(args: CommandArguments, name: string): string {
  const id = uuidSchema.safeParse(required(args, name));
  if (!id.success) throw new CliRefusal('BAD_ARGUMENTS', `--${name} must be an id`, name);
  return id.data;
}

export function nrkbArgument(args: CommandArguments, name: string): Nrkb {
  const parsed = parseNrkb(required(args, name));
  if (!parsed.ok) throw new CliRefusal('NRKB_INVALID', `--${name} is no plate number (${parsed.error.code})`, name);
  return parsed.value;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseRulePack } from '../../contract/rule-pack.ts';
import { assessCaseLine } from '../../domain/assessment-case.ts';
import { buildRulePackSet, type RulePackSet } from '../../domain/rule-pack.ts';
import type { RulePack } from '../../domain/rule-pack-document.ts';
import { type Command, CommandRefusal } from './command.ts';

/** The packs shipped with the program; the counter sells only from packs of the signed feed. */
const SHIPPED = join(import.meta.dirname, '..', '..', '..', 'resources', 'rule-packs');

/** Lines are joined into pieces of about this many characters: a write per line would cost more than the reckoning. */
const FLUSH_AT = 64_000;

function readPack(file: string): RulePack {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new CommandRefusal('RULES_UNREADABLE', `rule pack ${file} ${reason}`, ['rules']);
  }
  const pack = parseRulePack(value);
  if (!pack.ok) {
    throw new CommandRefusal('RULES_INVALID', `rule pack ${file} is not valid at ${pack.path.join('.')}`, pack.path);
  }
  return pack.value;
}

function packSet(files: readonly string[]): RulePackSet {
  const named =
    files.length > 0
      ? files
      : readdirSync(SHIPPED)
          .filter((name) => name.endsWith('.json'))
          .map((name) => join(SHIPPED, name));
  const set = buildRulePackSet(named.map(readPack));
  if (set.ok) return set.value;
  const problems = set.error.map(
    (one) => `${one.code} (${one.packIds.join(', ')}${one.path === null ? '' : ` at ${one.path}`})`,
  );
  throw new CommandRefusal('RULES_INVALID', `the rule packs do not fit together: ${problems.join('; ')}`, ['rules']);
}

function answerTo(line: string, packs: RulePackSet): { readonly text: string; readonly isError: boolean } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    const error = { code: 'NOT_JSON', message: 'this line is not JSON', path: '' };
    return { text: JSON.stringify({ error }), isError: true };
  }
  const answer = assessCaseLine(value, packs);
  if (answer.ok) return { text: JSON.stringify(answer.value), isError: false };
  const { code, path } = answer.error;
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  const error = { code, message: `this case cannot be read at ${path === '' ? 'the line' : path}`, path };
  return {
    text: JSON.stringify({ ...(typeof id === 'string' || typeof id === 'number' ? { id } : {}), error }),
    isError: true,
  };
}

/** What is owed, for a stream of cases; sells nothing and needs no data. */
export const assessCommand: Command = {
  name: 'assess',
  usage: 'loket assess [--rules FILE]... < cases.ndjson',
  summary: 'reckons what is owed: a line {id, vehicle, paidOn, claim?} becomes {id, lines, total} or {id, refusals}',
  example: 'npm run -s loket -- assess --rules resources/rule-packs/jatim-2026.json < cases.ndjson',
  takesFiles: true,
  options: { rules: { type: 'string', multiple: true } },
  run: async (options, more) => {
    const named = Array.isArray(options['rules']) ? options['rules'].filter((one) => typeof one === 'string') : [];
    // `--rules packs/*.json`: the shell gives the flag one file and leaves the others beside it.
    const files = [...named, ...more];
    const packs = packSet(files);
    let waiting = '';
    let failed = false;
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      const text = line.replace(/^\uFEFF/, '');
      if (text.trim() === '') continue;
      const answer = answerTo(text, packs);
      failed ||= answer.isError;
      waiting += `${answer.text}\n`;
      if (waiting.length >= FLUSH_AT) {
        process.stdout.write(waiting);
        waiting = '';
      }
    }
    process.stdout.write(waiting);
    return failed ? 2 : 0;
  },
};

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { err, ok, type Result } from '../../domain/result.ts';

/** Where the province's program and its data are. */
export type ProvincePlace = { readonly programFolder: string; readonly dataFolder: string };

/** Program and arguments of one province command, run by the Node that runs us. */
export function provinceCommand(place: ProvincePlace, args: readonly string[]): readonly [string, readonly string[]] {
  const launcher = join(place.programFolder, 'bin', 'province.mjs');
  return [process.execPath, [launcher, ...args, '--data', place.dataFolder]];
}

function parsedLine(line: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(line) };
  } catch {
    // A message for people among the data, or an empty line: not ours to read.
    return undefined;
  }
}

/** Parses lines of JSON; a line that is none is left out. */
export function jsonLines(text: string): readonly unknown[] {
  return text.split('\n').flatMap((line) => {
    const parsed = parsedLine(line);
    return parsed === undefined ? [] : [parsed.value];
  });
}

/** Runs one province command to its end; answers its lines, or what it said when it failed. */
export function runProvinceCommand(
  place: ProvincePlace,
  args: readonly string[],
): Promise<Result<readonly unknown[], string>> {
  return new Promise((resolve) => {
    const [program, all] = provinceCommand(place, args);
    const child = spawn(program, all, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const messages: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => output.push(piece));
    child.stderr.on('data', (piece: Buffer) => messages.push(piece));
    child.once('error', (fault) => resolve(err(fault.message)));
    child.once('close', (code) => {
      const text = Buffer.concat(output).toString();
      resolve(
        code === 0 ? ok(jsonLines(text)) : err(`${text}${Buffer.concat(messages).toString()}`.trim().slice(-2000)),
      );
    });
  });
}

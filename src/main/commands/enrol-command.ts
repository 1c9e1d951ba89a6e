import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import {
  type Command,
  CommandRefusal,
  configFrom,
  type Options,
  optionalText,
  printLine,
  textOption,
} from './command.ts';
import { type CounterDoor, openCounterDoor } from './counter-door.ts';

const requestedSchema = z.object({ request: z.unknown(), codeId: z.string() });

async function call(door: CounterDoor, method: string, input: unknown): Promise<unknown> {
  const answer = await door.call(method, input);
  if (answer.ok) return answer.value;
  const { code, path, details } = answer.error;
  throw new CommandRefusal(code, `the enrolment was refused ${JSON.stringify(details ?? {})}`, path);
}

/** JSON of a file that somebody carried here. */
function readCarried(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new CommandRefusal('FILE_WRONG', `--answer names no file of the right form: ${reason}`, ['answer']);
  }
}

/** A file that is there already may be another device's question: it is never written over. */
function writeNew(file: string, value: unknown): void {
  try {
    writeFileSync(file, `${JSON.stringify(value)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not writable';
    throw new CommandRefusal('EXPORT_FAILED', `the request cannot be written: ${reason}`, ['request']);
  }
}

async function enrol(door: CounterDoor, options: Options): Promise<void> {
  const [request, answer] = [optionalText(options, 'request'), optionalText(options, 'answer')];
  if (answer !== null) {
    printLine(await call(door, 'enrolment.complete', { answer: readCarried(answer) }));
    return;
  }
  const code = textOption(options, 'code');
  if (request === null) {
    printLine(await call(door, 'enrolment.enrol', { provinceUrl: textOption(options, 'province'), code }));
    return;
  }
  // Asked before the question is made: a new question makes the keys of an older one worthless.
  if (existsSync(request)) throw new CommandRefusal('EXPORT_FAILED', `${request} is there already`, ['request']);
  const provinceUrl = optionalText(options, 'province');
  const asked = requestedSchema.parse(await call(door, 'enrolment.request', { provinceUrl, code }));
  writeNew(request, asked.request);
  printLine({ request, codeId: asked.codeId });
}

export const enrolCommand: Command = {
  name: 'enrol',
  usage:
    'loket enrol --data DIR (--province URL --code CODE | --code CODE --request FILE [--province URL] | --answer FILE) [--key-store machine|passphrase|demo]',
  summary:
    'registers this device at the province with a one-time code, which is never sent; without a line by two files, a request and its answer',
  example: 'npm run -s loket -- enrol --data data/counter --province http://127.0.0.1:8080 --code ABCDE-...',
  options: {
    data: { type: 'string' },
    province: { type: 'string' },
    code: { type: 'string' },
    request: { type: 'string' },
    answer: { type: 'string' },
    'key-store': { type: 'string' },
  },
  run: async (options) => {
    const door = await openCounterDoor(await configFrom(options));
    try {
      await enrol(door, options);
    } finally {
      await door.close();
    }
    return 0;
  },
};

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { api } from '../../contract/api.ts';
import type { ResponseFrame } from '../../contract/frames.ts';
import { type Command, CommandRefusal, configFrom, type Options, optionalText, printLine } from './command.ts';
import { type CounterDoor, openCounterDoor } from './counter-door.ts';

/** Every method with its JSON schemas; an input is what may be sent, an output what comes back. */
function listMethods(): void {
  for (const [method, procedure] of Object.entries(api)) {
    printLine({
      method,
      kind: procedure.kind,
      access: procedure.access,
      errors: procedure.errors,
      input: z.toJSONSchema(procedure.input, { io: 'input', unrepresentable: 'any' }),
      output: z.toJSONSchema(procedure.output, { io: 'input', unrepresentable: 'any' }),
    });
  }
}

/** Signs in the officer of `--as` with the PIN of `--pin-file`; without `--as` whoever is signed in goes on. */
export async function signIn(door: CounterDoor, options: Options): Promise<void> {
  const officerId = optionalText(options, 'as');
  if (officerId === null) return;
  const pinFile = optionalText(options, 'pin-file');
  if (pinFile === null) throw new CommandRefusal('OPTION_MISSING', '--as needs --pin-file', ['pin-file']);
  const answer = await door.call('sign-in.begin', { officerId, pin: readFileSync(pinFile, 'utf8').trim() });
  if (!answer.ok) throw new CommandRefusal(answer.error.code, `sign-in of ${officerId} was refused`, ['as']);
}

const lineSchema = z.object({ id: z.unknown(), method: z.string(), input: z.unknown().optional() });

async function answerTo(door: CounterDoor, line: string): Promise<Readonly<Record<string, unknown>>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, ok: false, error: { code: 'BAD_FRAME' } };
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return { id: null, ok: false, error: { code: 'BAD_FRAME' } };
  const { id, method, input } = parsed.data;
  const answer: ResponseFrame = await door.call(method, input ?? {});
  return answer.ok ? { id, ok: true, value: answer.value } : { id, ok: false, error: answer.error };
}

/** Calls the contract, line by line and in order; each answer is printed only after its commit. */
export const callCommand: Command = {
  name: 'call',
  usage: 'loket call --data DIR [--as OFFICER --pin-file FILE] < calls.ndjson',
  summary:
    'calls the counter: each line {id, method, input} becomes {id, ok, value} or {id, ok: false, error}; --list prints every method with its schemas',
  example: `echo '{"id":1,"method":"counter.status"}' | npm run -s loket -- call --data data/counter`,
  options: {
    data: { type: 'string' },
    as: { type: 'string' },
    'pin-file': { type: 'string' },
    list: { type: 'boolean' },
  },
  run: async (options) => {
    if (options['list'] === true) {
      listMethods();
      return 0;
    }
    const door = await openCounterDoor(await configFrom(options));
    let refused = false;
    try {
      await signIn(door, options);
      for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
        if (line.trim() === '') continue;
        const answer = await answerTo(door, line);
        refused ||= answer['ok'] !== true;
        printLine(answer);
      }
    } finally {
      await door.close();
    }
    return refused ? 2 : 0;
  },
};

import { MACHINE_STEPS, type StepResult, stepResultSchema } from '../../contract/self-test.ts';
import { selfTestWords } from '../../contract/self-test-words.ts';
import { type Command, CommandRefusal, configFrom, optionalText, printLine } from './command.ts';
import { type CounterDoor, openCounterDoor } from './counter-door.ts';

async function ask(door: CounterDoor, method: string, input: unknown): Promise<unknown> {
  const answer = await door.call(method, input);
  if (answer.ok) return answer.value;
  const { code, details } = answer.error;
  throw new CommandRefusal(code, `${method} was refused ${JSON.stringify(details ?? {})}`, answer.error.path);
}

const inEnglish = (result: StepResult): StepResult => ({ ...result, message: selfTestWords(result.said, 'en') });

export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'loket doctor --data DIR [--sheet FOLDER] [--diagnostics FOLDER] [--english]',
  summary:
    'tests this computer step by step, prints what each step found, and writes the sheet of the hand-over or what support needs; exit 2 when a step is not well',
  example: 'npm run -s loket -- doctor --data data/counter --sheet .',
  options: {
    data: { type: 'string' },
    sheet: { type: 'string' },
    diagnostics: { type: 'string' },
    english: { type: 'boolean' },
  },
  run: async (options) => {
    const door = await openCounterDoor(await configFrom(options));
    const startedAt = performance.now();
    const bad: string[] = [];
    try {
      for (const step of MACHINE_STEPS) {
        const result = stepResultSchema.parse(await ask(door, 'self-test.run', { step }));
        printLine(options['english'] === true ? inEnglish(result) : result);
        if (!result.succeeded) bad.push(step);
      }
      const tookMs = Math.round(performance.now() - startedAt);
      for (const [option, method] of [
        ['sheet', 'self-test.save'],
        ['diagnostics', 'self-test.diagnostics'],
      ] as const) {
        const to = optionalText(options, option);
        if (to !== null) printLine(await ask(door, method, { to }));
      }
      printLine({ ok: bad.length === 0, bad, tookMs });
      return bad.length === 0 ? 0 : 2;
    } finally {
      await door.close();
    }
  },
};

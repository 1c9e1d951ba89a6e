import type { FastifyInstance } from 'fastify';
import type { LineAnswer } from '../../src/main/core/ports.ts';
import { createTestLine, provinceError, type TestLine, withoutPages } from './test-line.ts';

/** Somebody in the middle, who changes the answers of one path until told to stop. */
export type BendingLine = TestLine & {
  /** Bends every answer whose path begins so; `greetAnew` first ends the token, so that a hello must come. */
  readonly bend: (path: string, change: (body: string) => string, greetAnew: boolean) => void;
  readonly stop: () => void;
};

export function createBendingLine(plugged?: FastifyInstance): BendingLine {
  const line = createTestLine(plugged);
  const held: { path: string | null; change: (body: string) => string; greetAnew: boolean } = {
    path: null,
    change: (body) => body,
    greetAnew: false,
  };
  const bent = (answer: LineAnswer): LineAnswer => ({ ...answer, status: 200, body: held.change(answer.body) });
  return {
    ...line,
    exchange: async (request) => {
      const { pathname } = new URL(request.url);
      const isGreeting = pathname === '/v1/challenge' || pathname === '/v1/hello';
      if (held.greetAnew && !isGreeting) {
        held.greetAnew = false;
        return { ok: true, answer: provinceError(401, 'BAD_TOKEN') };
      }
      const outcome = await line.exchange(request);
      const isBent = held.path !== null && pathname.startsWith(held.path);
      if (!outcome.ok) return outcome;
      // Whose feeds' answers are bent gets them by themselves.
      const isAlone =
        pathname === '/v1/news' && outcome.answer.status === 200 && held.path?.startsWith('/v1/feeds') === true;
      if (isAlone) return { ok: true, answer: withoutPages(outcome.answer) };
      return isBent ? { ok: true, answer: bent(outcome.answer) } : outcome;
    },
    bend: (path, change, greetAnew) => {
      held.path = path;
      held.change = change;
      held.greetAnew = greetAnew;
    },
    stop: () => {
      held.path = null;
      held.greetAnew = false;
    },
  };
}

import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type SelfTestMethods =
  | 'self-test.results'
  | 'self-test.run'
  | 'self-test.note'
  | 'self-test.save'
  | 'self-test.diagnostics';

/** Handlers of *Uji mandiri*. */
export function selfTestHandlers({ selfTest }: Counter): Pick<Handlers, SelfTestMethods> {
  return {
    'self-test.results': async () => ok([...(await selfTest.results())]),
    'self-test.run': async ({ step }) => await selfTest.run(step),
    'self-test.note': async ({ noted }) => await selfTest.note(noted),
    'self-test.save': async ({ to }) => await selfTest.save(to),
    'self-test.diagnostics': async ({ to }) => await selfTest.diagnostics(to),
  };
}

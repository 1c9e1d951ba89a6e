import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import { quitAfterAnswer } from './last-word.ts';
import { leaveOutlet } from './leave-outlet.ts';

type SelfTestMethods =
  | 'self-test.results'
  | 'self-test.run'
  | 'self-test.note'
  | 'self-test.save'
  | 'self-test.diagnostics'
  | 'device.desk-card'
  | 'device.leave';

/** Handlers of the installer on a counter: *Uji mandiri*, and its leave from the outlet. */
export function selfTestHandlers(counter: Counter): Pick<Handlers, SelfTestMethods> {
  const { selfTest, db, timekeeper } = counter;
  return {
    'self-test.results': async () => ok([...(await selfTest.results())]),
    'self-test.run': async ({ step }) => await selfTest.run(step),
    'self-test.note': async ({ noted }) => await selfTest.note(noted),
    'self-test.save': async ({ to }) => await selfTest.save(to),
    'self-test.diagnostics': async ({ to }) => await selfTest.diagnostics(to),
    'device.desk-card': async ({ to }) => await selfTest.deskCard(to),
    'device.leave': async ({ outletId }) => {
      const left = await leaveOutlet(db, { outletId, now: timekeeper.now() });
      if (!left.ok) return left;
      quitAfterAnswer(counter);
      return ok({});
    },
  };
}

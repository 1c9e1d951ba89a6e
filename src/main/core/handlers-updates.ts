import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

/** Handlers of the program's own next version. */
export function updateHandlers({
  updates,
}: Counter): Pick<Handlers, 'update.state' | 'update.install' | 'update.restart'> {
  return {
    'update.state': async () => ok(await updates.state()),
    'update.install': async ({ file }, { signIn }) => await updates.install(file, signIn),
    'update.restart': async () => await updates.restart(),
  };
}

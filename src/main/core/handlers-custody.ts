import { err, ok } from '../../domain/result.ts';
import type { MirrorView } from '../../contract/views-custody.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { Counter } from './counter.ts';
import { acknowledgeClock } from './device/acknowledge-clock.ts';
import type { Handlers } from './dispatch.ts';
import type { MirrorStatus } from './journal/mirror.ts';

type CustodyMethods =
  | 'mirror.status'
  | 'mirror.set-folder'
  | 'mirror.complete'
  | 'mirror.recover'
  | 'backup.make'
  | 'clock.acknowledge';

/** Whoever may move the second copy once it has a place; the first place anyone at the counter may choose. */
const MAY_MOVE: readonly SignIn['role'][] = ['supervisor', 'installer'];

/** Handlers of the second copy and of the clock. */
export function custodyHandlers(counter: Counter): Pick<Handlers, CustodyMethods> {
  const { mirror, outbox, cash, backups } = counter;
  const viewOf = async (status: MirrorStatus): Promise<MirrorView> => ({
    ...status,
    unsent: (await outbox.figures()).unsent,
    backup: await backups.view(),
  });

  return {
    'mirror.status': async () => ok(await viewOf(await mirror.status())),
    'mirror.set-folder': async ({ folder, medium }, { signIn }) => {
      if (mirror.state() !== 'none' && !MAY_MOVE.includes(signIn.role)) return err({ code: 'FORBIDDEN' });
      const set = await mirror.setFolder(folder, medium);
      return set.ok ? ok(await viewOf(set.value)) : set;
    },
    'mirror.complete': async (_input, { signIn }) => {
      const session = await cash.current();
      return await mirror.complete({
        officerId: signIn.officerId,
        cashSessionId: session?.cashSessionId ?? null,
      });
    },
    'mirror.recover': async ({ folder }, { signIn }) => {
      const recovered = await counter.recoverMirror(folder, signIn?.officerId ?? null);
      return recovered.ok ? ok({ files: [...recovered.value] }) : recovered;
    },
    'backup.make': async () => await backups.make(),
    'clock.acknowledge': async (_input, { signIn }) => {
      const acknowledged = await acknowledgeClock(counter, signIn);
      if (!acknowledged.ok) return acknowledged;
      return ok({ now: counter.timekeeper.now(), needsAcknowledgement: acknowledged.value.needsAcknowledgement });
    },
  };
}

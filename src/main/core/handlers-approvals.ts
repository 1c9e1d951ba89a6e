import { ok } from '../../domain/result.ts';
import { contentHashOf } from './approvals/approval-codes.ts';
import type { DoorAct } from './approvals/door-acts.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type ApprovalMethods = Extract<keyof Handlers, `approvals.${string}`>;
type Desks = Pick<Counter, 'approvals' | 'doorActs' | 'capRaises' | 'remoteDesk' | 'loop'>;

/** What two people decide together. */
export function approvalHandlers(desks: Desks): Pick<Handlers, ApprovalMethods> {
  const { approvals, doorActs, capRaises, remoteDesk, loop } = desks;
  const atDoor = async (act: DoorAct, approval: Parameters<typeof approvals.allow>[2]) => {
    const asker = doorActs.asker(act.officerId);
    const name = act.action === 'substitute' ? act.name : '';
    const asked = doorActs.asked({ action: act.action, officerId: act.officerId, name });
    return await approvals.allow(asker, asked, approval, (grant) => doorActs.carryOut(asker.stream, act, grant));
  };
  return {
    'approvals.request': async ({ content, ...asked }, { signIn }) =>
      await approvals.request(signIn, { ...asked, contentHash: contentHashOf(content) }),
    'approvals.request-at-door': async (subject) =>
      await approvals.request(doorActs.asker(subject.officerId), doorActs.asked(subject)),
    'approvals.unlock-pin': async ({ approval, ...act }) => await atDoor({ action: 'unlock-pin', ...act }, approval),
    'approvals.reset-pin': async ({ approval, ...act }) => await atDoor({ action: 'reset-pin', ...act }, approval),
    'approvals.substitute': async ({ approval, ...act }) => await atDoor({ action: 'substitute', ...act }, approval),
    'approvals.raise-cap': async ({ cap, limit, approval }, { signIn }) =>
      await approvals.allow(signIn, capRaises.asked(cap, limit), approval, (grant) =>
        capRaises.raise(signIn, { cap, limit }, grant),
      ),
    'approvals.look': async ({ text }, { signIn }) => await remoteDesk.look(signIn, text),
    'approvals.give': async ({ text }, { signIn }) => {
      const given = await remoteDesk.give(signIn, text);
      if (given.ok) loop.wake();
      return given;
    },
    'approvals.standing': async (_input, { signIn }) => {
      const { counters, questions } = await remoteDesk.standing(signIn);
      return ok({ counters, questions: [...questions] });
    },
    'approvals.answer': async (said, { signIn }) => {
      const answered = await remoteDesk.answer(signIn, said);
      if (answered.ok) loop.wake();
      return answered;
    },
  };
}

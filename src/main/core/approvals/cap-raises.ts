import type { Refusal } from '../../../contract/errors.ts';
import type { ApprovalAction, ApprovalAsked } from '../../../domain/approval.ts';
import { type CapName, CAP_NAMES } from '../../../domain/delivery-policy.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { Policy } from '../../../domain/policy.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { prepared } from '../db/prepared.ts';
import type { ReadTx, StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { contentHashOf } from './approval-codes.ts';
import type { ApprovalGrant } from './approval-grant.ts';

const selectRaises = prepared<{ on: string }>()((from, of) =>
  from.selectFrom('cap_raise').select(['cap', 'raised_to']).where('raised_on', '=', of('on')),
);

/** Caps that were raised for a day. */
async function readRaises(tx: ReadTx, today: LocalDate): Promise<ReadonlyMap<CapName, number>> {
  return new Map(selectRaises(tx, { on: today }).map(({ cap, raised_to: to }) => [cap, to]));
}

/**
 * What the province has signed with the caps of this one day. A raise never lowers: where the province meanwhile allows
 * more than the raise, the province's word stands.
 */
export async function readPolicyOfDay(
  tx: ReadTx,
  today: LocalDate,
): Promise<Policy & { readonly raised: readonly CapName[] }> {
  const policy = await readPolicy(tx);
  const raises = await readRaises(tx, today);
  const raised = CAP_NAMES.filter((cap) => {
    const [limit, to] = [policy.caps[cap], raises.get(cap)];
    return limit !== null && to !== undefined && to > limit;
  });
  const caps = Object.fromEntries(raised.map((cap) => [cap, raises.get(cap)]));
  return { ...policy, caps: { ...policy.caps, ...caps }, raised };
}

type CapRefusal = Refusal<'CAP_NOT_RAISED' | 'APPROVAL_OTHER' | 'APPROVAL_USED'>;

export type CapRaises = {
  /** What an approval of this raise is bound to. */
  readonly asked: (cap: CapName, limit: number) => ApprovalAsked;
  /** Raises one cap until the end of this business day; a cap that the policy does not set has nothing to raise. */
  readonly raise: (
    signIn: SignIn,
    raise: { readonly cap: CapName; readonly limit: number },
    grant: ApprovalGrant,
  ) => Promise<
    Result<{ readonly cap: CapName; readonly limit: number; readonly on: LocalDate }, CapRefusal | StorageRefusal>
  >;
};

export function createCapRaises(deps: {
  readonly journal: Journal;
  readonly events: EventsPort;
  readonly today: () => LocalDate;
}): CapRaises {
  const { journal, events, today } = deps;
  const asked: CapRaises['asked'] = (cap, limit) => {
    const action: ApprovalAction = `raise-cap:${cap}`;
    // The day is part of the act: an approval of today raises nothing tomorrow.
    return { action, subject: cap, amount: limit, contentHash: contentHashOf({ on: today() }) };
  };
  return {
    asked,
    raise: async (signIn, { cap, limit }, grant) => {
      const raised = await journal.record(async (tx, append) => {
        const on = today();
        const { caps } = await readPolicyOfDay(tx, on);
        const before = caps[cap];
        if (before === null || limit <= before) {
          return err({ code: 'CAP_NOT_RAISED' as const, path: ['limit'], details: { before } });
        }
        const { officerId, stream } = signIn;
        const used = await grant.use(tx, append, { ...asked(cap, limit), stream, officerId, cashSessionId: null });
        if (!used.ok) return used;
        const { approvalId } = used.value;
        append({
          type: 'cap.raised',
          stream,
          officerId,
          cashSessionId: null,
          body: { cap, on, limit, before, approvalId },
        });
        await tx
          .insertInto('cap_raise')
          .values({ cap, raised_on: on, raised_to: limit, approval_id: approvalId })
          .onConflict((conflict) =>
            conflict.columns(['cap', 'raised_on']).doUpdateSet({ raised_to: limit, approval_id: approvalId }),
          )
          .execute();
        return ok({ cap, limit, on });
      });
      if (raised.ok) events.publish('status');
      return raised;
    },
  };
}

import type { Refusal } from '../../../contract/errors.ts';
import type { PairedCounter } from '../../../contract/feeds-approvals.ts';
import type { ApprovalLookView, ApprovalQuestion } from '../../../contract/views-approvals.ts';
import { isRequestAlive } from '../../../domain/approval.ts';
import { type ApprovalRequest, parseApprovalRequest } from '../../../domain/approval-request.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { ReadTx, StorageRefusal } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Journal } from '../journal/journal.ts';
import { codeFor } from './approval-codes.ts';
import type { ApprovalDeskDeps } from './desk-parts.ts';
import { answeredAt, closeQuestion, countPairs, findPairs, insertAnswer, readQuestions } from './supervisor-store.ts';

type LookRefusal = Refusal<'APPROVAL_REQUEST_INVALID' | 'APPROVAL_COUNTER_UNKNOWN'>;

/** A supervisor's own device: he reads what a counter asks, sees it, and answers eight digits (screen *Kode jauh*). */
export type RemoteDesk = {
  readonly look: (signIn: SignIn, text: string) => Promise<Result<ApprovalLookView, LookRefusal>>;
  /** The code, after a signed `approval.given` is on the disk. The same request again gives the same code, and writes nothing. */
  readonly give: (
    signIn: SignIn,
    characters: string,
  ) => Promise<Result<{ readonly code: string }, LookRefusal | Refusal<'APPROVAL_EXPIRED'> | StorageRefusal>>;
  readonly standing: (
    signIn: SignIn,
  ) => Promise<{ readonly counters: number; readonly questions: readonly ApprovalQuestion[] }>;
  /** Whether an approval in his name was his; said once. */
  readonly answer: (
    signIn: SignIn,
    said: { readonly approvalId: string; readonly isOwn: boolean },
  ) => Promise<Result<Record<string, never>, Refusal<'APPROVAL_UNKNOWN'> | StorageRefusal>>;
};

type Deps = Pick<ApprovalDeskDeps, 'db' | 'now' | 'today'> & {
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
};

type Seen = { readonly request: ApprovalRequest & { readonly characters: string }; readonly counter: PairedCounter };

export function createRemoteDesk({ db, journal, cipher, now, today }: Deps): RemoteDesk {
  const see = async (tx: ReadTx, { officerId }: SignIn, text: string): Promise<Result<Seen, LookRefusal>> => {
    const request = parseApprovalRequest(text, now());
    if (!request.ok) {
      return err({ code: 'APPROVAL_REQUEST_INVALID', path: ['text'], details: { reason: request.error } });
    }
    const [counter, other] = await findPairs(tx, cipher, officerId, request.value.deviceTag);
    if (counter === undefined || other !== undefined) return err({ code: 'APPROVAL_COUNTER_UNKNOWN' });
    return ok({ request: request.value, counter });
  };
  const isOver = ({ request }: Seen): boolean => !isRequestAlive(localDateAt(request.askedAt), today());

  return {
    look: async (signIn, text) =>
      await db.read(async (tx) => {
        const seen = await see(tx, signIn, text);
        if (!seen.ok) return seen;
        const { request, counter } = seen.value;
        const { characters, action, amount, askedAt } = request;
        const { counterId, outletId, outletName, deviceNo } = counter;
        return ok({
          characters,
          action,
          amount,
          askedAt,
          outletId,
          outletName,
          deviceNo,
          expired: isOver(seen.value),
          answeredAt: await answeredAt(tx, { supervisorId: signIn.officerId, counterId, characters }),
        });
      }),

    give: async (signIn, text) =>
      await journal.record(async (tx, append) => {
        const seen = await see(tx, signIn, text);
        if (!seen.ok) return seen;
        if (isOver(seen.value)) return err({ code: 'APPROVAL_EXPIRED' as const });
        const { request, counter } = seen.value;
        const { characters, action, amount, head, nonce, askedAt } = request;
        const { counterId } = counter;
        const of = { supervisorId: signIn.officerId, counterId, characters };
        if ((await answeredAt(tx, of)) === null) {
          append({
            type: 'approval.given',
            stream: signIn.stream,
            officerId: signIn.officerId,
            cashSessionId: null,
            body: { counterId, action, amount, head, nonce, askedAt, request: characters },
          });
          await insertAnswer(tx, { ...of, answeredAt: now() });
        }
        return ok({ code: codeFor(Buffer.from(counter.key, 'base64url'), counterId, characters) });
      }),

    standing: async ({ officerId }) =>
      await db.read(async (tx) => ({
        counters: await countPairs(tx, officerId),
        questions: await readQuestions(tx, officerId),
      })),

    answer: async (signIn, { approvalId, isOwn }) =>
      await journal.record(async (tx, append) => {
        const counterId = await closeQuestion(tx, { supervisorId: signIn.officerId, approvalId, isOwn });
        if (counterId === undefined) return err({ code: 'APPROVAL_UNKNOWN' as const });
        append({
          type: 'approval.answered',
          stream: signIn.stream,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { approvalId, counterId, isOwn },
        });
        return ok({});
      }),
  };
}

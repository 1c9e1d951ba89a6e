import type { z } from 'zod';
import { api, type Api, type Method } from '../../contract/api.ts';
import { isAuditorsLook, mayAuditorAsk } from '../../contract/auditor-methods.ts';
import type { ErrorCode, Refusal } from '../../contract/errors.ts';
import { type FrameError, requestFrameSchema, type ResponseFrame } from '../../contract/frames.ts';
import type { AccessLevel, HandlerResult, InputOf } from '../../contract/procedure.ts';
import { assertNever, err, ok, type Result } from '../../domain/result.ts';
import type { SignIn } from './auth/sign-in.ts';
import { diskFailureOf } from './db/storage-refusal.ts';
import type { LogPort } from './ports.ts';

/** Who calls; null at the public door. */
export type Caller = { readonly signIn: SignIn | null };

/** A caller whose access level was checked. */
type CallerOf<A extends AccessLevel> = A extends 'public' ? Caller : { readonly signIn: SignIn };

/** One function per method of the contract; a missing one, or an undeclared refusal, does not compile. */
export type Handlers = {
  readonly [M in Method]: (
    input: InputOf<Api[M]>,
    caller: CallerOf<Api[M]['access']>,
  ) => Promise<HandlerResult<Api[M]>>;
};

type AnyHandler = (input: unknown, caller: Caller) => Promise<Result<unknown, Refusal>>;

export type DispatchDeps = {
  /** Undefined before enrolment: then only what needs no device is answered. */
  readonly handlers: () => Partial<Handlers>;
  readonly current: () => { readonly signIn: SignIn; readonly locked: boolean } | null;
  /** Commits that an auditor looks, before he sees anything; his screen is locked where his mandate is over. */
  readonly auditorLooks: (
    signIn: SignIn,
    method: Method,
    input: unknown,
  ) => Promise<Result<void, Refusal<'SCREEN_LOCKED' | 'DISK_FULL' | 'STORAGE_FAILED'>>>;
  /** True from the wish to end on: what is asked now would be cut off in the middle. */
  readonly isClosing: () => boolean;
  readonly log: LogPort;
  readonly newReference: () => string;
};

const OFFICER_ROLES: Readonly<Record<Exclude<AccessLevel, 'public' | 'signed-in'>, readonly SignIn['role'][]>> = {
  officer: ['officer'],
  supervisor: ['supervisor'],
  installer: ['installer', 'supervisor'],
  auditor: ['auditor'],
};

/** Why a caller may not pass; undefined when he may. */
function accessRefusal(
  access: AccessLevel,
  current: { readonly signIn: SignIn; readonly locked: boolean } | null,
): ErrorCode | undefined {
  switch (access) {
    case 'public':
      return undefined;
    case 'signed-in':
      return current === null ? 'NOT_SIGNED_IN' : current.locked ? 'SCREEN_LOCKED' : undefined;
    case 'officer':
    case 'supervisor':
    case 'installer':
    case 'auditor':
      if (current === null) return 'NOT_SIGNED_IN';
      if (current.locked) return 'SCREEN_LOCKED';
      return OFFICER_ROLES[access].includes(current.signIn.role) ? undefined : 'FORBIDDEN';
    default:
      return assertNever(access);
  }
}

/** The same with what an auditor may never ask, whatever its access says. */
function refusalOf(
  method: Method,
  current: { readonly signIn: SignIn; readonly locked: boolean } | null,
): ErrorCode | undefined {
  if (current?.signIn.role === 'auditor' && !mayAuditorAsk(method)) return 'FORBIDDEN';
  return accessRefusal(api[method].access, current);
}

/** A frame's id, where it has one that can be given back. */
function idOf(frame: unknown): string {
  if (typeof frame !== 'object' || frame === null || !('id' in frame)) return '';
  return typeof frame.id === 'string' ? frame.id.slice(0, 60) : '';
}

/** The envelope, or the id of what is none. A frame of this very process can bite when it is touched. */
function readEnvelope(frame: unknown): Result<z.infer<typeof requestFrameSchema>, string> {
  try {
    const envelope = requestFrameSchema.safeParse(frame);
    return envelope.success ? ok(envelope.data) : err(idOf(frame));
  } catch {
    return err('');
  }
}

const refused = (id: string, error: FrameError): ResponseFrame => ({ id, ok: false, error });

function isMethod(name: string): name is Method {
  return Object.hasOwn(api, name);
}

/**
 * The one door: envelope, known method, access, input, handler, frame. It never throws: an expected refusal is a value
 * with a code, anything thrown is a bug and gets a reference into the log.
 */
export function createDispatch(deps: DispatchDeps): (frame: unknown) => Promise<ResponseFrame> {
  /** Whoever only looks leaves an entry before he sees anything. */
  const answerTo = async (
    handler: AnyHandler,
    signIn: SignIn | null,
    { method, input }: { readonly method: Method; readonly input: unknown },
  ): Promise<Result<unknown, Refusal>> => {
    if (signIn?.role === 'auditor' && isAuditorsLook(method)) {
      const looked = await deps.auditorLooks(signIn, method, input);
      if (!looked.ok) return looked;
    }
    return await handler(input, { signIn });
  };

  return async (frame) => {
    const envelope = readEnvelope(frame);
    if (!envelope.ok) return refused(envelope.error, { code: 'BAD_FRAME' });
    const { id, method } = envelope.value;
    if (deps.isClosing()) return refused(id, { code: 'SHUTTING_DOWN' });
    if (!isMethod(method)) return refused(id, { code: 'UNKNOWN_METHOD' });
    const procedure = api[method];
    const current = deps.current();
    const denied = refusalOf(method, current);
    if (denied !== undefined) return refused(id, { code: denied });
    const input = procedure.input.safeParse(envelope.value.input ?? {});
    if (!input.success) {
      const path = (input.error.issues[0]?.path ?? []).map(String);
      return refused(id, { code: 'BAD_INPUT', path });
    }
    const handler = deps.handlers()[method];
    if (handler === undefined) return refused(id, { code: 'NOT_ENROLLED' });
    try {
      // The input was parsed by this very method's schema, and the access was checked above.
      const asked = { method, input: input.data };
      // The table gives each method its own handler; which one it is, only the name in the frame knows.
      const answer = await answerTo(handler as AnyHandler, current?.signIn ?? null, asked);
      return answer.ok ? { id, ok: true, value: answer.value } : refused(id, answer.error);
    } catch (error) {
      // A disk that cannot even be read has a sentence of its own; it is no bug of ours.
      const failed = diskFailureOf(error);
      if (failed !== undefined) {
        deps.log.write('error', 'handler.storage', { method, code: failed.code });
        return refused(id, failed);
      }
      const reference = deps.newReference();
      deps.log.write('error', 'handler.threw', {
        method,
        reference,
        name: error instanceof Error ? error.name : 'unknown',
        where: error instanceof Error ? (error.stack?.split('\n').slice(1, 4).join(' | ') ?? null) : null,
      });
      return refused(id, { code: 'INTERNAL', reference });
    }
  };
}

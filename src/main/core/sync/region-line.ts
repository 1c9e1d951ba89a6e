import type { z } from 'zod';
import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { LineFault, Link } from './link.ts';
import type { Round } from './round.ts';

/** A page of 100 outlets or 200 entries on a mobile line. */
const QUESTION_MS = 15_000;

/** Why the province did not answer a supervisor. */
export type RegionLineRefusal = Refusal<
  | 'NO_LINE'
  | 'PROVINCE_REFUSED'
  | 'PROVINCE_ANSWER_INVALID'
  | 'REGION_NOT_APPOINTED'
  | 'REGION_OUT_OF_SCOPE'
  | 'REGION_BUSY'
>;

/** A supervisor's questions, signed by this device like everything else that it sends. */
export type RegionLine = {
  readonly ask: Ask;
  /** Only over a link that is open: for whoever stands inside the round that would open it. */
  readonly askNow: Ask;
};

type Ask = <T>(request: {
  readonly path: string;
  readonly body: unknown;
  readonly schema: z.ZodType<T>;
  /** How long the answer is waited for, ms; a question of a page unless said. */
  readonly timeoutMs?: number;
}) => Promise<Result<T, RegionLineRefusal>>;

function refusalOf({ fault, detail }: LineFault): RegionLineRefusal {
  const details = { reason: detail };
  if (detail === 'NOT_A_SUPERVISOR') return { code: 'REGION_NOT_APPOINTED' };
  if (detail === 'OUT_OF_SCOPE') return { code: 'REGION_OUT_OF_SCOPE' };
  if (fault === 'busy' || detail === 'BUSY') return { code: 'REGION_BUSY' };
  if (fault === 'no-line') return { code: 'NO_LINE', details };
  return { code: fault === 'refused' ? 'PROVINCE_REFUSED' : 'PROVINCE_ANSWER_INVALID', details };
}

const isShut = ({ fault, detail }: LineFault): boolean => fault === 'refused' && detail === 'BAD_TOKEN';

function told<T>(answer: Result<T, LineFault>): Result<T, RegionLineRefusal> {
  if (answer.ok) return ok(answer.value);
  return err(isShut(answer.error) ? { code: 'NO_LINE', details: { reason: 'NO_CONTACT' } } : refusalOf(answer.error));
}

export function createRegionLine(deps: {
  readonly link: Link;
  /** A round with its hello, for a link that is not open. */
  readonly greet: () => Promise<Result<Round, LineFault | StorageRefusal>>;
}): RegionLine {
  const { link, greet } = deps;
  const put = <T>(asked: Parameters<Ask>[0] & { readonly schema: z.ZodType<T> }) => {
    const { path, body, schema, timeoutMs = QUESTION_MS } = asked;
    return link.call({ method: 'POST', path, body, schema, timeoutMs, signal: new AbortController().signal });
  };
  return {
    askNow: async (request) => told(await put(request)),
    ask: async (request) => {
      const first = await put(request);
      // A link that was never opened, or whose token has ended, is greeted once; whoever has no line then is told so.
      return told(!first.ok && isShut(first.error) && (await greet()).ok ? await put(request) : first);
    },
  };
}

import { pushAnswerSchema } from '../../../src/contract/push-answer.ts';
import { custodyReceiptSchema } from '../../../src/contract/sync-protocol.ts';
import type { LineAnswer, LinePort } from '../../../src/main/core/ports.ts';
import type { FaultDesk } from '../faults/fault-kinds.ts';
import type { Chance } from './chance.ts';
import type { SimProvince } from './sim-province.ts';
import type { Trace } from './trace.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, pass, type WorldTime } from './virtual-time.ts';

type Request = Parameters<LinePort['exchange']>[0];
type Outcome = Awaited<ReturnType<LinePort['exchange']>>;

/** Everything that one counter's line needs of the world. */
export type SimLineParts = {
  readonly index: number;
  readonly chance: Chance;
  readonly faults: FaultDesk;
  readonly time: WorldTime;
  readonly trace: Trace;
  readonly province: SimProvince;
  /** ms of the world until which there is no line. */
  readonly partition: { until: number };
  /** The request arrives at this later moment, without anybody waiting for its answer. */
  readonly deliverLater: (at: number, request: Request) => void;
  /** Stands around every push that reaches the province: a batch is there whole or not at all. */
  readonly aroundPush: (
    request: Request,
    isDisturbed: boolean,
    carry: () => Promise<LineAnswer>,
  ) => Promise<LineAnswer>;
  /** Told of every request whose body names no plate by its nature, before it leaves. */
  readonly onLeaving: (body: string) => void;
  /** Called with the answer to a push in hand, before the counter has it. */
  readonly onPushAnswered: () => void;
};

const TIMED_OUT: Outcome = { ok: false, reason: 'TIMEOUT' };
const PORTAL: LineAnswer = {
  status: 200,
  body: '<!doctype html><title>WiFi.id</title><form action="/login"></form>',
  headers: { 'content-type': 'text/html' },
};

/** A path without the ids that a real source of random bytes made. */
function traced(path: string): string {
  return path.split('/').slice(0, 4).join('/');
}

/** Changes one character somewhere; the result is another text of the same length. */
function corrupted(text: string, chance: Chance): string {
  const at = chance.below(text.length);
  const other = text[at] === 'x' ? 'y' : 'x';
  return text.slice(0, at) + other + text.slice(at + 1);
}

/** The verdicts of a push in order. */
function verdictsOf(body: string): string {
  const answer = pushAnswerSchema.safeParse(JSON.parse(body));
  if (!answer.success) return 'UNREADABLE';
  if (answer.data.answer === 'GAP') return `GAP:${String(answer.data.common?.seq ?? 0)}`;
  if (answer.data.answer === 'STORED_LEAN')
    return answer.data.custodyReceipt.runs.map(({ count, verdict }) => `${verdict.verdict}*${String(count)}`).join(',');
  const receipt = custodyReceiptSchema.safeParse(JSON.parse(answer.data.custodyReceipt.text));
  if (!receipt.success) return 'UNREADABLE';
  const words = receipt.data.verdicts.map(({ seq, verdict }) => {
    const more = 'original' in verdict ? `:${verdict.original}` : 'reason' in verdict ? `:${verdict.reason}` : '';
    return `${String(seq)}=${verdict.verdict}${more}`;
  });
  return [...words, `ack=${String(receipt.data.ackSeq)}`].join(',');
}

/** The line between one counter and the province: what the seed lets happen to every request. */
export function createSimLine(parts: SimLineParts): LinePort {
  const { index, chance, faults, time, trace, province, partition } = parts;
  const kept: { held: Request | null; readonly feeds: Map<string, LineAnswer> } = { held: null, feeds: new Map() };

  const note = (path: string, outcome: string): void => trace.note(index, 'line', traced(path), outcome);

  const carry = async (request: Request, path: string): Promise<LineAnswer> => {
    const answer = await province.carry(request);
    const isPush = path === '/v1/push';
    note(path, `${String(answer.status)}${isPush && answer.status === 200 ? ` ${verdictsOf(answer.body)}` : ''}`);
    return answer;
  };

  const push = async (request: Request): Promise<Outcome> => {
    const path = '/v1/push';
    if (faults.strikes('reorder', chance, 0.02)) {
      kept.held = request;
      note(path, 'held');
      return TIMED_OUT;
    }
    const isBefore = faults.strikes('abort-before-commit', chance, 0.02);
    const isAfter = faults.strikes('abort-after-commit', chance, 0.02);
    if (isBefore) province.abortNext('before-commit');
    else if (isAfter) province.abortNext('after-commit');
    const answer = await parts.aroundPush(request, isBefore || isAfter, () => carry(request, path));
    const late = kept.held;
    kept.held = null;
    if (late !== null) await carry(late, path);
    parts.onPushAnswered();
    return { ok: true, answer };
  };

  const feed = async (request: Request, path: string): Promise<Outcome> => {
    const before = kept.feeds.get(path);
    if (before !== undefined && faults.strikes('stale-feed', chance, 0.02)) {
      note(path, 'stale');
      return { ok: true, answer: before };
    }
    const answer = await province.carry(request);
    // Only what has a page in it can be old.
    if (answer.status === 200 && answer.body.includes('"sig":')) kept.feeds.set(path, answer);
    return { ok: true, answer };
  };

  /** What becomes of a request before it leaves; undefined when nothing does. */
  const lostOnTheWay = (request: Request, path: string): Outcome | undefined => {
    if (time.now < partition.until) return { ok: false, reason: 'ENETUNREACH' };
    if (faults.strikes('captive-portal', chance, 0.004)) {
      note(path, 'portal');
      return { ok: true, answer: PORTAL };
    }
    if (faults.strikes('lost-request', chance, 0.01)) {
      note(path, 'lost');
      return TIMED_OUT;
    }
    if (path === '/v1/push' && faults.strikes('delay', chance, 0.02)) {
      const wait = chance.happens(0.5) ? chance.below(30 * DAY_MS) : chance.below(2 * HOUR_MS);
      parts.deliverLater(time.now + MINUTE_MS + wait, request);
      note(path, 'delayed');
      return TIMED_OUT;
    }
    return undefined;
  };

  return {
    exchange: async (asked) => {
      const path = new URL(asked.url).pathname;
      if (asked.signal.aborted) return { ok: false, reason: 'ABORTED' };
      pass(time, 5 + chance.below(60));
      // The bill is asked for by plate; everything else is sealed.
      const text = typeof asked.body === 'string' ? asked.body : null;
      if (text !== null && path !== '/v1/inquiry') parts.onLeaving(text);
      const lost = lostOnTheWay(asked, path);
      if (lost !== undefined) return lost;
      const isCorrupt = text !== null && text.length > 2 && faults.strikes('corrupt', chance, 0.006);
      const request = isCorrupt ? { ...asked, body: corrupted(text ?? '', chance) } : asked;
      if (faults.strikes('duplicate', chance, 0.02)) await carry(request, path);
      const isPush = path === '/v1/push';
      const outcome = isPush
        ? await push(request)
        : path.startsWith('/v1/feeds/') || path === '/v1/news'
          ? await feed(request, path)
          : undefined;
      const answered: Outcome = outcome ?? { ok: true, answer: await carry(request, path) };
      if (faults.strikes('lost-answer', chance, 0.015)) {
        note(path, 'answer-lost');
        return TIMED_OUT;
      }
      if (answered.ok && faults.strikes('corrupt', chance, 0.004)) {
        note(path, 'answer-corrupt');
        return { ok: true, answer: { ...answered.answer, body: corrupted(answered.answer.body, chance) } };
      }
      return answered;
    },
  };
}

import { z } from 'zod';

/** What the page sends: one call. `id` only pairs the answer with the question. */
export const requestFrameSchema = z.strictObject({
  id: z.string().min(1).max(60),
  method: z.string().min(1).max(80),
  input: z.unknown(),
});
export type RequestFrame = Readonly<{ id: string; method: string; input?: unknown }>;

/** A refusal on the wire: a code, the fields it concerns, facts that the sentence needs; never values of a person. */
export type FrameError = Readonly<{
  code: string;
  path?: readonly string[];
  details?: Readonly<Record<string, string | number | boolean | null>>;
  /** Reference into the local log; only for bugs. */
  reference?: string;
}>;

/** What the core answers to one call; it never throws. */
export type ResponseFrame =
  | Readonly<{ id: string; ok: true; value: unknown }>
  | Readonly<{ id: string; ok: false; error: FrameError }>;

/** What the core tells the page unasked: which reads are stale. The page then asks again. */
export type EventFrame = Readonly<{ topic: EventTopic }>;

export const EVENT_TOPICS = [
  'status',
  'sign-in',
  'cash-session',
  'transactions',
  'outbox',
  'printing',
  'exceptions',
  'registry',
  'device',
  'documents',
  'applications',
  'region',
  'announcements',
] as const;
export type EventTopic = (typeof EVENT_TOPICS)[number];

/** The whole surface a shell gives the page: two functions, nothing else. */
export type HostBridge = {
  readonly request: (frame: RequestFrame) => Promise<ResponseFrame>;
  readonly onEvent: (listener: (event: EventFrame) => void) => () => void;
};

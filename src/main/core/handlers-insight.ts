import { ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type InsightMethods = Extract<keyof Handlers, `insight.${string}`>;

/** Weeks, months and papers of a supervisor's region. */
export function insightHandlers({
  insight,
  insightExport,
}: Pick<Counter, 'insight' | 'insightExport'>): Pick<Handlers, InsightMethods> {
  return {
    'insight.month': async (asked, { signIn }) => ok(await insight.month(signIn, asked)),
    'insight.signals': async (asked, { signIn }) => ok(await insight.signals(signIn, asked)),
    'insight.quality': async (asked, { signIn }) => ok(await insight.quality(signIn, asked)),
    'insight.paper': async (asked, { signIn }) => ok(await insight.paper(signIn, asked)),
    'insight.export': async (asked, { signIn }) => await insightExport(signIn, asked),
  };
}

import { assertNever, err, ok, type Result } from './result.ts';

/** Where papers stand that go on to an agency; `abandoned` is a draft that was given up. */
export const APPLICATION_STATES = [
  'draft',
  'abandoned',
  'received',
  'incomplete',
  'sent',
  'in-process',
  'ready',
  'returned',
  'handed-over',
] as const;

/** One of them. */
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** What the province says of an application. */
export type AgencyState = 'sent' | 'incomplete' | 'in-process' | 'ready' | 'returned';

/** What can happen to an application. */
export type ApplicationEvent =
  | { readonly type: 'receive'; readonly missing: number }
  | { readonly type: 'complete'; readonly missing: number }
  | { readonly type: 'abandon' }
  | { readonly type: 'hand-over' }
  | { readonly type: 'decide'; readonly state: AgencyState };

/** What the officer may still do, by state; what the agency says moves all that stand there and are not handed over. */
const OFFICER: Readonly<Record<'receive' | 'complete' | 'abandon' | 'hand-over', readonly ApplicationState[]>> = {
  receive: ['draft'],
  abandon: ['draft'],
  complete: ['received', 'incomplete'],
  'hand-over': ['ready', 'returned'],
};

const STANDING: readonly ApplicationState[] = ['received', 'incomplete', 'sent', 'in-process', 'ready', 'returned'];

/** Whether the agency is still to speak, or has spoken its last word and the result lies here. */
export function isOpenApplication(state: ApplicationState): boolean {
  return STANDING.includes(state);
}

/** The one table by which an application moves; NOT_NOW changes nothing. */
export function moveApplication(
  state: ApplicationState,
  event: ApplicationEvent,
): Result<Exclude<ApplicationState, 'draft'>, 'NOT_NOW'> {
  if (event.type === 'decide') return STANDING.includes(state) ? ok(event.state) : err('NOT_NOW');
  if (!OFFICER[event.type].includes(state)) return err('NOT_NOW');
  switch (event.type) {
    case 'receive':
    case 'complete':
      return ok(event.missing > 0 ? 'incomplete' : 'received');
    case 'abandon':
      return ok('abandoned');
    case 'hand-over':
      return ok('handed-over');
    default:
      return assertNever(event);
  }
}

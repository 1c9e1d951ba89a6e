import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApplicationEvent,
  APPLICATION_STATES,
  type ApplicationState,
  isOpenApplication,
  moveApplication,
} from '../../src/domain/application-state.ts';

const event: fc.Arbitrary<ApplicationEvent> = fc.oneof(
  fc.record({ type: fc.constant('receive' as const), missing: fc.nat(3) }),
  fc.record({ type: fc.constant('complete' as const), missing: fc.nat(3) }),
  fc.constant({ type: 'abandon' as const }),
  fc.constant({ type: 'hand-over' as const }),
  fc.record({
    type: fc.constant('decide' as const),
    state: fc.constantFrom(
      'sent' as const,
      'incomplete' as const,
      'in-process' as const,
      'ready' as const,
      'returned' as const,
    ),
  }),
);
const state = fc.constantFrom(...APPLICATION_STATES);

const after = (from: ApplicationState, happened: ApplicationEvent): ApplicationState => {
  const moved = moveApplication(from, happened);
  return moved.ok ? moved.value : from;
};

describe('an application', () => {
  it('never leaves the hands of the citizen again, and what was given up stays given up', () => {
    fc.assert(
      fc.property(fc.constantFrom('handed-over' as const, 'abandoned' as const), fc.array(event), (end, events) => {
        expect(events.reduce(after, end)).toBe(end);
      }),
    );
  });

  it('never becomes a draft again', () => {
    fc.assert(fc.property(state, event, (from, happened) => from === 'draft' || after(from, happened) !== 'draft'));
  });

  it('is handed over only when it is ready or came back', () => {
    fc.assert(
      fc.property(state, (from) => {
        expect(moveApplication(from, { type: 'hand-over' }).ok).toBe(from === 'ready' || from === 'returned');
      }),
    );
  });

  it('is moved by the agency wherever it stands, and nowhere before it was received', () => {
    fc.assert(
      fc.property(state, (from) => {
        expect(moveApplication(from, { type: 'decide', state: 'ready' }).ok).toBe(isOpenApplication(from));
      }),
    );
    expect(isOpenApplication('draft')).toBe(false);
  });

  it('is incomplete exactly while a paper is missing', () => {
    expect(after('draft', { type: 'receive', missing: 1 })).toBe('incomplete');
    expect(after('draft', { type: 'receive', missing: 0 })).toBe('received');
    expect(after('incomplete', { type: 'complete', missing: 0 })).toBe('received');
    expect(after('received', { type: 'complete', missing: 2 })).toBe('incomplete');
    expect(moveApplication('sent', { type: 'complete', missing: 0 })).toEqual({ ok: false, error: 'NOT_NOW' });
  });
});

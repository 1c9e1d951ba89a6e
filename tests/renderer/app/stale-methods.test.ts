import { describe, expect, it } from 'vitest';
import { api } from '../../../src/contract/api.ts';
import { EVENT_TOPICS } from '../../../src/contract/frames.ts';
import { staleMethods } from '../../../src/renderer/app/stale-methods.ts';

describe('an event makes exactly those reads stale that the contract names', () => {
  it('asks for the status bar again when a transaction changes', () => {
    expect(staleMethods('transactions')).toContain('counter.status');
    expect(staleMethods('transactions')).toContain('transactions.search');
  });

  it('never asks a command again', () => {
    const commands = Object.entries(api).filter(([, procedure]) => procedure.kind === 'command');
    const stale = EVENT_TOPICS.flatMap(staleMethods);
    expect(stale.filter((method) => commands.some(([name]) => name === method))).toEqual([]);
  });

  it('leaves reads alone that the topic does not concern', () => {
    expect(staleMethods('printing')).not.toContain('sign-in.officers');
  });
});

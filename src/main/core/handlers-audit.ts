import { err, ok } from '../../domain/result.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';

type AuditMethods = Extract<keyof Handlers, `audit.${string}`>;

/** The auditor's letter, and his copy. */
export function auditHandlers({ evidence, loop }: Counter): Pick<Handlers, AuditMethods> {
  return {
    'audit.mandate': async (_input, { signIn }) => {
      const mandate = await evidence.mandate(signIn);
      return mandate === undefined ? err({ code: 'NOT_FOUND' }) : ok(mandate);
    },
    'audit.export': async (asked, { signIn }) => {
      const exported = await evidence.exportEvidence(signIn, asked);
      if (exported.ok) loop.wake();
      return exported;
    },
  };
}

import { describe, expect, it } from 'vitest';
import { entryBodySchemas } from '../../../src/contract/journal-entry.ts';
import { verdictSchema } from '../../../src/contract/sync-protocol.ts';
import { entryTypeText } from '../../../src/renderer/text/entry-type-text.ts';
import { verdictText } from '../../../src/renderer/text/outbox-text.ts';

/** Reasons that the contract gives to a verdict, as the core keeps it: `QUARANTINED:BAD_BODY`. */
const kept = verdictSchema.options.flatMap((option) => {
  const word = option.shape.verdict.value;
  const reasons =
    'reason' in option.shape
      ? option.shape.reason.options
      : 'original' in option.shape
        ? option.shape.original.options
        : [];
  return reasons.length === 0 ? [word] : reasons.map((reason) => `${word}:${reason}`);
});

describe('what the province answered', () => {
  it.each(kept.filter((verdict) => verdict !== 'PENDING'))('%s is said without a code', (verdict) => {
    expect(verdictText(verdict)).not.toMatch(/[A-Z]{4,}/);
    expect(verdictText(verdict)).toMatch(/diterima|diperiksa/);
  });
});

describe('an entry of the journal', () => {
  it.each(Object.keys(entryBodySchemas))('%s has a name for a person', (type) => {
    expect(entryTypeText(type)).not.toBe(type);
  });
});

import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  ENTRY_CONTEXT,
  entryBodySchemas,
  entryEnvelopeSchema,
  type EntryType,
  signedEntrySchema,
} from '../../src/contract/journal-entry.ts';

/** Entries as a counter of a released version signed them; a line is added with every version, and none is ever changed. */
const fixtureSchema = z.object({ version: z.string(), publicKey: z.string(), entries: z.array(signedEntrySchema) });
const released = z
  .array(fixtureSchema)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'released-entries.json'), 'utf8')));

describe.each(released)('an entry of version $version', ({ publicKey, entries }) => {
  const read = entries.map((entry) => ({ entry, envelope: entryEnvelopeSchema.parse(JSON.parse(entry.text)) }));

  it('still parses, every type of it, and nothing in its body is lost', () => {
    for (const { envelope } of read) {
      const type = envelope.type as EntryType; // a type that is no longer known fails on the next line
      expect(entryBodySchemas, envelope.type).toHaveProperty([type]);
      expect(entryBodySchemas[type].parse(envelope.body), type).toEqual(envelope.body);
    }
  });

  it('is still hashed over the same bytes and still verifies', () => {
    for (const { entry, envelope } of read) {
      const hash = createHash('sha256')
        .update(ENTRY_CONTEXT + entry.text)
        .digest();
      expect(hash.toString('base64url'), envelope.type).toBe(entry.hash);
      expect(canonicalize(JSON.parse(entry.text)), envelope.type).toBe(entry.text);
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
      expect(verify(null, hash, key, Buffer.from(entry.sig, 'base64url')), envelope.type).toBe(true);
    }
  });
});

describe('the released entries', () => {
  it('hold at least one of every type', () => {
    const typeOf = (text: string): string => entryEnvelopeSchema.parse(JSON.parse(text)).type;
    const kept = new Set(released.flatMap(({ entries }) => entries.map(({ text }) => typeOf(text))));
    expect([...kept].toSorted()).toEqual(Object.keys(entryBodySchemas).toSorted());
  });
});

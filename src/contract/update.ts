import { z } from 'zod';
import { hashSchema, instantSchema, signedTextSchema, textSchema } from './primitives.ts';

/** What the province signs of an update: `context + text`. */
export const UPDATE_CONTEXT = 'opop/update/1\0';

/** Beside an archive lies a file of this end with its signed manifest. */
export const MANIFEST_END = '.manifest.json';

/** Name of a release: three numbers. */
const versionSchema = z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/);

/** What the packer says of an archive; the province adds its word. */
export const updateFactsSchema = z.object({
  version: versionSchema,
  platform: z.enum(['linux-x64', 'win-x64']),
  /** Migrations of the counter's database that the program knows. */
  schema: z.int().positive(),
  /** Bytes of the archive, and their SHA-256 (base64url). */
  size: z.int().positive(),
  sha256: hashSchema,
});
export type UpdateFacts = Readonly<z.infer<typeof updateFactsSchema>>;

/** The text of a signed manifest. Fields that a later province adds are ignored. */
export const updateManifestSchema = updateFactsSchema.extend({
  kind: z.literal('loket-update'),
  /** ms UTC. */
  signedAt: instantSchema,
  /** What it brings, in Indonesian, for the officer. */
  notes: textSchema(500),
});
export type UpdateManifest = Readonly<z.infer<typeof updateManifestSchema>>;

/** The file beside the archive. */
export const signedManifestSchema = signedTextSchema.extend({ text: z.string().max(4000) });

/** Where the program stands with its versions. */
export const updateViewSchema = z.object({
  version: z.string(),
  /** False for a checkout and for the Electron window, whose own installer brings the next version. */
  canUpdate: z.boolean(),
  /** What the province asks for; null while it asks for nothing newer than what runs. */
  offered: z.object({ version: z.string(), notes: z.string() }).nullable(),
  /** Newer programs on media that are plugged in; nothing of them is believed yet. */
  found: z.array(z.object({ file: z.string(), version: z.string(), notes: z.string() })),
  /** Unpacked and proved: it runs from the next start on. */
  ready: z.string().nullable(),
  /** A version that did not stand; the one that runs now took its place again. */
  returned: z.string().nullable(),
  /** Why nothing may be changed at this moment. */
  notNow: z.enum(['CASH_SESSION_OPEN']).nullable(),
});
export type UpdateView = Readonly<z.infer<typeof updateViewSchema>>;

/** A piece of an archive, as the line brings it. */
export const updatePieceSchema = z.object({ bytes: z.base64().max(3_000_000) });
export const offeredUpdateSchema = z.object({ manifest: signedManifestSchema });

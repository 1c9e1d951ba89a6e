import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import {
  type AnswerManifest,
  answerManifestSchema,
  carriedPageSchema,
  endFrameSchema,
  FRAME_KIND,
} from '../../../contract/bundle.ts';
import { createFrameReader, type Frame } from '../../../contract/bundle-frames.ts';
import { keyStatementSchema } from '../../../contract/feeds.ts';
import { signedTextSchema } from '../../../contract/primitives.ts';
import { openFile, type SealedFileFault } from './age-sealing.ts';

/** One frame of an answer file. Its shape is checked; its signatures are for whoever applies it. */
export type AnswerPart =
  | { readonly part: 'manifest'; readonly manifest: AnswerManifest }
  | { readonly part: 'custody-receipt'; readonly signed: z.infer<typeof signedTextSchema> }
  | { readonly part: 'document-receipt'; readonly signed: z.infer<typeof signedTextSchema> }
  | { readonly part: 'feed-page'; readonly carried: z.infer<typeof carriedPageSchema> }
  | { readonly part: 'key-statements'; readonly statements: readonly z.infer<typeof keyStatementSchema>[] };

/** How the reading of an answer file ended. */
export type AnswerEnd = {
  readonly frames: number;
  /** False for a file that was cut: what came before counts all the same. */
  readonly complete: boolean;
  /** Frames that were left out and why reading stopped, by number; codes only. */
  readonly problems: readonly { readonly frame: number; readonly reason: string }[];
};

const MOST_PROBLEMS = 100;
const keyStatementsSchema = z.array(keyStatementSchema).max(200);

function parse<T>(schema: z.ZodType<T>, payload: Uint8Array): T | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(payload).toString('utf8'))).data;
  } catch (_notJson) {
    return undefined; // the frame is named as unreadable
  }
}

/** The frame as a part; undefined when its payload is not what its kind says. */
function partOf({ kind, payload }: Frame): AnswerPart | 'unknown' | undefined {
  switch (kind) {
    case FRAME_KIND.manifest: {
      const manifest = parse(answerManifestSchema, payload);
      return manifest && { part: 'manifest', manifest };
    }
    case FRAME_KIND.custodyReceipt: {
      const signed = parse(signedTextSchema, payload);
      return signed && { part: 'custody-receipt', signed };
    }
    case FRAME_KIND.documentReceipt: {
      const signed = parse(signedTextSchema, payload);
      return signed && { part: 'document-receipt', signed };
    }
    case FRAME_KIND.feedPage: {
      const carried = parse(carriedPageSchema, payload);
      return carried && { part: 'feed-page', carried };
    }
    case FRAME_KIND.keyStatements: {
      const statements = parse(keyStatementsSchema, payload);
      return statements && { part: 'key-statements', statements };
    }
    default:
      return 'unknown';
  }
}

/**
 * Opens an answer file with this device's sealing key and hands over its parts in order, one at a time: "any order, any
 * number of times, cut at any byte". The first part is always the manifest; `onPart` may answer false to stop.
 */
export async function readAnswer(
  source: AsyncIterable<Uint8Array>,
  sealingPrivate: KeyObject,
  onPart: (part: AnswerPart) => Promise<boolean>,
): Promise<AnswerEnd> {
  const reader = createFrameReader();
  const problems: { frame: number; reason: string }[] = [];
  const note = (frame: number, reason: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ frame, reason });
  };
  const seen = { frames: 0, hasEnd: false, isStopped: false };

  /** True while reading goes on. */
  const take = async (frame: Frame): Promise<boolean> => {
    const number = seen.frames;
    seen.frames += 1;
    if (frame.kind === FRAME_KIND.end) {
      seen.hasEnd = parse(endFrameSchema, frame.payload)?.frames === number;
      if (!seen.hasEnd) note(number, 'END_UNREADABLE');
      return false;
    }
    const part = partOf(frame);
    const isManifest = part !== undefined && part !== 'unknown' && part.part === 'manifest';
    if (isManifest !== (number === 0)) {
      note(number, 'NOT_AN_ANSWER');
      return false;
    }
    if (part === undefined) note(number, 'FRAME_UNREADABLE');
    else if (part === 'unknown') note(number, 'FRAME_KIND_UNKNOWN');
    else return await onPart(part);
    return true;
  };

  const fault: SealedFileFault | null = await openFile(source, sealingPrivate, async (piece) => {
    const { frames, fault: frameFault } = reader.push(piece);
    for (const frame of frames) {
      if (await take(frame)) continue;
      seen.isStopped = true;
      return false;
    }
    if (frameFault !== null) note(seen.frames, frameFault);
    return frameFault === null;
  });
  if (fault !== null) note(seen.frames, fault);
  else if (!seen.isStopped && !seen.hasEnd && problems.length === 0) note(seen.frames, 'CUT_OR_DAMAGED');
  return { frames: seen.frames, complete: seen.hasEnd, problems };
}

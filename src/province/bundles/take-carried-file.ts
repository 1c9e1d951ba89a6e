import type { z } from 'zod';
import type { bundleTakeAnswerSchema } from '../../contract/region-bundles.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { findDevice } from '../enrolment/device-store.ts';
import type { ProvinceContext } from '../province-context.ts';
import type { Principals } from '../region/scope.ts';
import { type AnswerOf, dropCarried, isWhole, keepAnswer, readCarried } from './carried-files.ts';
import { importBundle, type ImportedBundle } from './import-bundle.ts';
import { factsOf, refusalOfScope } from './look-bundle.ts';
import { writeAnswer } from './write-answer.ts';

type Taken = z.infer<typeof bundleTakeAnswerSchema>;

/** The answer for the device of a bundle, kept for whoever brought it; null where nobody is known to answer. */
async function answerTo(
  context: ProvinceContext,
  of: AnswerOf,
  { manifest, imported }: ImportedBundle,
): Promise<number | null> {
  const device = manifest === null ? undefined : await findDevice(context.db, manifest.deviceId);
  const [found] = imported.devices;
  if (manifest === null || device === undefined || found === undefined) return null;
  const { custodyReceipts, documentReceipts } = found;
  const { withRegistry } = of;
  const stream = await writeAnswer(context, { device, manifest, custodyReceipts, documentReceipts, withRegistry });
  return await keepAnswer(context, of, stream);
}

/**
 * Takes a file that a supervisor brought, by the same import as every other bundle, once it is known that the outlet is
 * his. `UNFINISHED`: the file is not all here; nothing was read of it. The same file again gives the same end state.
 */
export async function takeCarriedFile(
  context: ProvinceContext,
  principals: Principals,
  of: AnswerOf,
): Promise<Result<Taken, 'UNFINISHED'>> {
  if (!(await isWhole(context, of))) return err('UNFINISHED');
  const found = await importBundle(context, readCarried(context, of), undefined, (manifest) =>
    refusalOfScope(context, principals, manifest),
  );
  const { manifest, imported } = found;
  // Not one of this region's, or not one at all: nothing of it stays here.
  if (manifest === null) await dropCarried(context, of);
  const [device] = imported.devices;
  context.log('info', 'BUNDLE_CARRIED', { carrier: of.deviceId, frames: imported.frames });
  return ok({
    facts: manifest === null ? null : await factsOf(context, manifest),
    complete: imported.complete,
    problems: [...imported.problems],
    entries: device?.entries ?? 0,
    accepted: device?.accepted ?? 0,
    duplicate: device?.duplicate ?? 0,
    pending: device?.pending ?? 0,
    quarantined: device?.quarantined ?? 0,
    documents: device?.documentReceipts.length ?? 0,
    answerBytes: await answerTo(context, of, found),
  });
}

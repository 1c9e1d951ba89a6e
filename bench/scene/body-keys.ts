import { systemRandom } from '../../src/main/core/device/system-ports.ts';
import { createSubjectKeys, sealKeyFor } from '../../src/main/core/journal/subject-keys.ts';
import { readProvinceKeys } from '../../src/main/core/rules/rules-store.ts';
import type { OpenedData } from './opened-data.ts';

/** Every body key of the journal, sealed to the province as a push carries it, by subject. */
export async function findSubjectKeys({ db, secrets }: OpenedData): Promise<ReadonlyMap<string, string>> {
  const subjectKeys = createSubjectKeys(secrets, systemRandom());
  const { keys, sealing } = await db.read(async (tx) => {
    const subjects = await tx.selectFrom('subject_key').select('subject').execute();
    const found: { readonly subject: string; readonly bodyKey: Uint8Array }[] = [];
    for (const { subject } of subjects) {
      const bodyKey = await subjectKeys.findSubjectKey(tx, subject);
      if (bodyKey !== undefined) found.push({ subject, bodyKey });
    }
    return { keys: found, sealing: (await readProvinceKeys(tx)).find((key) => key.purpose === 'sealing') };
  });
  if (sealing === undefined) throw new Error('the province has no sealing key');
  const sealed = await Promise.all(
    keys.map(async ({ subject, bodyKey }): Promise<[string, string]> => [subject, await sealKeyFor(sealing, bodyKey)]),
  );
  return new Map(sealed);
}

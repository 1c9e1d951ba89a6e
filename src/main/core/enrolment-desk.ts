import { enrolAnswerSchema } from '../../contract/sync-protocol.ts';
import { err, ok } from '../../domain/result.ts';
import type { CounterConfig } from './config.ts';
import type { Db } from './db/open.ts';
import type { EnrolledDevice } from './device/enrolled-device-store.ts';
import type { KeyStoreOptions } from './device/key-store.ts';
import type { Handlers } from './dispatch.ts';
import { createFileEnroller } from './enrol-by-file.ts';
import { createEnroller } from './enrol-device.ts';
import { enrolmentPlaces, readAnswerFile, readTicket, writeQuestion } from './enrolment-files.ts';
import type { Edges } from './foundation.ts';
import { trustAuthority } from './trusted-authority.ts';

type Enrolled = { readonly deviceId: string; readonly outletId: string; readonly outletName: string };

type EnrolmentMethods =
  | 'enrolment.enrol'
  | 'enrolment.request'
  | 'enrolment.complete'
  | 'enrolment.places'
  | 'enrolment.read-ticket'
  | 'enrolment.request-file'
  | 'enrolment.answer-file'
  | 'enrolment.look'
  | 'enrolment.trust';

type Deps = {
  readonly config: CounterConfig;
  readonly edges: Edges;
  readonly keyStore: KeyStoreOptions;
  /** Null while the counter is not open. */
  readonly db: () => Db | null;
  /** A device that was enrolled a moment ago becomes a counter. */
  readonly begin: (device: EnrolledDevice) => Promise<Enrolled>;
};

/** What a computer that is no counter yet can be asked. */
export function createEnrolmentDesk({ config, edges, keyStore, db, begin }: Deps): Pick<Handlers, EnrolmentMethods> {
  const enrolHere = createEnroller({ ...edges, config, keyStore });
  const byFile = createFileEnroller({ ...edges, config, keyStore });
  const notRunning = { reason: 'NOT_RUNNING' };

  const request: Handlers['enrolment.request'] = async ({ provinceUrl, code }) => {
    const open = db();
    if (open === null) return err({ code: 'KEY_STORE_UNAVAILABLE', details: notRunning });
    return await byFile.request(open, { provinceUrl: provinceUrl ?? '', code });
  };
  const complete: Handlers['enrolment.complete'] = async ({ answer }) => {
    const open = db();
    if (open === null) return err({ code: 'ENROLMENT_NOT_REQUESTED' });
    const enrolled = await byFile.complete(open, answer);
    return enrolled.ok ? ok(await begin(enrolled.value)) : enrolled;
  };

  return {
    'enrolment.enrol': async ({ provinceUrl, code }) => {
      const open = db();
      if (open === null) return err({ code: 'ENROLMENT_REFUSED', details: notRunning });
      const enrolled = await enrolHere(open, { provinceUrl, code });
      return enrolled.ok ? ok(await begin(enrolled.value)) : enrolled;
    },
    'enrolment.request': request,
    'enrolment.complete': complete,
    'enrolment.places': async () => ok(await enrolmentPlaces()),
    'enrolment.read-ticket': async ({ file }) => await readTicket(file),
    'enrolment.request-file': async ({ to, provinceUrl, code }) =>
      await writeQuestion(to, () => request({ provinceUrl, code }, { signIn: null })),
    'enrolment.answer-file': async ({ file }) => {
      const read = await readAnswerFile(file);
      if (!read.ok) return read;
      const answer = enrolAnswerSchema.safeParse(read.value);
      if (!answer.success) return err({ code: 'ENROLMENT_FILE_REFUSED', details: { reason: 'NOT_AN_ANSWER' } });
      return await complete({ answer: answer.data }, { signIn: null });
    },
    'enrolment.look': async ({ provinceUrl }) => {
      const { dns, tls, cards } = await edges.probeLine(provinceUrl);
      const shown = tls?.authority ?? null;
      return ok({
        found: dns !== null,
        fault: tls?.fault ?? null,
        authority: shown === null ? null : { name: shown.name, fingerprint: shown.fingerprint, isRoot: shown.isRoot },
        cards: [...cards],
      });
    },
    'enrolment.trust': async (asked) => {
      const open = db();
      if (open === null) return err({ code: 'NETWORK_AUTHORITY_REFUSED', details: notRunning });
      const trusted = await trustAuthority(open, edges, asked);
      return trusted.ok ? ok({}) : trusted;
    },
  };
}

const ALREADY = async () => err({ code: 'ALREADY_ENROLLED' as const });

/** The same methods on a counter. */
export const ENROLLED_ALREADY: Pick<Handlers, EnrolmentMethods> = {
  'enrolment.enrol': ALREADY,
  'enrolment.request': ALREADY,
  'enrolment.complete': ALREADY,
  'enrolment.places': ALREADY,
  'enrolment.read-ticket': ALREADY,
  'enrolment.request-file': ALREADY,
  'enrolment.answer-file': ALREADY,
  'enrolment.look': ALREADY,
  'enrolment.trust': ALREADY,
};

import type { TimeTrust } from './primitives.ts';

/** How a paper's QR spells the trust in its time: one letter. */
export const TRUST_LETTERS = { anchored: 'a', rtc: 'r', clamped: 'c', suspect: 's' } as const satisfies Readonly<
  Record<TimeTrust, string>
>;

/** An id without its hyphens. */
export const compactUuid = (uuid: string): string => uuid.replaceAll('-', '');
/** The id again; whether it is one is for the schema to say. */
export const expandUuid = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
/** A day without its hyphens. */
export const compactDate = (date: string): string => date.replaceAll('-', '');
/** The day again; whether it is one is for the schema to say. */
export const expandDate = (text: string): string => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;

/** A signed certificate, as far as its parts go. */
type Certified = {
  readonly certificate: {
    readonly outletId: string;
    readonly signingKey: string;
    readonly sealingKey: string;
    readonly notAfter: number;
    readonly policyVersion: number;
    readonly environment?: 'latihan' | undefined;
  };
  readonly rootKeyId: string;
  readonly sig: string;
};

/** What follows the signature of every paper: the compact certificate of its device, whose id stands in front already. */
export function certificateParts({ certificate, rootKeyId, sig }: Certified): readonly string[] {
  const { outletId, signingKey, sealingKey, notAfter, policyVersion } = certificate;
  return [outletId, signingKey, sealingKey, `${String(notAfter)}+${String(policyVersion)}`, `${rootKeyId}${sig}`];
}

/** The certificate out of these five parts, for its schema to judge. */
export function readCertificateParts(
  deviceId: string,
  parts: readonly string[],
  environment: 'latihan' | undefined,
): unknown {
  const [outletId, signingKey, sealingKey, terms = '', signed = ''] = parts;
  const [notAfter, policyVersion] = terms.split('+');
  return {
    certificate: {
      deviceId,
      outletId,
      signingKey,
      sealingKey,
      notAfter: Number(notAfter),
      policyVersion: Number(policyVersion),
      ...(environment === undefined ? {} : { environment }),
    },
    rootKeyId: signed.slice(0, 12),
    sig: signed.slice(12),
  };
}

/** First word of every QR text of the training mode: a person reads it, and no reader of real papers takes it. */
const TRAINING_WORD = 'LATIHAN';

/** The text of a QR; one of the training mode says so in its first word. */
export function markTraining({ certificate }: Certified, parts: readonly string[]): string {
  return [...(certificate.environment === undefined ? [] : [TRAINING_WORD]), ...parts].join('.');
}

/** The parts behind that word, and whether it was there. */
export function unmarkTraining(parts: readonly string[]): {
  readonly parts: readonly string[];
  readonly environment: 'latihan' | undefined;
} {
  return parts[0] === TRAINING_WORD
    ? { parts: parts.slice(1), environment: 'latihan' }
    : { parts, environment: undefined };
}

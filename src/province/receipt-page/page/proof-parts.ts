/** The certificate part of every paper's QR, as plain values; nothing of it is believed before it is verified. */
export type CertificateText = {
  readonly certificate: {
    readonly deviceId: string;
    readonly notAfter: number;
    readonly outletId: string;
    readonly policyVersion: number;
    readonly sealingKey: string;
    readonly signingKey: string;
  };
  readonly rootKeyId: string;
  readonly certificateSig: string;
};

const LONGEST = 4000;
const TRUST = new Map([
  ['a', 'anchored'],
  ['r', 'rtc'],
  ['c', 'clamped'],
  ['s', 'suspect'],
]);
const UUID =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}-(0{4}-){3}0{12}|f{8}-(f{4}-){3}f{12})$/i;
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Fields of the payload behind the last `#`. */
export function payloadParts(text: string): readonly string[] {
  const payload = text.trim().slice(0, LONGEST).split('#').pop() ?? '';
  return payload.split('.');
}

/** The trust in the time behind its letter; empty for another letter. */
export const trustOf = (letter: string): string => TRUST.get(letter) ?? '';
/** An id with its hyphens. */
export const uuid = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
/** A day with its hyphens. */
export const date = (text: string): string => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
/** Whether a text is an id. */
export const isUuid = (text: string): boolean => UUID.test(text);
/** Whether a text has this many letters of base64url. */
export const isBase64Url = (text: string, length: number): boolean =>
  text.length === length && /^[A-Za-z0-9_-]+$/.test(text);
/** Whether a number is a whole one, not below the least. */
export const isCount = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;

/** Whether a text is a day of the calendar. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && !isLeap ? 28 : (MONTH_DAYS[month - 1] ?? 0);
  return year >= 1 && day >= 1 && day <= last;
}

/** The certificate out of the last five fields. */
export function readCertificate(deviceId: string, parts: readonly string[]): CertificateText {
  const [outletId = '', signingKey = '', sealingKey = '', terms = '', signed = ''] = parts;
  const [notAfter, policyVersion] = terms.split('+');
  return {
    certificate: {
      deviceId,
      outletId,
      signingKey,
      sealingKey,
      notAfter: Number(notAfter),
      policyVersion: Number(policyVersion),
    },
    rootKeyId: signed.slice(0, 12),
    certificateSig: signed.slice(12),
  };
}

/** Whether every field of a certificate has its form. */
export function certificateIsWhole({ certificate, rootKeyId, certificateSig }: CertificateText): boolean {
  const { notAfter, outletId, policyVersion, sealingKey, signingKey } = certificate;
  return (
    /^\d{4}-\d{3}$/.test(outletId) &&
    isBase64Url(signingKey, 43) &&
    isBase64Url(sealingKey, 43) &&
    isCount(notAfter, 0) &&
    isCount(policyVersion, 0) &&
    isBase64Url(rootKeyId, 12) &&
    isBase64Url(certificateSig, 86)
  );
}

/** How the terms of a certificate are printed: numbers can be written in several ways, a paper in one. */
export const termsOf = ({ certificate }: CertificateText): string =>
  `${String(certificate.notAfter)}+${String(certificate.policyVersion)}`;

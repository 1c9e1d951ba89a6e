import { parseNik } from '../../../domain/nik.ts';
import { isEastJavaNrkb, parseNrkb } from '../../../domain/nrkb.ts';
import type { ReadField } from './recognised.ts';

/** A barcode or QR code as it was decoded. */
export type PageCode = { readonly format: string; readonly text: string };

/** What a part of a code is by its shape alone; undefined for dates, amounts, addresses and everything else. */
function meaningOf(part: string): { readonly field: ReadField; readonly value: string } | undefined {
  const nrkb = parseNrkb(part);
  if (nrkb.ok && isEastJavaNrkb(nrkb.value)) return { field: 'nrkb', value: nrkb.value };
  if (/^\d{16}$/.test(part)) {
    const nik = parseNik(part);
    if (nik.ok && nik.value.warnings.length === 0) return { field: 'nik', value: nik.value.nik };
  }
  if (/^(?=.*[A-Z])[A-HJ-NPR-Z0-9]{13}\d{4}$/.test(part)) return { field: 'chassis', value: part };
  return undefined;
}

/**
 * Fields that a code on a notice or a receipt states. Which fields a notice's code carries is not published, so only parts
 * that can be nothing else are taken, and a link is not followed nor taken apart: what it says is said by its server.
 */
export function fieldsOfCode({ text }: PageCode): readonly { readonly field: ReadField; readonly value: string }[] {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return [];
  const parts = text.split(/[;|,\t\r\n*=]+/).map((part) => part.trim().toUpperCase());
  const found = parts.flatMap((part) => meaningOf(part) ?? []);
  // Two different plates in one code: nobody knows which one is meant.
  return found.filter(({ field, value }) => found.every((other) => other.field !== field || other.value === value));
}

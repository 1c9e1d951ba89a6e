/** Ending of a file with a ticket. */
export const TICKET_FILE = /[.]opop-kode$/i;
const TICKET = /^OPOP-DAFTAR 1 (https?:\/\/\S{3,190}) ([0-9A-Z-]{35,50})$/i;

/** What a computer is enrolled with: an address and a one-time code. */
export type EnrolmentTicket = { readonly provinceUrl: string; readonly code: string };

/** The ticket as it stands in a QR or in a file. */
export function formatEnrolmentTicket({ provinceUrl, code }: EnrolmentTicket): string {
  return `OPOP-DAFTAR 1 ${provinceUrl} ${code}`;
}

/** Reads a scanned or carried ticket; undefined for any other text. Whether the code is one, its own check tells. */
export function parseEnrolmentTicket(text: string): EnrolmentTicket | undefined {
  const [, provinceUrl, code] = TICKET.exec(text.trim()) ?? [];
  return provinceUrl === undefined || code === undefined ? undefined : { provinceUrl, code: code.toUpperCase() };
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  rb: 1000,
  ribu: 1000,
  k: 1000,
  jt: 1_000_000,
  juta: 1_000_000,
};

/** More than any drawer holds; a longer number is a scanner or a cat on the keyboard. */
const MOST_DIGITS = 12;

/**
 * Whole rupiah from what an officer types: `350000`, `350.000`, `Rp350.000`, `350rb`, `1,5jt`. Undefined when it is not
 * an amount, or not a whole rupiah.
 */
export function parseCashAmount(text: string): number | undefined {
  const match = /^(?:rp)?\s*(\d[\d.]*)(?:,(\d+))?\s*([a-z]*)$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, whole = '', fraction = '', unitName = ''] = match;
  const unit = UNITS[unitName.toLowerCase()];
  const digits = whole.replaceAll('.', '');
  if (unit === undefined || digits.length > MOST_DIGITS || fraction.length > 6) return undefined;
  if (whole.includes('.') && !/^\d{1,3}([.]\d{3})*$/.test(whole)) return undefined;
  const scale = 10 ** fraction.length;
  const scaled = Number(`${digits}${fraction}`) * unit;
  const amount = scaled / scale;
  return Number.isSafeInteger(amount) ? amount : undefined;
}

/** What is given back, or what is still missing. */
export function changeOf(tendered: number | undefined, payable: number): Readonly<{ change: number; missing: number }> {
  const given = tendered ?? 0;
  return given >= payable ? { change: given - payable, missing: 0 } : { change: 0, missing: payable - given };
}

/** `350.000` while it is typed: dots where an officer expects them, anything else left as it is. */
export function groupDigits(text: string): string {
  const digits = text.replaceAll('.', '');
  return /^\d+$/.test(digits) && digits.length <= MOST_DIGITS ? digits.replace(/\B(?=(\d{3})+$)/g, '.') : text;
}

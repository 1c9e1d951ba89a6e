const SHORTEST = 6;
const LONGEST = 12;

/** What of a typed text can be a PIN. */
export function pinDigits(text: string): string {
  return text.replace(/\D/g, '').slice(0, LONGEST);
}

/** Whether so many digits are a PIN at all. */
export function isPin(pin: string): boolean {
  return pin.length >= SHORTEST;
}

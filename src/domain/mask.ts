/** `SITI NUR AISYAH` as `S*** N** A*****`: each word keeps its first letter and its length; blanks collapse. */
export function maskName(name: string): string {
  return name
    .trim()
    .split(/\s+/u)
    .map((word) => {
      const [first = '', ...rest] = [...word];
      return first + '*'.repeat(rest.length);
    })
    .join(' ');
}

/** A phone number with everything but the last three digits hidden. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return (
    '*'.repeat(Math.max(0, digits.length - 3)) + (digits.length > 3 ? digits.slice(-3) : '*'.repeat(digits.length))
  );
}

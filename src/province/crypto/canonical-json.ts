import canonicalize from 'canonicalize';

/** RFC 8785 text of a JSON value; throws when it is not one, which is a bug of the caller. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/**
 * Keeps what a pure function answered to the texts that it was asked last, at most `most` of them: a document that is looked
 * at in every step of a sale is read once. The answers are shared, so they have to be readonly. A throw is not kept.
 */
export function remembered<T>(most: number, answer: (text: string) => T): (text: string) => T {
  const kept = new Map<string, { readonly value: T }>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known.value;
    const value = answer(text);
    const [oldest] = kept.keys();
    if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
    kept.set(text, { value });
    return value;
  };
}

/** One change of the product that one checker must find, and no other. */
export type Patch = {
  /** Path from the root of the repository. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
};

/** How often a text stands in another. */
export function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** The changed source. Throws when the place is not there exactly once: a mutant that changes nothing proves nothing. */
export function patched(source: string, { file, find, replace }: Patch): string {
  const found = occurrences(source, find);
  if (found !== 1) throw new Error(`${file} holds what the mutant changes ${String(found)} times, not once: ${find}`);
  return source.replace(find, () => replace);
}

/** The word for a key that came as plain text, or undefined when the table does not know it. */
export function wordOf(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

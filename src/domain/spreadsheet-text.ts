/** What a spreadsheet would take for a formula, with whatever blanks stand before it. */
const FORMULA_START = /^[\s\u0000-\u001F]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/** A cell of a CSV file that no spreadsheet calculates: what begins like a formula gets an apostrophe, all of it stands in quotes. */
export function spreadsheetText(text: string): string {
  const plain = FORMULA_START.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}

/**
 * Code page 850 from byte 0x80: the one page with Ø that ESC/POS printers of every maker carry under number 2.
 * (Page 437, their default, has no Ø, and a plate with another letter is another vehicle.)
 */
const PAGE_850_UPPER =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0';

/** Number of code page 850 in `ESC t n`. */
export const CODE_PAGE = 2;

/** Signs that people type and no printer has. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02BC': "'",
  '\u201C': '"',
  '\u201D': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2022': '·',
  '\u00A0': ' ',
};

function printable(character: string): string {
  const replaced = REPLACEMENTS[character] ?? character;
  if (/^[ -~]$/.test(replaced) || PAGE_850_UPPER.includes(replaced)) return replaced;
  if (/\s/.test(replaced)) return ' ';
  // Ł and the like: the bare letter says more than a question mark; control characters must never reach the printer.
  const bare = replaced.normalize('NFD').replace(/\p{M}/gu, '');
  return /^[ -~]$/.test(bare) ? bare : '?';
}

/** The text with every character that the printer has no sign for replaced, one column each; no control characters. */
export function printableText(text: string): string {
  return [...text.normalize('NFC').replaceAll('…', '...')].map(printable).join('');
}

/** One byte per character; the text must come from `printableText`. */
export function codePageBytes(text: string): readonly number[] {
  return [...text].map((character) => {
    const code = character.charCodeAt(0);
    if (code >= 0x20 && code < 0x7f) return code;
    const upper = PAGE_850_UPPER.indexOf(character);
    if (upper < 0) throw new RangeError('a character outside the code page reached the printer');
    return 0x80 + upper;
  });
}

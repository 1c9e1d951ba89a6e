/** Languages of the screens. What is printed or signed stays Indonesian: it is the citizen's paper. */
export const LANGUAGES = ['id', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of this page from its first word to its reload, as the page itself says it (`lang`). */
export const LANGUAGE: Language =
  typeof document !== 'undefined' && document.documentElement.lang === 'en' ? 'en' : 'id';

/** The Indonesian words, or the English ones: both stand side by side, and one that lacks does not compile. */
export function inLanguage(indonesian: string, english: string): string;
export function inLanguage<T extends object>(indonesian: T, english: NoInfer<T>): T;
export function inLanguage<T>(indonesian: T, english: T): T {
  return LANGUAGE === 'id' ? indonesian : english;
}

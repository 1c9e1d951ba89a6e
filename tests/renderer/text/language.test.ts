import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyLanguage, chooseLanguage } from '../../../src/renderer/app/display-preference.ts';

const TEXT = fileURLToPath(new URL('../../../src/renderer/text/', import.meta.url));
const MODULES = readdirSync(TEXT).filter((name) => name.endsWith('.ts') && name !== 'language.ts');

/** What is the same word in both languages, or is printed and signed as it stands. */
const SAME = new Set(
  [
    ...[
      'Loket OPOP',
      'Bapenda',
      'QRIS',
      'PIN',
      'NIK',
      'TBPKP',
      'STS',
      'Total',
      'Ø',
      'PKB',
      'SWDKLLJ',
      'Node',
      'SQLite',
    ],
    ...[
      'Bank',
      'Bank Jatim',
      'Jasa Raharja',
      'English',
      'Bahasa Indonesia',
      'Flashdisk',
      'Disk',
      '/dev/usb/lp0',
      'Folder',
      'Printer',
      'Program',
      'Opsen PKB',
      'format',
    ],
    ...[
      'sedan',
      'minibus',
      'microbus',
      'mikrobus',
      'blind van',
      'bus',
      'forklift',
      'draft',
      'transfer',
      'Transfer',
      'Status',
    ],
  ].map((word) => word.toLowerCase()),
);

type Words = Readonly<Record<string, unknown>>;

async function load(name: string, language: 'id' | 'en'): Promise<Words> {
  vi.resetModules();
  vi.stubGlobal('document', { documentElement: { lang: language } });
  return (await import(join(TEXT, name))) as Words;
}

/** Paths of a module's tables whose words are the same in both languages, or that one of them lacks. */
function alike(indonesian: unknown, english: unknown, path: string): readonly string[] {
  if (typeof indonesian !== typeof english) return [`${path}: not of one kind`];
  if (typeof indonesian === 'string') {
    const isSame = indonesian === english && /[A-Za-z]{3}/.test(indonesian);
    return isSame && !SAME.has(indonesian.toLowerCase()) ? [`${path}: ${indonesian}`] : [];
  }
  if (indonesian === null || typeof indonesian !== 'object') return [];
  const [left, right] = [indonesian as Words, english as Words];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys.flatMap((key) => alike(left[key], right[key], `${path}.${key}`));
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('the two languages of the screens', () => {
  it.each(MODULES)('%s says everything in both, and nothing in one for the other', async (name) => {
    const [indonesian, english] = [await load(name, 'id'), await load(name, 'en')];
    expect(Object.keys(english)).toEqual(Object.keys(indonesian));
    expect(alike(indonesian, english, name)).toEqual([]);
  });

  it('are Indonesian until somebody chooses, and a choice draws the page anew', () => {
    const kept = new Map<string, string>();
    const reload = vi.fn<() => void>();
    const localStorage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    };
    const documentElement = { lang: '' };
    const page = { localStorage, location: { reload }, document: { documentElement } } as unknown as Window;
    applyLanguage(page);
    expect(documentElement.lang).toBe('id');
    chooseLanguage(page, 'en');
    applyLanguage(page);
    expect([documentElement.lang, reload.mock.calls.length]).toEqual(['en', 1]);
  });
});

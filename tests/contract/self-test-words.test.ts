import { describe, expect, it } from 'vitest';
import { HAND_STEPS, MACHINE_STEPS, stepResultSchema } from '../../src/contract/self-test.ts';
import { saidSchema, say, SELF_TEST_SENTENCES, selfTestWords } from '../../src/contract/self-test-words.ts';

/** Facts that fit every sentence: numbers where it counts, words elsewhere; each is found again in what is said. */
const NUMBERS = [321, 4567, 89] as const;

describe('the sentences of the self-test', () => {
  const names = Object.keys(SELF_TEST_SENTENCES.id) as (keyof typeof SELF_TEST_SENTENCES.id)[];

  it.each(names)('%s says the same in both languages, in other words and with the same facts', (name) => {
    const [id, en] = [SELF_TEST_SENTENCES.id[name], SELF_TEST_SENTENCES.en[name]];
    expect(typeof en).toBe(typeof id);
    if (typeof id === 'string' || typeof en === 'string') {
      expect(en).not.toBe(id);
      return;
    }
    expect(en.length).toBe(id.length);
    const said = (words: typeof id): string => (words as (...facts: readonly number[]) => string)(...NUMBERS);
    expect(said(en)).not.toBe(said(id));
    const digits = (text: string): readonly string[] => text.match(/321|4[.,]?567|89/gu) ?? [];
    expect(digits(said(en)).map((each) => each.replace(',', '.'))).toEqual(
      digits(said(id)).map((each) => each.replace(',', '.')),
    );
  });

  it('are kept without their words, and told in the language of whoever asks', () => {
    const said = [say('lineFine', 120, 2048), say('lineCards', 'eth0, wlan0')];
    expect(said.map((one) => saidSchema.parse(JSON.parse(JSON.stringify(one))))).toEqual(said);
    expect(selfTestWords(said, 'id')).toBe(
      'Bapenda menjawab dalam 120 ms, sekitar 2.048 kbit per detik. Ada beberapa jaringan (eth0, wlan0); cabut yang tidak dipakai bila koneksi putus-putus.',
    );
    expect(selfTestWords(said, 'en')).toBe(
      'Bapenda answers in 120 ms, about 2,048 kbit per second. There are several networks (eth0, wlan0); unplug what is not used if the connection drops.',
    );
    expect(selfTestWords([say('keyStore', 'machine')], 'en')).toContain('key store of this machine');
    expect(selfTestWords([say('mirrorFine', 5, null)], 'en')).toBe('The second copy takes a record in 5 ms.');
  });

  it('of a program before this one are its message alone', () => {
    const older = { step: 'disk', succeeded: true, message: 'Tulis 80 MB per detik.', payload: {}, at: 1, tookMs: 2 };
    expect(stepResultSchema.parse(older)).toEqual({ ...older, said: [] });
    expect([...MACHINE_STEPS, ...HAND_STEPS]).toHaveLength(12);
  });
});

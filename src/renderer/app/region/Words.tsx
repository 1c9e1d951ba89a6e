import { IconCircleCheck, IconClock, IconMoodConfuzed } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { OthersWord, RegionWord, RegionWordsView } from '../../../contract/views-region.ts';
import { WORD_TEXT } from '../../text/word-text.ts';
import { useProcedure } from '../queries.tsx';
import styles from './Words.module.css';

const SHOWN = 100;
const NONE: Pick<RegionWordsView, 'words' | 'others'> = { words: [], others: [] };

/** Words of this device and of others; screens load again when `settled` changes: one was answered, or another decided. */
export function useWords(enabled = true): Readonly<{
  words: readonly RegionWord[];
  /** What others decided of what he sees, until he takes note of it. */
  others: readonly OthersWord[];
  settled: string;
}> {
  const { value } = useProcedure('region.words', { limit: SHOWN }, { enabled });
  const { words, others } = value ?? NONE;
  const answered = words.filter(({ state }) => state === 'applied' || state === 'not-applied').length;
  return { words, others, settled: `${String(answered)} ${others.map(({ hash }) => hash).join(' ')}` };
}

function Mark({ state }: Pick<RegionWord, 'state'>): ReactNode {
  if (state === 'applied') return <IconCircleCheck size="1.25rem" aria-hidden />;
  return state === 'not-applied' ? (
    <IconMoodConfuzed size="1.25rem" aria-hidden />
  ) : (
    <IconClock size="1.25rem" aria-hidden />
  );
}

/** What became of words, the newest first; the head counts them. */
export function Words({ words, title }: Readonly<{ words: readonly RegionWord[]; title?: string }>): ReactNode {
  if (words.length === 0) return null;
  const waits = words.some(({ state }) => state === 'unsent');
  return (
    <section className={styles['words']} aria-label={title ?? WORD_TEXT.wordsTitle}>
      <header className={styles['head']} role="status">
        <strong>{title ?? WORD_TEXT.wordsTitle}</strong>
        <span>{WORD_TEXT.summary(words)}</span>
      </header>
      {waits ? <p className={styles['safe']}>{WORD_TEXT.safe}</p> : null}
      <ul className={styles['list']}>
        {words.map((word) => (
          <li key={word.entryHash} className={styles['word']} data-state={word.state}>
            <Mark state={word.state} />
            <span className={styles['what']}>
              {word.outletName} · {WORD_TEXT.about(word)}
            </span>
            <span className={styles['outcome']}>{WORD_TEXT.outcome(word)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

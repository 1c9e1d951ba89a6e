import { VisuallyHidden } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { OthersWord, RegionWord } from '../../../contract/views-region.ts';
import { WORD_TEXT } from '../../text/word-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { useAction } from '../queries.tsx';
import styles from './Others.module.css';
import { useWords } from './Words.tsx';

/** Whether his own word about the same thing came second. */
function isLost(words: readonly RegionWord[], other: OthersWord): boolean {
  return words.some(
    ({ state, type, outletId, businessOn, part, subject }) =>
      state === 'not-applied' &&
      type === other.type &&
      outletId === other.outletId &&
      (other.subject === null ? businessOn === other.businessOn && part === other.part : subject === other.subject),
  );
}

function Lines({
  others,
  words,
}: Readonly<{ others: readonly OthersWord[]; words: readonly RegionWord[] }>): ReactNode {
  return (
    <ul className={styles['lines']}>
      {others.map((one) => (
        <li key={one.hash}>
          <strong>{one.outletName}</strong> · {WORD_TEXT.about(one)}. {WORD_TEXT.decidedBy(one)}.{' '}
          {isLost(words, one) ? <span className={styles['lost']}>{WORD_TEXT.yoursNot}</span> : null}
        </li>
      ))}
    </ul>
  );
}

/** What others decided in the meantime, until he has taken note of it. */
export function Others({ others }: Readonly<{ others: readonly OthersWord[] }>): ReactNode {
  const { words } = useWords();
  const understood = useAction('region.understood');
  if (others.length === 0) return null;
  return (
    <section className={styles['others']} aria-label={WORD_TEXT.othersTitle}>
      <IconUserCheck size="1.5rem" aria-hidden />
      <div>
        <strong>{WORD_TEXT.othersTitle}</strong>
        <Lines others={others} words={words} />
      </div>
      <KeyButton
        action="acknowledge"
        small
        label={WORD_TEXT.understood}
        busy={understood.busy}
        onPress={() => void understood.run({ hashes: others.map(({ hash }) => hash) })}
      />
    </section>
  );
}

/** Inside a sheet: somebody else was first with what it is about; what was typed into it stays. */
export function WasFirst({ others, how }: Readonly<{ others: readonly OthersWord[]; how: string }>): ReactNode {
  const { words } = useWords();
  if (others.length === 0) return null;
  return (
    <div className={styles['others']} data-place="sheet" role="alert">
      <IconUserCheck size="1.5rem" aria-hidden />
      <div>
        <Lines others={others} words={words} />
        <p>{how}</p>
      </div>
    </div>
  );
}

/** Says aloud what others decided, on whatever screen he is. */
export function OthersSaid(): ReactNode {
  const { others } = useWords();
  return <VisuallyHidden role="status">{others.length === 0 ? '' : WORD_TEXT.told(others)}</VisuallyHidden>;
}

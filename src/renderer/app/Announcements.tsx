import { IconSpeakerphone } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { AnnouncementView } from '../../contract/views-people.ts';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { ANNOUNCED_TEXT } from '../text/people-text.ts';
import { KeyButton } from '../ui/KeyButton.tsx';
import { RefusalCard } from '../ui/RefusalCard.tsx';
import styles from './Announcements.module.css';
import { useAction, useProcedure } from './queries.tsx';

/** What somebody has not read yet, the oldest first: news of today may rest on that of yesterday. */
export function unreadBy(announcements: readonly AnnouncementView[], officerId: string): readonly AnnouncementView[] {
  return announcements.filter(({ readBy }) => !readBy.includes(officerId)).toReversed();
}

type CardProps = Readonly<{ one: AnnouncementView; left: number; children: ReactNode }>;

function Card({ one, left, children }: CardProps): ReactNode {
  return (
    <section className={styles['card']} aria-label={`${ANNOUNCED_TEXT.title}: ${one.title}`}>
      <IconSpeakerphone size="1.5rem" aria-hidden />
      <div className={styles['words']}>
        <h2>{one.title}</h2>
        {/* Long words are shown whole: with a keyboard the text itself is scrolled. */}
        <p className={styles['text']} tabIndex={0}>
          {one.text}
        </p>
        <small>
          {ANNOUNCED_TEXT.from(one.from, one.madeAt)}
          {left === 0 ? '' : ` · ${ANNOUNCED_TEXT.more(left)}`}
        </small>
      </div>
      {children}
    </section>
  );
}

/** On Beranda: one announcement after the other, each until it is marked as read. */
export function Announcements({ officerId }: Readonly<{ officerId: string }>): ReactNode {
  const { value } = useProcedure('announcements.current', {});
  const read = useAction('announcements.read');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [first, ...rest] = unreadBy(value ?? [], officerId);
  if (first === undefined) return null;
  const press = async (): Promise<void> => {
    const answer = await read.run({ announcementId: first.announcementId });
    if (answer !== undefined) setRefusal(answer.ok ? undefined : answer.error);
  };
  return (
    <>
      <Card one={first} left={rest.length}>
        <KeyButton
          action="acknowledge"
          label={ANNOUNCED_TEXT.read}
          busy={read.busy}
          onPress={() => {
            void press();
          }}
        />
      </Card>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </>
  );
}

/** At the door: what the chosen officer will find; it is marked as read by whoever is signed in. */
export function AnnouncedAtDoor({ officerId }: Readonly<{ officerId: string }>): ReactNode {
  const { value } = useProcedure('announcements.current', {});
  const [first, ...rest] = unreadBy(value ?? [], officerId);
  if (first === undefined) return null;
  return (
    <Card one={first} left={rest.length}>
      <span className={styles['after']}>{ANNOUNCED_TEXT.afterSignIn}</span>
    </Card>
  );
}

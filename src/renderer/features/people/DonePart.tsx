import type { ReactNode } from 'react';
import type { PeopleDoneView } from '../../../contract/views-people.ts';
import { PEOPLE_TEXT } from '../../text/people-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import styles from './People.module.css';

const LONGEST_SPOKEN = 8;

/** What was done: the code that is told once, what is still open, and the way back. */
export function DonePart({
  done,
  title,
  how,
  onClose,
  children,
}: Readonly<{
  done: PeopleDoneView;
  title: string;
  how: string;
  onClose: () => void;
  children?: ReactNode;
}>): ReactNode {
  const { code, expiresAt, session, repeated } = done;
  return (
    <>
      <div role="status">
        {code === null || expiresAt === null ? (
          <p>{PEOPLE_TEXT.done}</p>
        ) : (
          <>
            <strong>{title}</strong>
            <p className={styles['code']} data-short={code.length <= LONGEST_SPOKEN}>
              {code}
            </p>
            <p>{how}</p>
            <p className={styles['note']}>{PEOPLE_TEXT.goodUntil(expiresAt)}</p>
          </>
        )}
        {repeated ? <p className={styles['warn']}>{PEOPLE_TEXT.repeated}</p> : null}
        {session === null ? null : (
          <p className={styles['warn']}>{PEOPLE_TEXT.openSession(session.name, session.openedOn)}</p>
        )}
      </div>
      {children}
      <div className={styles['form']}>
        <KeyButton action="primary" primary label={PEOPLE_TEXT.close} level={LAYER.question} onPress={onClose} />
      </div>
    </>
  );
}

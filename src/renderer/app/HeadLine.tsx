import type { ReactNode } from 'react';
import { dayAndTime } from '../text/format.ts';
import { FRAME_TEXT, ROLE_NAMES } from '../text/frame-text.ts';
import { OWN_PIN_TEXT } from '../text/people-text.ts';
import { SIGN_IN_TEXT } from '../text/sign-in-text.ts';
import { ariaKeys, capText } from '../ui/keyboard/key-map.ts';
import styles from './Frame.module.css';
import { useProcedure } from './queries.tsx';
import { useCounter } from './status.tsx';

/** Outlet, officer, cash session, time; his own PIN lies behind his name. */
export function HeadLine({ onOwnPin }: Readonly<{ onOwnPin: () => void }>): ReactNode {
  const { status, signIn, now } = useCounter();
  const session = useProcedure('cash-session.current', {});
  const opened = session.value ?? undefined;
  return (
    <header className={styles['head']}>
      <span className={styles['outlet']}>
        {status.mode === 'demo' ? <span className={styles['mode']}>{FRAME_TEXT.demo}</span> : null}
        {status.outlet === null ? FRAME_TEXT.product : `${status.outlet.name} · ${status.outlet.regencyName}`}
      </span>
      <button
        type="button"
        className={styles['me']}
        title={OWN_PIN_TEXT.open}
        aria-keyshortcuts={ariaKeys('ownPin')}
        onClick={onOwnPin}
      >
        {`${signIn.name} (${ROLE_NAMES[signIn.role]})`}
        <small aria-hidden="true">{`${SIGN_IN_TEXT.pin} ${capText('ownPin')}`}</small>
      </button>
      <span className={opened === undefined ? styles['noSession'] : undefined}>
        {opened === undefined ? FRAME_TEXT.noSession : FRAME_TEXT.openedAt(opened.openedAt)}
      </span>
      <time className={styles['clock']}>{dayAndTime(now)}</time>
    </header>
  );
}

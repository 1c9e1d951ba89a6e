import type { ReactNode } from 'react';
import { dayAndTime } from '../text/format.ts';
import { FRAME_TEXT, ROLE_NAMES } from '../text/frame-text.ts';
import styles from './Frame.module.css';
import { useProcedure } from './queries.tsx';
import { useCounter } from './status.tsx';

/** Outlet, officer, cash session, time. */
export function HeadLine(): ReactNode {
  const { status, signIn, now } = useCounter();
  const session = useProcedure('cash-session.current', {});
  const opened = session.value ?? undefined;
  return (
    <header className={styles['head']}>
      <span className={styles['outlet']}>
        {status.mode === 'normal' ? null : (
          <span className={styles['mode']}>{status.mode === 'training' ? FRAME_TEXT.training : FRAME_TEXT.demo}</span>
        )}
        {status.outlet === null ? FRAME_TEXT.product : `${status.outlet.name} · ${status.outlet.regencyName}`}
      </span>
      <span>{`${signIn.name} (${ROLE_NAMES[signIn.role]})`}</span>
      <span className={opened === undefined ? styles['noSession'] : undefined}>
        {opened === undefined ? FRAME_TEXT.noSession : FRAME_TEXT.openedAt(opened.openedAt)}
      </span>
      <time className={styles['clock']}>{dayAndTime(now)}</time>
    </header>
  );
}

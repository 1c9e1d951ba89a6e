import { type ReactNode, useEffect } from 'react';
import { FRAME_TEXT } from '../text/frame-text.ts';
import styles from './TrainingBar.module.css';

/** Every screen of a training under a line that says so and that nobody can close; the window's title says it too. */
export function TrainingBar({ children }: Readonly<{ children: ReactNode }>): ReactNode {
  useEffect(() => {
    const { title } = document;
    document.title = `${FRAME_TEXT.training} · ${title}`;
    return () => {
      document.title = title;
    };
  }, []);
  return (
    <div className={styles['frame']}>
      <aside className={styles['bar']} aria-label={FRAME_TEXT.training}>
        <strong>{FRAME_TEXT.training}</strong>
        <span>{FRAME_TEXT.trainingNote}</span>
      </aside>
      <div className={styles['inside']}>{children}</div>
    </div>
  );
}

import type { ReactNode } from 'react';
import styles from './Pane.module.css';
import { useOverflowing } from './use-overflowing.ts';

type PaneProps = Readonly<{
  title: string;
  /** The number of the step, as the sketch of the counter has it. */
  step?: number | undefined;
  aside?: ReactNode;
  /** Marks the part where the officer is now. */
  current?: boolean;
  /** Fills the height and scrolls inside. */
  fill?: boolean;
  /** Stays in sight while the rest scrolls. */
  foot?: ReactNode;
  children: ReactNode;
}>;

/** A titled part of a screen. */
export function Pane({ title, step, aside, current = false, fill = false, foot, children }: PaneProps): ReactNode {
  const [body, overflowing] = useOverflowing();
  return (
    <section className={styles['pane']} data-current={current} data-fill={fill} aria-label={title}>
      <header className={styles['head']}>
        {step === undefined ? null : (
          <span className={styles['step']} aria-hidden="true">
            {step}
          </span>
        )}
        <h2 className={styles['title']}>{title}</h2>
        <div className={styles['aside']}>{aside}</div>
      </header>
      <div ref={body} className={styles['body']} tabIndex={overflowing ? 0 : undefined}>
        {children}
      </div>
      {foot === undefined ? null : <footer className={styles['foot']}>{foot}</footer>}
    </section>
  );
}

import { Progress } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import styles from './Waiting.module.css';

const QUIET_MS = 300;
const BAR_MS = 1000;

/** How long something has been under way: nothing, a quiet line after 300 ms, a bar after a second. */
function useWaitingStage(busy: boolean): 'none' | 'line' | 'bar' {
  const [stage, setStage] = useState<'none' | 'line' | 'bar'>('none');
  useEffect(() => {
    if (!busy) return undefined;
    const timers = [
      window.setTimeout(() => setStage('line'), QUIET_MS),
      window.setTimeout(() => setStage('bar'), BAR_MS),
    ];
    return () => {
      for (const timer of timers) window.clearTimeout(timer);
      setStage('none');
    };
  }, [busy]);
  return busy ? stage : 'none';
}

/** The place for a wait: it has its height from the start, so that nothing jumps. */
export function Waiting({ busy, label }: Readonly<{ busy: boolean; label: string }>): ReactNode {
  const stage = useWaitingStage(busy);
  return (
    <div className={styles['waiting']} role="status">
      {stage === 'none' ? null : (
        <>
          <span className={styles['label']}>{label}</span>
          {stage === 'bar' ? <Progress value={100} animated size="sm" aria-label={label} /> : null}
        </>
      )}
    </div>
  );
}

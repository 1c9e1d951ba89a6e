import { useEffect } from 'react';
import { useClient } from './queries.tsx';

const AT_MOST_EVERY_MS = 60_000;

/** Keeps the idle lock away while somebody works: at most one call a minute, and only after a key or a touch. */
export function usePresence(enabled: boolean): void {
  const client = useClient();
  useEffect(() => {
    if (!enabled) return undefined;
    let lastCallAt = Number.NEGATIVE_INFINITY;
    const onSign = (): void => {
      if (performance.now() - lastCallAt < AT_MOST_EVERY_MS) return;
      lastCallAt = performance.now();
      void client.command('sign-in.touch', {});
    };
    window.addEventListener('keydown', onSign);
    window.addEventListener('pointerdown', onSign);
    return () => {
      window.removeEventListener('keydown', onSign);
      window.removeEventListener('pointerdown', onSign);
    };
  }, [client, enabled]);
}

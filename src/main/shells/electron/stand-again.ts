import type { WebContents } from 'electron';

/** So many deaths within `WITHIN_MS` are no accident: a page that cannot live is not loaded for ever. */
const DEATHS = 5;
const WITHIN_MS = 60_000;

/** What is done about a page whose process is gone. */
export type StandAgain = {
  readonly show: () => void;
  /** The program ends, and what started it (systemd, the shell of the kiosk) starts it again. */
  readonly giveUp: () => void;
  /** Monotonic. */
  readonly nowMs?: () => number;
};

/** Shows the page again when its process broke or was killed; nothing is lost, because the page keeps nothing. */
export function standAgain(page: WebContents, { show, giveUp, nowMs = () => performance.now() }: StandAgain): void {
  const deaths: number[] = [];
  page.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const now = nowMs();
    deaths.push(now);
    const lately = deaths.filter((at) => now - at < WITHIN_MS);
    deaths.splice(0, deaths.length, ...lately);
    if (lately.length > DEATHS) giveUp();
    else show();
  });
}

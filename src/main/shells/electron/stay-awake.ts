import { powerSaveBlocker } from 'electron';
import { isWithinHours, type OfficeHours } from '../../office-hours.ts';

/** How often the clock is looked at (ms): the screen may sleep a minute too early or too late. */
const LOOK_MS = 60_000;

/** The screen does not sleep in the office hours, and may outside them; answers what ends it. */
export function stayAwake(hours: OfficeHours, nowAt: () => number = Date.now): () => void {
  const held: { blocker: number | undefined } = { blocker: undefined };
  const release = (): void => {
    if (held.blocker !== undefined) powerSaveBlocker.stop(held.blocker);
    held.blocker = undefined;
  };
  const look = (): void => {
    if (!isWithinHours(hours, nowAt())) release();
    else held.blocker ??= powerSaveBlocker.start('prevent-display-sleep');
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    release();
  };
}

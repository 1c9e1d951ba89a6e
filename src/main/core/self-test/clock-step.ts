import type { Timekeeper } from '../device/timekeeper.ts';
import { say } from '../../../contract/self-test-words.ts';
import { found, type Step } from './step.ts';

/** Zones of the same hour as East Java. */
const WIB: readonly string[] = ['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Bangkok', 'Asia/Ho_Chi_Minh'];

/** Whether the clock is believed, and whether the computer shows the hour that papers bear. */
export function clockStep(
  timekeeper: Pick<Timekeeper, 'state' | 'now'>,
  wallMs: () => number,
  zone: string = Intl.DateTimeFormat().resolvedOptions().timeZone,
): Step {
  return async () => {
    const { timeTrust, needsAcknowledgement } = timekeeper.state();
    const payload = { zone, trust: timeTrust, offMs: Math.round(wallMs() - timekeeper.now()) };
    if (needsAcknowledgement || timeTrust === 'suspect') return found(false, say('clockWrong'), payload);
    if (!WIB.includes(zone)) return found(false, say('clockZone', zone), payload);
    const isChecked = timeTrust === 'anchored';
    return found(true, isChecked ? say('clockFine', zone) : say('clockUnchecked', zone), payload);
  };
}

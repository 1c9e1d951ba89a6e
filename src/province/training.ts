import { type Err, err } from '../domain/result.ts';
import type { ProvinceContext } from './province-context.ts';

/** How training came to a real province. */
type Road = 'enrolment' | 'hello' | 'push' | 'carried' | 'bundle';

/** Canonical JSON has this where an envelope says `environment`, and nowhere else: in a value its quotes are escaped. */
const MARK = '"environment":"latihan"';

/** Whether the bytes of an entry say that they are of a training, whoever signed them and whether or not they verify. */
export function isOfTraining(text: string): boolean {
  return text.includes(MARK);
}

/**
 * Training is refused by every road, whoever vouches for it and whoever carries it (OPOP-Sync/1 17.3). Nothing of it is kept;
 * the log has that it came.
 */
export function refuseTraining(
  { log }: Pick<ProvinceContext, 'log'>,
  road: Road,
  deviceId: string | null,
): Err<'TRAINING_REFUSED'> {
  log('warn', 'TRAINING_REFUSED', { road, device: deviceId });
  return err('TRAINING_REFUSED');
}

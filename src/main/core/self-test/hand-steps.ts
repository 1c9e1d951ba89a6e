import type { SelfTestNote, StepFinding } from '../../../contract/self-test.ts';
import { assertNever } from '../../../domain/result.ts';
import { say } from '../../../contract/self-test-words.ts';
import { found } from './step.ts';

/** The page takes keys for a scan when they are quicker than this, in ms each. */
const SCAN_KEY_MS = 35;
/** Below it the small print of an STNK is not read. */
const LEAST_CAMERA_PIXELS = 1280 * 720;

type HandNote = Exclude<SelfTestNote, { step: 'printer' }>;

function keysFinding({ arrived, twins, missing }: Extract<HandNote, { step: 'keys' }>): StepFinding {
  const payload = { arrived: arrived.join(' '), twins: twins.join(' '), missing: missing.join(' ') };
  if (missing.length > 0) return found(false, say('keysMissing', missing.join(', ')), payload);
  if (twins.length > 0) return found(true, say('keysTwins', twins.join(', ')), payload);
  return found(arrived.length > 0, say('keysFine', arrived.length), payload);
}

function scannerFinding({ matched, characters, tookMs }: Extract<HandNote, { step: 'scanner' }>): StepFinding {
  const payload = { matched, characters, tookMs };
  if (!matched) return found(false, say('scannerWrong'), payload);
  const isSlow = tookMs > characters * SCAN_KEY_MS;
  return found(!isSlow, isSlow ? say('scannerSlow', tookMs) : say('scannerFine', tookMs), payload);
}

function cameraFinding({ works, width, height }: Extract<HandNote, { step: 'camera' }>): StepFinding {
  const payload = { works, width, height };
  if (!works || width === 0) return found(false, say('cameraDark'), payload);
  const isSmall = width * height < LEAST_CAMERA_PIXELS;
  const message = isSmall ? say('cameraSmall', width, height) : say('cameraFine', width, height);
  return found(!isSmall, message, payload);
}

/** Judges what the page saw of a person's hand. */
export function handFinding(noted: HandNote): StepFinding {
  switch (noted.step) {
    case 'keys':
      return keysFinding(noted);
    case 'scanner':
      return scannerFinding(noted);
    case 'camera':
      return cameraFinding(noted);
    default:
      return assertNever(noted);
  }
}

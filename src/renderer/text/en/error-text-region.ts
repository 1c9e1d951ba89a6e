import { type ErrorSentence, say, type ScreenErrorCode, textFact, UNCHANGED } from '../error-facts.ts';

const NOTHING_SIGNED = 'Nothing was signed.';

export const REGION_ERRORS = {
  REGION_NOT_APPOINTED: say(
    'This device is not appointed to you.',
    'What was kept of your region here is dropped; signatures that were sent are at Bapenda.',
    'Ask Bapenda to appoint this device to you, then load again.',
  ),
  REGION_OUT_OF_SCOPE: say(
    'This outlet was not of your region on that day.',
    'What is kept of other outlets stays.',
    'Load Region again; an outlet that moved is seen by the supervisor of its new region.',
  ),
  REGION_BUSY: say(
    'Bapenda is busy and did not answer.',
    'What you see was loaded before; nothing is lost.',
    'Wait a moment, then load again.',
  ),
  REGION_NOT_LOADED: say(
    'This day is not on this device yet.',
    NOTHING_SIGNED,
    'Load it from Bapenda, look at its figures, then sign.',
  ),
  REGION_CHANGED: say(
    'This changed since it was shown: something came late, or somebody was first.',
    NOTHING_SIGNED,
    'Load again, look at what changed, then decide.',
  ),
  REGION_OWN_WORK: say(
    'You worked at that outlet on that day; somebody else signs.',
    NOTHING_SIGNED,
    'Ask another supervisor, or a substitute with a letter (Plh.).',
  ),
  REGION_NOT_HIS: (details) => ({
    what:
      textFact(details, 'reason', '') === 'PROVINCE_DECIDES'
        ? 'Bapenda decides this, not a supervisor.'
        : 'Only the person in whose name it was approved can answer this.',
    safe: UNCHANGED,
    next: 'Wait for the answer here; nothing is asked of you.',
  }),
  REGION_DIFFERS: say(
    'A day in this list does not match, or has findings.',
    NOTHING_SIGNED,
    'Days with a difference are signed one by one, with a note.',
  ),
  REGION_NOTE_NEEDED: say(
    'A difference or a refusal is signed with a note only.',
    NOTHING_SIGNED,
    'Write why in one sentence, then sign.',
  ),
  REGION_ALREADY_SAID: say(
    'You have decided this on this device.',
    'That decision waits in Outbox, or for the answer of Bapenda.',
    'Wait for its outcome; the same decision is not said twice.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

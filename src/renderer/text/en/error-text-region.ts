import { type ErrorSentence, say, type ScreenErrorCode, textFact, UNCHANGED } from '../error-facts.ts';

const NOTHING_SIGNED = 'Nothing was signed.';

/** What a medium answered when it was read. */
const STICK_REASONS: Readonly<Record<string, string>> = {
  NOT_THERE: ': it was pulled out, or the folder is not there',
  NOT_WRITABLE: ': its files may not be read',
  CHANGED: ': it changed in the middle',
};

/** Why a file is no bundle that this supervisor may bring. */
const BUNDLE_REASONS: Readonly<Record<string, string>> = {
  OUT_OF_SCOPE: ': it is from an outlet of another region',
  OTHER_PROVINCE: ': it is from another province',
  TRAINING_REFUSED: ': it is of a training, which the province never takes',
  NOT_A_BUNDLE: ': this is no file of a counter',
  NO_MANIFEST: ': what is in it is not from a counter',
  NOT_SEALED_TO_US: ': it is not for Bapenda',
  CUT_OR_DAMAGED: ': it is cut or damaged from its beginning',
  FILE_TOO_LONG: ': it is too large',
  FRAME_TOO_LONG: ': what is in it is not plausible',
  CERTIFICATE_FORGED: ': the identity of its counter is forged',
  OTHER_DEVICE: ': the identity in it belongs to another counter',
};

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
  REGION_PAGES_LACK: say(
    'What is to be saved has not been loaded completely on this device.',
    'No file was written; what was loaded is kept.',
    'Load again from Bapenda until it is done, then save.',
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
  STICK_UNREADABLE: (details) => ({
    what: `The flash drive cannot be read${STICK_REASONS[textFact(details, 'reason', '')] ?? ''}.`,
    safe: 'Nothing on it was changed. What came to Bapenda stays there.',
    next: 'Plug it in again and repeat; it goes on where it stopped.',
  }),
  BUNDLE_REFUSED: (details) => {
    const reason = textFact(details, 'reason', '');
    return {
      what: `The file was not taken${BUNDLE_REASONS[reason] ?? `: ${reason}`}.`,
      safe: 'Nothing of it was stored at Bapenda, and the file was not changed.',
      next:
        reason === 'OUT_OF_SCOPE'
          ? 'Hand this flash drive to the supervisor of that outlet’s region.'
          : 'Ask the counter to save to the flash drive again; its data are whole.',
    };
  },
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

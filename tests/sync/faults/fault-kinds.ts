import type { Chance } from '../world/chance.ts';

/** Everything that can go wrong in a world, each with the sentence that the documents use. */
export const FAULT_KINDS = {
  'lost-request': 'a request never arrives',
  'lost-answer': 'the province does the work and its answer never arrives',
  duplicate: 'a request arrives twice',
  delay: 'a request arrives days later, up to day 30',
  reorder: 'a push arrives after the one that was sent behind it',
  corrupt: 'one byte of a request or of an answer changes on its way',
  partition: 'a counter has no line for hours or days',
  'captive-portal': 'a page of an operator answers with 200',
  'abort-before-commit': 'the province stops just before it commits a push',
  'abort-after-commit': 'the province commits a push and stops before it answers',
  'crash-before-commit': 'a counter dies just before a commit',
  'crash-after-commit': 'a counter dies just after a commit',
  'crash-after-mark': 'a counter dies when the mark is written',
  'crash-after-mirror': 'a counter dies when the second copy is written',
  'crash-after-print': 'a counter dies when the paper has come out',
  'crash-before-ack': 'a counter dies with the answer of the province in its hands',
  'crash-after-ack': 'a counter dies just after it has written the answer down',
  'full-disk': 'the disk is full when an entry is written',
  'failed-fsync': 'the sync of a commit fails, and the commit is there or is not',
  'mark-fails': 'a mark cannot be written',
  'old-image-marks': 'a data folder is restored from an old image, the marks outside are not',
  'old-image': 'a whole computer is restored from an old image, marks and all',
  clone: 'two computers run as one device',
  'server-rollback': 'the province comes back from a backup of 7 days ago',
  'clock-jump': 'a clock jumps by up to ten years',
  suspend: 'a computer sleeps in the middle of the day',
  'version-skew': 'a counter speaks with another range of versions',
  'stale-feed': 'an older answer of a feed comes again',
  revoked: 'an officer is suspended while the counter is away',
  'late-officer':
    'the province learns of an officer days after he began; what he did is set aside, and judged again then',
  poison: 'an entry that nobody can read stands among good ones',
  flashdisk: 'entries travel on a stick instead of the line',
} as const;

export type FaultKind = keyof typeof FAULT_KINDS;

export const ALL_FAULTS = Object.keys(FAULT_KINDS).filter(isFaultKind);

export function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULT_KINDS, text);
}

/** Which faults are on, and how often each has struck. */
export type FaultDesk = {
  readonly isOn: (kind: FaultKind) => boolean;
  /** Whether this fault belongs to the world at all, now or at another time. */
  readonly isChosen: (kind: FaultKind) => boolean;
  /** Whether this fault strikes now, with a probability (more often where few are on); counted when it does. */
  readonly strikes: (kind: FaultKind, chance: Chance, probability: number) => boolean;
  /** The same, for a fault that the caller counts when it comes about. */
  readonly isDrawn: (kind: FaultKind, chance: Chance, probability: number) => boolean;
  /** Counts a fault that the caller has brought about. */
  readonly struck: (kind: FaultKind) => void;
  readonly counts: () => Readonly<Record<string, number>>;
  /** Before it nothing goes wrong: a world begins with counters that are enrolled. */
  readonly begin: () => void;
  /** From here on nothing goes wrong any more. */
  readonly heal: () => void;
};

/** A fault that is on alone, or nearly, strikes more often: a short world must meet it. */
const FEW = 3;
const MORE_OFTEN = 8;

export function createFaultDesk(on: readonly FaultKind[]): FaultDesk {
  const boost = on.length <= FEW ? MORE_OFTEN : 1;
  const active = new Set(on);
  const counts = new Map<FaultKind, number>(on.map((kind) => [kind, 0]));
  const struck: FaultDesk['struck'] = (kind) => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const life = { isBad: false };
  const isDrawn: FaultDesk['isDrawn'] = (kind, chance, probability) => {
    // Drawn in any case: a fault that is off must not move the chances of those that are on.
    const happens = chance.happens(Math.min(0.9, probability * boost));
    return happens && isOn(kind);
  };
  const isOn: FaultDesk['isOn'] = (kind) => life.isBad && active.has(kind);
  return {
    isOn,
    isChosen: (kind) => active.has(kind),
    isDrawn,
    strikes: (kind, chance, probability) => {
      if (!isDrawn(kind, chance, probability)) return false;
      struck(kind);
      return true;
    },
    struck,
    counts: () => Object.fromEntries([...counts].sort(([left], [right]) => left.localeCompare(right))),
    begin: () => {
      life.isBad = true;
    },
    heal: () => {
      life.isBad = false;
    },
  };
}

import type { DrawerFigures } from '../../../contract/slip-statement.ts';
import { DENOMINATIONS } from '../../../domain/cash-session.ts';
import { formatLocalDate } from '../../../domain/local-date.ts';
import { formatRupiah, type Rupiah, rupiah, subtractRupiah } from '../../../domain/rupiah.ts';
import { DRAWER_TEXT } from './drawer-text.ts';
import { type Block, centred, type PaperDocument, rowBlock, sumBlock, textBlock } from './paper-document.ts';
import type { CopyFacts, PaperOrigin, SlipFacts } from './paper-facts.ts';
import { CUT, feet, headOf, proofBlocks, RULE, shortHash } from './paper-parts.ts';
import { PAPER_TEXT, paperTime } from './paper-text.ts';
import { recordBlocks } from './slip-documents.ts';

/** Pieces of each note and coin, in any order. */
type Counts = readonly { readonly denomination: number; readonly count: number }[];

/** What every slip of a drawer says of the session that ended. */
type EndedDrawer = {
  /** ms UTC. */
  readonly openedAt: number;
  readonly figures: DrawerFigures;
  readonly sales: number;
  readonly floatMoved: Rupiah;
  readonly carried: Rupiah;
  /** What left in the middle of the day; not above zero. */
  readonly left: Rupiah;
};

/** Facts of a closing slip, all of them from the journal. */
export type CloseFacts = SlipFacts &
  EndedDrawer & {
    readonly floatReturned: Rupiah;
    /** Null where the drawer was emptied. */
    readonly handedTo: string | null;
    /** Null for the original. */
    readonly copy: CopyFacts | null;
  };

/** Facts of a drawer that changed hands. */
export type DrawerHandOverFacts = SlipFacts &
  EndedDrawer & {
    readonly leaving: string;
    readonly arriving: string;
    readonly nextFloat: Rupiah;
    readonly nextCarried: Rupiah;
    /** Null for the original. */
    readonly copy: CopyFacts | null;
  };

/** Facts of a surprise inspection, all of them from its entry; `toSafe` of its figures is nothing, for nothing moves. */
export type InspectionFacts = SlipFacts &
  EndedDrawer & {
    readonly inspector: string;
    readonly inspected: string;
    /** Null where it was not counted. */
    readonly safe: { readonly counts: Counts; readonly counted: Rupiah; readonly expected: Rupiah } | null;
    /** Null for the original. */
    readonly copy: CopyFacts | null;
  };

/** Facts of cash that a courier took. Who he is he writes himself: a printer's queue holds no person. */
export type CourierFacts = SlipFacts & {
  readonly amount: Rupiah;
  readonly from: 'drawer' | 'safe';
  readonly counts: Counts;
  /** Null for the original. */
  readonly copy: CopyFacts | null;
};

const money = (amount: number): string => formatRupiah(rupiah(amount));

function countBlocks(counts: Counts): readonly Block[] {
  const told = counts.filter(({ count }) => count > 0);
  return told.map(({ denomination, count }) =>
    rowBlock(DRAWER_TEXT.pieces(money(denomination), count), money(denomination * count)),
  );
}

function varianceWords(variance: Rupiah): string {
  if (variance === 0) return DRAWER_TEXT.exact;
  return variance < 0 ? DRAWER_TEXT.short(money(-variance)) : DRAWER_TEXT.over(money(variance));
}

/** A row that stands only where something moved. */
const moved = (label: string, amount: Rupiah): readonly Block[] =>
  amount === 0 ? [] : [rowBlock(label, money(amount))];

function sumBlocks({ figures, sales, floatMoved, carried, left }: EndedDrawer): readonly Block[] {
  const counts = DENOMINATIONS.map((denomination, at) => ({ denomination, count: figures.pieces[at] ?? 0 }));
  const count = countBlocks(counts);
  return [
    { kind: 'text', text: DRAWER_TEXT.count, align: 'left', bold: true },
    ...(count.length === 0 ? [textBlock(DRAWER_TEXT.emptyDrawer)] : count),
    RULE,
    rowBlock(DRAWER_TEXT.float, money(figures.float)),
    ...moved(DRAWER_TEXT.floatMoved, floatMoved),
    ...moved(DRAWER_TEXT.carried, carried),
    ...(sales === 0 && figures.sales === 0
      ? [textBlock(DRAWER_TEXT.nilSession)]
      : [rowBlock(DRAWER_TEXT.sales(sales), money(figures.sales))]),
    ...moved(DRAWER_TEXT.voids, figures.voids),
    ...moved(DRAWER_TEXT.refunds, figures.refunds),
    ...moved(DRAWER_TEXT.left, left),
    rowBlock(DRAWER_TEXT.expected, money(figures.expected)),
    sumBlock(DRAWER_TEXT.counted, money(figures.counted)),
    sumBlock(DRAWER_TEXT.variance, varianceWords(subtractRupiah(figures.counted, figures.expected))),
    ...moved(DRAWER_TEXT.rounding, figures.rounding),
    RULE,
  ];
}

const placeBlocks = ({ firstSeq, lastSeq, head }: DrawerFigures): readonly Block[] => [
  rowBlock(DRAWER_TEXT.entries, DRAWER_TEXT.entriesOf(firstSeq, lastSeq)),
  rowBlock(DRAWER_TEXT.head, shortHash(head)),
];

const signatures = (who: readonly string[]): readonly Block[] =>
  who.flatMap((name) => [textBlock(name), textBlock(' '), textBlock(' '), textBlock(PAPER_TEXT.signature)]);

const markOf = (copy: CopyFacts | null): string | null => (copy === null ? null : DRAWER_TEXT.copy(copy.n));

function copyBlocks(copy: CopyFacts | null): readonly Block[] {
  if (copy === null) return [];
  return [
    textBlock(`${PAPER_TEXT.copyReason}: ${copy.reason}`),
    rowBlock(PAPER_TEXT.copiedAt, paperTime(copy.copiedAt)),
    rowBlock(PAPER_TEXT.copiedBy, copy.copiedBy),
  ];
}

/** The paper of a closed session: what was counted, from what it is made up, and between which entries it stands. */
export function closePaper(facts: CloseFacts): PaperDocument {
  const { copy, handedTo } = facts;
  return {
    head: headOf(facts, 'cash-close', DRAWER_TEXT.closeTitle, markOf(copy)),
    blocks: [
      rowBlock(PAPER_TEXT.number, facts.number),
      rowBlock(DRAWER_TEXT.opened, paperTime(facts.openedAt)),
      rowBlock(DRAWER_TEXT.closed, paperTime(facts.recordedAt)),
      RULE,
      ...sumBlocks(facts),
      ...(handedTo === null
        ? [
            rowBlock(DRAWER_TEXT.floatReturned, money(facts.floatReturned)),
            rowBlock(DRAWER_TEXT.toSafe, money(facts.figures.toSafe)),
          ]
        : [rowBlock(DRAWER_TEXT.handedTo, handedTo)]),
      ...placeBlocks(facts.figures),
      ...recordBlocks(facts),
      ...copyBlocks(copy),
      ...signatures([DRAWER_TEXT.officerSigns, DRAWER_TEXT.supervisorSigns]),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

/** The paper that both officers keep: the joint count, the variance of the one, and with what the other begins. */
export function drawerHandOverPaper(facts: DrawerHandOverFacts): PaperDocument {
  return {
    head: headOf(facts, 'drawer-hand-over', DRAWER_TEXT.handOverTitle, markOf(facts.copy)),
    blocks: [
      rowBlock(PAPER_TEXT.number, facts.number),
      rowBlock(DRAWER_TEXT.leaving, facts.leaving),
      rowBlock(DRAWER_TEXT.arriving, facts.arriving),
      RULE,
      ...sumBlocks(facts),
      rowBlock(DRAWER_TEXT.nextFloat, money(facts.nextFloat)),
      rowBlock(DRAWER_TEXT.nextCarried, money(facts.nextCarried)),
      ...placeBlocks(facts.figures),
      ...recordBlocks(facts),
      ...copyBlocks(facts.copy),
      textBlock(DRAWER_TEXT.pinSigned),
      ...signatures([DRAWER_TEXT.giverSigns(facts.leaving), DRAWER_TEXT.takerSigns(facts.arriving)]),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

function safeBlocks(safe: InspectionFacts['safe']): readonly Block[] {
  if (safe === null) return [textBlock(DRAWER_TEXT.safeNotCounted), RULE];
  const count = countBlocks(safe.counts);
  return [
    { kind: 'text', text: DRAWER_TEXT.safeCount, align: 'left', bold: true },
    ...(count.length === 0 ? [textBlock(DRAWER_TEXT.emptySafe)] : count),
    rowBlock(DRAWER_TEXT.safeExpected, money(safe.expected)),
    sumBlock(DRAWER_TEXT.safeCounted, money(safe.counted)),
    sumBlock(DRAWER_TEXT.safeVariance, varianceWords(subtractRupiah(safe.counted, safe.expected))),
    RULE,
  ];
}

/** *Berita Acara Pemeriksaan Kas*: what lay there, what the ledger said, room for the officer's own words, both signatures. */
export function inspectionPaper(facts: InspectionFacts): PaperDocument {
  const { copy, inspector, inspected } = facts;
  return {
    head: headOf(facts, 'cash-inspection', DRAWER_TEXT.inspectionTitle, markOf(copy)),
    blocks: [
      rowBlock(PAPER_TEXT.number, facts.number),
      rowBlock(DRAWER_TEXT.inspectedAt, paperTime(facts.recordedAt)),
      rowBlock(DRAWER_TEXT.inspector, inspector),
      rowBlock(DRAWER_TEXT.inspected, inspected),
      rowBlock(DRAWER_TEXT.opened, paperTime(facts.openedAt)),
      RULE,
      ...sumBlocks(facts),
      ...safeBlocks(facts.safe),
      textBlock(DRAWER_TEXT.inspectionMeans),
      ...placeBlocks(facts.figures),
      ...recordBlocks(facts),
      ...copyBlocks(copy),
      textBlock(DRAWER_TEXT.officerExplains),
      ...[1, 2].map(() => textBlock(DRAWER_TEXT.blankLine)),
      textBlock(DRAWER_TEXT.inspectionPinSigned),
      ...signatures([DRAWER_TEXT.supervisorNamed(inspector), DRAWER_TEXT.officerNamed(inspected)]),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

/** The paper that goes with the money and stays with the officer. */
export function courierPaper(facts: CourierFacts): PaperDocument {
  const count = countBlocks(facts.counts);
  return {
    head: headOf(facts, 'courier', DRAWER_TEXT.courierTitle, markOf(facts.copy)),
    blocks: [
      rowBlock(PAPER_TEXT.number, facts.number),
      sumBlock(DRAWER_TEXT.amount, money(facts.amount)),
      rowBlock(DRAWER_TEXT.from, DRAWER_TEXT.sources[facts.from]),
      rowBlock(DRAWER_TEXT.handedOver, formatLocalDate(facts.on)),
      ...(count.length === 0 ? [] : [RULE, ...count, RULE]),
      ...recordBlocks(facts),
      ...copyBlocks(facts.copy),
      textBlock(DRAWER_TEXT.courierMeans),
      textBlock(DRAWER_TEXT.officerPinSigned),
      ...signatures([DRAWER_TEXT.courierSigns]),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

/** A sheet for the door; it proves nothing and is in no entry. */
export function doorNotePaper(origin: PaperOrigin, note: string | null): PaperDocument {
  return {
    head: headOf(origin, 'door-note', DRAWER_TEXT.doorTitle, null),
    blocks: [
      ...(note === null ? [] : [sumBlock(note, '')]),
      centred(DRAWER_TEXT.away, true),
      textBlock(PAPER_TEXT.complaint(origin.complaintPhone)),
      CUT,
    ],
  };
}

import { formatLocalDate } from '../../../domain/local-date.ts';
import { type Block, type PaperDocument, rowBlock, sumBlock, textBlock } from './paper-document.ts';
import type { ArrivalFacts, HandOverFacts, SlipFacts, TicketFacts } from './paper-facts.ts';
import { feet, headOf, proofBlocks, RULE, shortHash, vehicleBlocks } from './paper-parts.ts';
import { PAPER_TEXT, paperTime, trustWords } from './paper-text.ts';

const bold = (text: string): Block => ({ kind: 'text', text, align: 'left', bold: true });

/** Who wrote it, when, how far that time can be believed, and where it stands in the journal. */
export function recordBlocks({
  officerName,
  recordedAt,
  timeTrust,
  headHash,
}: Pick<SlipFacts, 'officerName' | 'recordedAt' | 'timeTrust' | 'headHash'>): readonly Block[] {
  return [
    rowBlock(PAPER_TEXT.officer, officerName),
    rowBlock(PAPER_TEXT.time, paperTime(recordedAt)),
    textBlock(`(${trustWords(timeTrust)})`),
    rowBlock(PAPER_TEXT.hash, shortHash(headHash)),
  ];
}

/** The proof that the citizen came on a day (bukti kedatangan), under policy intake-only and no line. */
export function arrivalPaper(facts: ArrivalFacts): PaperDocument {
  return {
    head: headOf(facts, 'arrival', PAPER_TEXT.arrivalTitle, PAPER_TEXT.notProof),
    blocks: [
      rowBlock(PAPER_TEXT.number, facts.number),
      RULE,
      ...vehicleBlocks(facts),
      RULE,
      sumBlock(PAPER_TEXT.arrivedOn, formatLocalDate(facts.on)),
      ...recordBlocks(facts),
      bold(PAPER_TEXT.arrived),
      textBlock(PAPER_TEXT.callBack),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

/** The paper that both sign when originals leave the drawer. */
export function handOverPaper(facts: HandOverFacts): PaperDocument {
  return {
    head: headOf(facts, 'hand-over', PAPER_TEXT.handOverTitle, null),
    blocks: [
      rowBlock(PAPER_TEXT.number, facts.number),
      ...(facts.subject === '' ? [] : [rowBlock(PAPER_TEXT.handOverOf, facts.subject)]),
      ...(facts.ofNumber === null ? [] : [rowBlock(PAPER_TEXT.handOverNumber, facts.ofNumber)]),
      RULE,
      bold(PAPER_TEXT.papersHanded),
      ...facts.labels.map((label, index) => textBlock(`${String(index + 1)}. ${label}`)),
      RULE,
      sumBlock(PAPER_TEXT.handedOverOn, formatLocalDate(facts.on)),
      rowBlock(PAPER_TEXT.takenBy, PAPER_TEXT.takers[facts.to]),
      textBlock(`${PAPER_TEXT.evidence}: ${facts.evidence}`),
      ...recordBlocks(facts),
      textBlock(PAPER_TEXT.checkPapers),
      ...[PAPER_TEXT.giverSigns, PAPER_TEXT.takerSigns].flatMap((who) => [
        textBlock(who),
        textBlock(' '),
        textBlock(' '),
        textBlock(PAPER_TEXT.signature),
      ]),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

/** A number of the queue; after an outage it is the citizen's right to be called first. */
export function ticketPaper(facts: TicketFacts): PaperDocument {
  const { arrivedOn } = facts;
  return {
    head: headOf(facts, 'ticket', PAPER_TEXT.ticketTitle, String(facts.ticketNumber)),
    blocks: [
      ...(facts.nrkb === null ? [] : [{ kind: 'plate', nrkb: facts.nrkb } as const]),
      sumBlock(PAPER_TEXT.ticketDay, formatLocalDate(facts.on)),
      ...recordBlocks(facts),
      bold(facts.reason === 'outage' ? PAPER_TEXT.ticketOutage : PAPER_TEXT.ticketToday),
      ...(arrivedOn === null ? [] : [textBlock(PAPER_TEXT.ticketArrived(formatLocalDate(arrivedOn)))]),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

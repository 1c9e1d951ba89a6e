import { formatLocalDate, type LocalDate } from '../../../domain/local-date.ts';
import { type Block, type PaperDocument, rowBlock, sumBlock, textBlock } from './paper-document.ts';
import type { SlipFacts } from './paper-facts.ts';
import { feet, headOf, proofBlocks, RULE } from './paper-parts.ts';
import { APPLICATION_TEXT } from './application-text.ts';
import { PAPER_TEXT } from './paper-text.ts';
import { recordBlocks } from './slip-documents.ts';

/** Facts of the citizen's slip of papers that go on to an agency. No person is on it: it may be lost. */
export type ApplicationSlipFacts = SlipFacts & {
  readonly serviceName: string;
  readonly agency: string;
  /** Null where no plate belongs to the service. */
  readonly nrkb: string | null;
  readonly promisedOn: LocalDate | null;
  /** Words for what was received, what is still missing, and what was let pass. */
  readonly received: readonly string[];
  readonly missing: readonly string[];
  readonly waived: readonly string[];
  /** Originals that stay at the counter. */
  readonly held: readonly string[];
  /** Where it stands when this paper is printed. */
  readonly state: keyof typeof APPLICATION_TEXT.states;
  /** The agency's words and number, where there are some. */
  readonly reason: string | null;
  readonly agencyNumber: string | null;
  readonly notes: readonly string[];
};

const bold = (text: string): Block => ({ kind: 'text', text, align: 'left', bold: true });

function listBlocks(title: string, labels: readonly string[], isBold = false): readonly Block[] {
  if (labels.length === 0) return [];
  return [isBold ? bold(title) : textBlock(title), ...labels.map((label) => textBlock(`- ${label}`))];
}

function standingBlocks({ state, reason, agencyNumber }: ApplicationSlipFacts): readonly Block[] {
  return [
    rowBlock(APPLICATION_TEXT.standing, APPLICATION_TEXT.states[state]),
    ...(agencyNumber === null ? [] : [rowBlock(APPLICATION_TEXT.agencyNumber, agencyNumber)]),
    ...(reason === null ? [] : [textBlock(reason)]),
  ];
}

/** What was taken in, what is missing, who gets it and until when; a copy says where it stands now. */
export function applicationPaper(facts: ApplicationSlipFacts, copyNo: number): PaperDocument {
  const { nrkb, promisedOn } = facts;
  return {
    head: headOf(facts, 'application', APPLICATION_TEXT.title, copyNo === 0 ? null : PAPER_TEXT.copy(copyNo)),
    blocks: [
      rowBlock(PAPER_TEXT.number, facts.number),
      bold(facts.serviceName),
      ...(nrkb === null ? [] : [{ kind: 'plate', nrkb } as const]),
      RULE,
      ...listBlocks(APPLICATION_TEXT.received, facts.received),
      ...listBlocks(APPLICATION_TEXT.waived, facts.waived),
      ...listBlocks(APPLICATION_TEXT.missing, facts.missing, true),
      ...listBlocks(APPLICATION_TEXT.held, facts.held),
      RULE,
      rowBlock(APPLICATION_TEXT.agency, facts.agency),
      rowBlock(APPLICATION_TEXT.receivedOn, formatLocalDate(facts.on)),
      ...(promisedOn === null ? [] : [sumBlock(APPLICATION_TEXT.promisedOn, formatLocalDate(promisedOn))]),
      ...standingBlocks(facts),
      ...recordBlocks(facts),
      bold(APPLICATION_TEXT.notDone),
      ...facts.notes.map((note) => textBlock(note)),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

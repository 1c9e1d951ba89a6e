import { formatRupiah, type Rupiah } from '../../../domain/rupiah.ts';
import { type PaperDocument, rowBlock, sumBlock, textBlock } from './paper-document.ts';
import type { PaperOrigin, PaperVehicle, SlipFacts } from './paper-facts.ts';
import { feet, headOf, RULE, signed, vehicleBlocks } from './paper-parts.ts';
import { PAPER_TEXT } from './paper-text.ts';
import { recordBlocks } from './slip-documents.ts';

/** Facts of a sale that was taken back before it was sent. */
export type VoidFacts = PaperOrigin &
  PaperVehicle &
  Pick<SlipFacts, 'recordedAt' | 'timeTrust' | 'headHash'> & {
    readonly voidNumber: string;
    /** Of the sale that no longer counts. */
    readonly receiptNumber: string;
    readonly returned: Rupiah;
    readonly reason: string;
    /** The second person. */
    readonly approvedBy: string;
  };

/** Both numbers, the sum that goes back, and three places to sign. */
export function voidPaper(facts: VoidFacts): PaperDocument {
  return {
    head: headOf(facts, 'void', PAPER_TEXT.voidTitle, null),
    blocks: [
      rowBlock(PAPER_TEXT.voidNumber, facts.voidNumber),
      rowBlock(PAPER_TEXT.voids, facts.receiptNumber),
      RULE,
      ...vehicleBlocks(facts),
      RULE,
      sumBlock(PAPER_TEXT.returned, formatRupiah(facts.returned)),
      textBlock(`${PAPER_TEXT.voidReason}: ${facts.reason}`),
      rowBlock(PAPER_TEXT.approvedBy, facts.approvedBy),
      ...recordBlocks(facts),
      { kind: 'text', text: PAPER_TEXT.voidMeans, align: 'left', bold: true },
      ...signed(PAPER_TEXT.payerSigns, PAPER_TEXT.giverSigns, PAPER_TEXT.approverSigns),
      ...feet(facts, null),
    ],
  };
}

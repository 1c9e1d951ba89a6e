import type { Rupiah } from '../../../domain/rupiah.ts';
import { type Block, centred, type PaperHead, QR_MIN_MM, textBlock } from './paper-document.ts';
import type { PaperOrigin, PaperVehicle } from './paper-facts.ts';
import { PAPER_TEXT } from './paper-text.ts';

/** A line across the paper. */
export const RULE: Block = { kind: 'rule' };
/** The end of a paper. */
export const CUT: Block = { kind: 'cut' };

/** The top of a paper: who prints it and what it is. */
export function headOf(origin: PaperOrigin, kind: PaperHead['kind'], title: string, mark: string | null): PaperHead {
  const place = `${origin.regencyName} · ${origin.outletId} · perangkat ${origin.deviceNo}`;
  return { kind, outlet: [origin.outletName, place], title, mark, training: origin.training };
}

/** The plate with what kind of vehicle it is, as far as that is known. */
export function vehicleBlocks(vehicle: PaperVehicle): readonly Block[] {
  return [
    { kind: 'plate', nrkb: vehicle.nrkb },
    // A plate that the registry does not know has a plate and nothing else.
    ...(vehicle.make === '' ? [] : [centred(`${vehicle.make} ${vehicle.model}, ${vehicle.yearMade}`, false)]),
  ];
}

/** The first and the last four characters: enough to compare with the journal by eye. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} .. ${hash.slice(-4)}`;
}

/** A place to sign for each, with who it is. */
export const signed = (...who: readonly string[]): readonly Block[] =>
  who.flatMap((one) => [textBlock(one), textBlock(' '), textBlock(PAPER_TEXT.signature)]);

/** What every paper ends with; a fee of null says nothing about fees. */
export function feet(origin: PaperOrigin, agentFee: Rupiah | null): readonly Block[] {
  return [
    textBlock(PAPER_TEXT.privacy),
    textBlock(PAPER_TEXT.complaint(origin.complaintPhone)),
    ...(agentFee === 0 ? [centred(PAPER_TEXT.noFee, false)] : []),
    CUT,
  ];
}

/** A QR with the sentences that say how it is checked. */
export function proofBlocks(proofUrl: string): readonly Block[] {
  const [host = ''] = proofUrl.split('/t#');
  return [{ kind: 'qr', payload: proofUrl, minMm: QR_MIN_MM }, textBlock(PAPER_TEXT.check(host))];
}

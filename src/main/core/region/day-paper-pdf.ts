import type { Content } from 'pdfmake';
import type { DayPaperSignature, RegionDayPaper } from '../../../contract/day-paper.ts';
import { isRegencyCode, regencyName } from '../../../domain/regency.ts';
import { pageWidthOf, sectionContent, sheetPdf } from '../reports/report-pdf.ts';
import { dayText, timeText } from '../reports/report-words.ts';
import { paperSections } from './day-paper-sections.ts';
import { PAPER_WORDS as WORDS } from './paper-text.ts';

const SMALL = 7.5;

/** Whether nothing of the paper changes any more. */
export const isFinal = ({ close, reconciliation }: RegionDayPaper): boolean =>
  close !== null && reconciliation !== null;

function stateOf({ close, reconciliation }: RegionDayPaper): string {
  if (close === null) return WORDS.state.none;
  return reconciliation === null ? WORDS.state.close : WORDS.state.both;
}

/** Who signed, when, with which device; or a place that says that nobody has. */
function signaturePlace(title: string, signature: DayPaperSignature | null): Content {
  const head: Content = { text: title, bold: true, alignment: 'center', margin: [0, 0, 0, 4] };
  if (signature === null) {
    return {
      width: '*',
      stack: [
        head,
        { text: WORDS.unsigned, bold: true, alignment: 'center', margin: [0, 14, 0, 14] },
        { text: WORDS.pen, alignment: 'center' },
      ],
    };
  }
  const { name, at, device, delegation, note, entryHash } = signature;
  const small = [
    WORDS.at(timeText(at)),
    WORDS.device(device.outletId, device.deviceNo, device.deviceId),
    ...(delegation === null ? [] : [WORDS.letter(delegation.fromName, delegation.letterNumber)]),
    WORDS.entry(entryHash),
    ...(note === null ? [] : [WORDS.note(note)]),
  ];
  return {
    width: '*',
    stack: [
      head,
      { text: name, bold: true, alignment: 'center', margin: [0, 0, 0, 2] },
      ...small.map((text): Content => ({ text, alignment: 'center', fontSize: SMALL })),
      { text: WORDS.pen, alignment: 'center', margin: [0, 26, 0, 0] },
    ],
  };
}

/**
 * Berita Acara Rekonsiliasi of a day, or one of its supplements, on A4. Once both signatures stand, the same paper is the
 * same bytes whenever it is made: nothing on it comes from the clock of whoever asks.
 */
export async function dayPaperPdf(paper: RegionDayPaper, compress = true): Promise<Uint8Array> {
  const { content, close, reconciliation, asOf } = paper;
  const { outletId, outletName, regency, regionName, businessOn, part, items, itemsHash } = content;
  const isDraft = !isFinal(paper);
  const number = WORDS.number(outletId, businessOn, part);
  const place = isRegencyCode(regency) ? regencyName(regency) : regency;
  const sections = paperSections(paper);
  const pageWidth = pageWidthOf(false);
  const bornAt = isDraft ? asOf : (reconciliation?.at ?? asOf);
  return await sheetPdf(
    {
      title: WORDS.title(part),
      lines: [
        number,
        WORDS.outlet(outletName, outletId, place),
        ...(regionName === null ? [] : [WORDS.region(regionName)]),
        WORDS.day(dayText(businessOn), items),
        WORDS.itemsHash(itemsHash),
      ],
      mark: isDraft ? WORDS.draft : null,
      isWide: false,
      bornAt,
      content: [
        { text: stateOf(paper), margin: [0, 4, 0, 2] },
        ...sections.flatMap((section) => sectionContent(section, { hasTitle: true, startsPage: false, pageWidth })),
        ...(sections.some(({ title }) => title === WORDS.findings)
          ? []
          : [{ text: WORDS.noFindings, margin: [0, 6, 0, 0] } satisfies Content]),
        {
          stack: [
            { text: WORDS.signed, bold: true, fontSize: 10.6, margin: [0, 14, 0, 6] },
            {
              columns: [signaturePlace(WORDS.close, close), signaturePlace(WORDS.reconciliation, reconciliation)],
              columnGap: 24,
            },
            { text: WORDS.proof, fontSize: SMALL, margin: [0, 8, 0, 0] },
            ...(isDraft ? [{ text: WORDS.made(timeText(asOf)), fontSize: SMALL } satisfies Content] : []),
          ],
          unbreakable: true,
        },
      ],
      foot: [isDraft ? `${WORDS.draft} · ${number}` : number, WORDS.itemsHash(itemsHash)],
    },
    compress,
  );
}

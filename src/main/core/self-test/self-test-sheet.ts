import type { Content, TableCell } from 'pdfmake';
import { HAND_STEPS, MACHINE_STEPS, type StepResult } from '../../../contract/self-test.ts';
import { loadPdfMaker, TRAINING_ACROSS } from '../printing/pdf-maker.ts';
import { paperTime } from '../printing/paper-text.ts';
import { SELF_TEST_TEXT } from './self-test-text.ts';

/** Whose results these are. */
export type SheetOwner = {
  readonly outletName: string;
  readonly deviceNo: number;
  readonly appVersion: string;
  readonly training: boolean;
  /** ms UTC. */
  readonly writtenAt: number;
};

const MARGIN = 40;

const signature = (who: string): Content => ({
  width: '*',
  stack: [{ text: who, margin: [0, 0, 0, 48] }, '........................................'],
});

function rowOf(step: keyof typeof SELF_TEST_TEXT.steps, result: StepResult | undefined): TableCell[] {
  const verdict = result === undefined ? '' : result.succeeded ? SELF_TEST_TEXT.sheetGood : SELF_TEST_TEXT.sheetBad;
  return [
    { text: SELF_TEST_TEXT.steps[step], bold: true },
    { text: result?.message ?? SELF_TEST_TEXT.sheetNotRun },
    { text: verdict, bold: true },
    { text: result === undefined ? '' : paperTime(result.at) },
  ];
}

/** The results on A4 for the hand-over, with two places to sign. */
export async function selfTestSheet(results: readonly StepResult[], owner: SheetOwner): Promise<Uint8Array> {
  const pdfMake = await loadPdfMaker();
  const steps = [...MACHINE_STEPS, ...HAND_STEPS];
  const rows = steps.map((step) =>
    rowOf(
      step,
      results.find((one) => one.step === step),
    ),
  );
  return await pdfMake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [MARGIN, MARGIN, MARGIN, MARGIN],
      info: { title: SELF_TEST_TEXT.sheetTitle },
      ...(owner.training ? { watermark: TRAINING_ACROSS } : {}),
      defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.15 },
      styles: { title: { bold: true, fontSize: 15, margin: [0, 0, 0, 6] } },
      footer: (page, pages) => ({
        text: SELF_TEST_TEXT.sheetPage(page, pages),
        alignment: 'center',
        fontSize: 8,
        margin: [0, 8, 0, 0],
      }),
      content: [
        { text: SELF_TEST_TEXT.sheetTitle, style: 'title' },
        { text: SELF_TEST_TEXT.sheetOutlet(owner.outletName, owner.deviceNo), bold: true },
        {
          text: `${SELF_TEST_TEXT.sheetProgram(owner.appVersion)} · ${paperTime(owner.writtenAt)}`,
          margin: [0, 0, 0, 12],
        },
        {
          table: { widths: [92, '*', 66, 88], headerRows: 0, dontBreakRows: true, body: rows },
          layout: {
            hLineWidth: () => 0.5,
            vLineWidth: () => 0,
            hLineColor: () => '#888888',
            paddingLeft: () => 0,
            paddingRight: () => 8,
            paddingTop: () => 4,
            paddingBottom: () => 4,
          },
        },
        {
          columns: SELF_TEST_TEXT.sheetSigns.map(signature),
          columnGap: 30,
          margin: [0, 28, 0, 0],
          unbreakable: true,
        },
      ],
    })
    .getBuffer();
}

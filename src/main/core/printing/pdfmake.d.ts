/**
 * The part of pdfmake that the papers use. The package has no types of its own, and the community's
 * bring the DOM into a Node program (`/// <reference lib="dom" />`), which the second fence forbids.
 */
declare module 'pdfmake' {
  /** Points, 72 to the inch. */
  type Points = number;
  type Margins = Points | [Points, Points] | [Points, Points, Points, Points];
  type Width = Points | 'auto' | '*';

  interface Style {
    font?: string;
    fontSize?: Points;
    lineHeight?: number;
    bold?: boolean;
    alignment?: 'left' | 'center' | 'right' | 'justify';
    characterSpacing?: Points;
    color?: string;
    margin?: Margins;
    fillColor?: string;
  }

  interface CanvasRect {
    type: 'rect';
    x: Points;
    y: Points;
    w: Points;
    h: Points;
    color?: string;
  }

  interface TableLayout {
    hLineWidth?: (row: number, node: unknown, column?: number | null) => Points;
    vLineWidth?: (column: number, node: unknown, row?: number | null) => Points;
    hLineColor?: (row: number, node: unknown, column?: number | null) => string;
    vLineColor?: (column: number, node: unknown, row?: number | null) => string;
    paddingLeft?: (column: number, node: unknown) => Points;
    paddingRight?: (column: number, node: unknown) => Points;
    paddingTop?: (row: number, node: unknown) => Points;
    paddingBottom?: (row: number, node: unknown) => Points;
  }

  interface Node extends Style {
    style?: string;
    width?: Width;
    unbreakable?: boolean;
    pageBreak?: 'before' | 'after';
    absolutePosition?: { x: Points; y: Points };
    text?: string;
    canvas?: CanvasRect[];
    columns?: Content[];
    columnGap?: Points;
    stack?: Content[];
    table?: { widths?: Width[]; headerRows?: number; dontBreakRows?: boolean; body: TableCell[][] };
    layout?: 'noBorders' | 'headerLineOnly' | 'lightHorizontalLines' | TableLayout;
  }

  export type Content = string | Node | Content[];
  export type TableCell = Content;

  export interface TDocumentDefinitions {
    pageSize?: 'A4' | 'A5';
    pageOrientation?: 'portrait' | 'landscape';
    pageMargins?: Margins;
    compress?: boolean;
    info?: { title?: string };
    defaultStyle?: Style;
    styles?: Record<string, Style>;
    background?: (page: number) => Content;
    /** Large across every page. */
    watermark?: { text: string; bold?: boolean; color?: string; opacity?: number };
    header?: (page: number, pages: number) => Content;
    footer?: (page: number, pages: number) => Content;
    content: Content;
  }

  const pdfMake: {
    /** Font files by family and weight. */
    setFonts(fonts: Record<string, { normal: string; bold?: string; italics?: string; bolditalics?: string }>): void;
    /** Which files on the disk a document may read. */
    setLocalAccessPolicy(allows: (path: string) => boolean): void;
    /** Which addresses a document may read. */
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    createPdf(definition: TDocumentDefinitions): { getBuffer(): Promise<Uint8Array> };
  };
  export default pdfMake;
}

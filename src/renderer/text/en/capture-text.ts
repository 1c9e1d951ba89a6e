import { bytes, count } from '../format.ts';

export const CORNER_NAMES = ['top left', 'top right', 'bottom right', 'bottom left'];

export const CAPTURE_TEXT = {
  title: (label: string): string => `Pages for ${label}`,
  close: 'Close, the papers stay as they were',
  ways: 'How a page comes in',
  wayNames: { camera: 'Camera', scan: 'Scan', file: 'File' },
  cancel: 'Cancel',
  back: 'Back',

  shoot: 'Take the photo',
  shootHint: 'Space takes the photo',
  frame: 'Frame',
  frames: { card: 'Card', sheet: 'A4 sheet' },
  device: 'Camera',
  automatic: 'Take it by itself when clear',
  starting: 'Starting the camera',
  live: 'Live picture of the camera',
  size: (width: number, height: number): string => `${count(width)} x ${count(height)} pixels`,
  nameless: (nth: number): string => `Camera ${nth}`,

  scans: 'Scans, the newest first',
  scanFolder: (folder: string): string => `Folder of the scanner: ${folder}`,
  scansEmpty: 'No scan yet. Scan the paper; it appears here by itself.',
  scanNone: 'The folder of the scanner is not chosen yet.',
  scanNoneNext: 'The installer chooses it on the screen Device. Until then use Camera or File.',
  scanGone: 'The folder of the scanner is gone. Check the scanner’s cable; Camera and File still work.',
  scanColumns: { file: 'File', size: 'Size', at: 'Time' },
  takeScan: 'Use this scan',

  pick: 'Choose a file',
  drop: 'Drag a photo or PDF here, or press Choose a file.',
  dropKinds: 'JPEG, PNG, WebP, TIFF or PDF, at most 40 MB. Photos of a phone: plug in its cable, then choose from it.',
  queue: (left: number): string => (left === 0 ? '' : `${count(left)} more files after this one`),
  nextFile: 'Open the next file',
  skipFile: 'Skip this file',

  sending: (sent: number, total: number): string => `Reading the file: ${bytes(sent)} of ${bytes(total)}`,
  looking: 'Looking at the picture',
  keeping: 'Keeping the page',

  look: 'Check the page',
  pages: 'Pages in this file',
  pageOf: (pageNo: number, pages: number): string => `Page ${pageNo} of ${pages}`,
  choosePage: (pageNo: number): string => `Keep page ${pageNo}`,
  morePages: (left: number): string => `See ${count(left)} more pages`,
  turn: 'Turn',
  turnHint: 'R turns a quarter to the right',
  crop: 'Cut at the edge of the paper',
  cropHint: 'Tab chooses a corner, arrows move it, Shift further',
  whole: 'Whole picture',
  found: 'Edges found',
  corner: (name: string, x: number, y: number): string =>
    `Corner ${name}, ${Math.round(x * 100)} % from the left, ${Math.round(y * 100)} % from the top`,
  retake: 'Take again',
  aside: 'That picture is not kept yet.',
  lookAgain: 'Look again',
  keepAndMore: 'Keep, take another',
  keep: (pages: number): string => (pages === 1 ? 'Keep the page' : `Keep ${count(pages)} pages`),
  noneChosen: 'Choose at least one page.',
  keepRepeated: 'Keep it too',
  kept: (pages: number): string => `${count(pages)} pages kept, sealed for Bapenda.`,
  keptNext: 'Is there another page? Take it, or Esc when done.',

  pagesTitle: (label: string): string => `Pages of ${label}`,
  shownAs: (pageNo: number): string => `Content of page ${pageNo}`,
  openPage: 'Open the page',
  lookIsRecorded: 'Each opening of a page is recorded.',
  addPage: 'Add a page',
  replacePage: 'Take this page again',
  discard: 'Discard this page',
  discardWhy: 'Why is it discarded?',
  discardReasons: { retaken: 'Taken again', 'wrong-kind': 'Wrong kind of paper', other: 'Another reason' },
  note: 'Note (no name or number of a person)',
  noPages: 'There are no pages for this paper yet.',
  notShown: 'sealed',
};

export const TROUBLES = {
  missing: ['No camera is connected.', 'Plug in a camera and press Try again, or use Scan or File.'],
  busy: ['Another program uses the camera.', 'Close that program and press Try again, or use Scan or File.'],
  refused: [
    'The use of the camera was refused.',
    'Allow the camera for Loket OPOP and press Try again, or use Scan or File.',
  ],
  unsupported: ['This screen cannot use a camera.', 'Use Scan or File.'],
  dark: [
    'The camera is on but gives no picture.',
    'Unplug it, plug it in again and press Try again, or use Scan or File.',
  ],
  lost: ['The camera was disconnected.', 'Plug it in and press Try again. Pages that were kept are still there.'],
} satisfies Record<string, readonly [string, string]>;

export const SHARPNESS = {
  good: undefined,
  soft: 'A little blurred; make sure that small print can be read.',
  blurred: 'Blurred: take again with paper and camera still.',
};
export const GLARE = {
  none: undefined,
  some: 'There is a reflection; check whether it hides writing.',
  strong: 'Strong reflection: tilt the paper or move the lamp away.',
};
export const LIGHT = {
  good: undefined,
  dark: 'Too dark: add light.',
  bright: 'Too bright: move away from the lamp.',
};

export const LIVE_HINTS = {
  dark: 'Too dark: add light',
  bright: 'Too bright: move away from the lamp',
  glare: 'Reflection: tilt the paper',
  edges: 'Fit the edges of the paper to the frame',
  blur: 'Blurred: hold still, or move back a little',
  good: 'Clear: press Space',
};

export const PAGE_STATE_TEXT = {
  local: 'on this computer',
  uploading: 'being sent',
  stored: 'kept at Bapenda',
  refused: 'refused by Bapenda',
  missing: 'missing',
  exported: 'copied to a flashdisk',
};

import { time } from '../format.ts';

export const SELF_TEST_TEXT = {
  title: 'Self-test',
  open: 'Self-test',
  back: 'Back to Device',
  runAll: 'Run all',
  again: 'Repeat this step',
  save: 'Save the hand-over PDF',
  diagnostics: 'Save diagnostics',
  folder: 'Folder; empty means on this computer',
  saved: (file: string): string => `Saved: ${file}`,
  list: 'Steps',
  intro: 'The computer tests itself; the last three steps need your hands. The counter’s data does not change.',
  progress: (done: number, all: number): string => `${String(done)} of ${String(all)} steps`,
  good: 'good',
  bad: 'needs action',
  notRun: 'not run',
  running: 'being tested',
  tookAt: (atMs: number, tookMs: number): string =>
    tookMs === 0 ? time(atMs) : `${time(atMs)}, ${String(Math.max(1, Math.round(tookMs / 1000)))} s`,
  byHand: 'step by hand',
  summary: (good: number, bad: number, left: number): string =>
    `${String(good)} good, ${String(bad)} need action, ${String(left)} not run`,
  saveKeys: 'Record the keys',
  scannerHow: 'Scan the QR of the ruler page that was just printed. The cursor need not be in this field.',
  scannerField: 'What was scanned',
  cameraSeen: 'Record the camera',
  rulerTitle: 'Read the ruler',
  rulerHow: 'Look for the longest line that is whole in one row. The number at its end is the width of the paper.',
  rulerField: 'Number at the end of the line',
  rulerNone: 'Even 32 goes to the next row',
  rulerTooNarrow:
    'This paper is too narrow: the QR of a receipt does not fit. Use paper of 58 mm or more, or make the printer’s margins smaller.',
  rulerCuts: 'The paper is cut by itself',
  rulerSave: 'Save the width',
  policy: 'Rules of Bapenda',
  keyStore: 'Key of the device',
};

export const STEP_TEXT = {
  disk: 'Disk',
  durability: 'Durability',
  clock: 'Clock and time zone',
  'key-store': 'Key store',
  backup: 'Backup',
  mirror: 'Second copy',
  line: 'Connection to Bapenda',
  qr: 'QR of a receipt',
  printer: 'Printer',
  keys: 'F keys',
  scanner: 'Code scanner',
  camera: 'Camera',
};

export const ADD_PRINTER_TEXT = {
  title: 'Add a printer',
  kind: 'Connection',
  name: 'Name',
  target: 'Place',
  targets: {
    'escpos-file': '/dev/usb/lp0',
    'escpos-network': '192.168.1.50 or 192.168.1.50:9100',
    'escpos-serial': 'COM3 or /dev/ttyUSB0:9600',
    'queue-raw': 'name of the printer in Windows or CUPS',
    'queue-sheet': 'name of the printer in Windows or CUPS',
    pdf: 'folder for PDF files',
  },
  paper: 'Paper',
  papers: { 58: '58 mm roll', 80: '80 mm roll', 148: 'A5 sheet', 210: 'A4 sheet' },
  dotMatrix: 'Dot-matrix printer (ESC/P)',
  add: 'Add',
  remove: 'Remove from the list',
};

export const LEAVE_TEXT = {
  open: 'Move to another outlet',
  title: 'Move this computer to another outlet',
  facts: (outlet: string, outletId: string): string => `Now: ${outlet} (${outletId}).`,
  what: 'The cash session must be closed and everything sent. The data of this outlet is kept whole on this computer; nothing is deleted.',
  then: 'The program closes. When it opens again, this computer asks for the enrolment code of the new outlet.',
  field: (outletId: string): string => `Type ${outletId}`,
  cancel: 'Cancel',
  leave: 'Leave this outlet',
  left: 'This computer has left the outlet; its data is kept whole. The program closes now. Open Loket OPOP again and enter the code of the new outlet.',
};

import { bytes, count, time } from '../format.ts';

export const PAGE_LANE_TEXT = {
  title: 'Papers',
  laneOf: (waiting: number): string => (waiting === 0 ? 'Papers' : `Papers (${count(waiting)})`),
  empty: 'No page is waiting.',
  why: 'Pages have a lane of their own, so money never waits for a photo.',
  columns: { what: 'Page', number: 'Number', size: 'Sent', state: 'State', next: 'Next try' },
  page: (label: string, pageNo: number): string => `${label}, page ${count(pageNo)}`,
  progress: (sent: number, all: number): string => `${bytes(sent)} of ${bytes(all)}`,
  progressOf: (label: string): string => `Sent of ${label}`,
  tries: (tries: number): string => (tries === 0 ? 'not tried yet' : `tried ${count(tries)} times`),
  nextTry: (atMs: number): string => `next ${time(atMs)}`,
  more: (left: number): string => `and ${count(left)} more pages below`,
};

export const REASONS = {
  NOT_A_PICTURE: 'Bapenda cannot read it as a picture: take it again',
  TOO_LARGE: 'too large for Bapenda: take it again',
  KEY_UNUSABLE: 'Bapenda cannot open its key: take it again',
  LOST_HERE: 'its file is gone from this computer: take it again',
  UNREADABLE: 'its file is damaged on this computer: take it again',
  ABORTED: 'cut in the middle, goes on from there',
  UPLOAD_ANSWER: 'Bapenda’s answer was cut, goes on from there',
};

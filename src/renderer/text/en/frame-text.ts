import { time } from '../format.ts';

export const SCREEN_NAMES = {
  service: 'Service',
  home: 'Home',
  outbox: 'Outbox',
  exceptions: 'Needs action',
  documents: 'Papers',
  cash: 'Cash session',
  history: 'History',
  reports: 'Reports',
  device: 'Device',
  'remote-code': 'Remote code',
  audit: 'Audit',
  region: 'Region',
  recap: 'Daily recap',
  insight: 'Months & Quality',
  decisions: 'Approvals',
  people: 'People',
};

export const RAIL_GROUPS = { today: 'Today', region: 'Region', people: 'People', device: 'Tools' };

export const ROLE_NAMES = {
  officer: 'Officer',
  supervisor: 'Supervisor',
  installer: 'Installer',
  auditor: 'Inspector',
};

export const FRAME_TEXT = {
  product: 'Loket OPOP',
  railLabel: 'Screens',
  statusLabel: 'State of the counter',
  openedAt: (atMs: number): string => `Cash session opened ${time(atMs)}`,
  noSession: 'No cash session open',
  lock: 'Lock',
  signOut: 'Sign out',
  signOutHint: 'Signing out changes nothing; transactions stay kept.',
  training: 'TRAINING (LATIHAN)',
  trainingNote: 'No real money. Every paper says LATIHAN, nothing is sent to Bapenda.',
  demo: 'DEMO',
  loading: 'Loading',
  close: 'Close',
  hostSilent: 'The counter program does not answer. What is kept stays safe. It reconnects by itself.',
  crashed: 'This screen stopped because of a fault in the program.',
  crashedSafe: 'All transactions that were kept stay safe.',
  crashedNext: 'Press Reload. If it happens again, tell the installer.',
  reload: 'Reload',
};

export const PALETTE_TEXT = {
  title: 'Find a screen, plate number, or receipt number',
  placeholder: 'Type the name of a screen, a plate number, or a receipt number',
  serve: (plate: string): string => `Serve ${plate}`,
  find: (text: string): string => `Find "${text}" in History`,
  part: (name: string): string => `Papers: ${name}`,
  hint: 'Arrows choose, Enter opens, Esc closes',
};

import type { LocalDate } from '../../../domain/local-date.ts';
import { count, day, longDay } from '../format.ts';

const EVIDENCE: readonly string[] = [
  'Original KTP seen, photo matches',
  'Stamped power of attorney and KTP',
  'Original proof of receipt shown',
];

export const APPLICATION_TEXT = {
  tab: 'Applications',
  list: 'List of applications',
  show: 'Show',
  open: 'Running',
  all: 'All',
  empty: 'No application is running.',
  emptyNext: 'Press New application to take in papers.',
  choose: 'Choose an application, then Enter to open it. Each opening is recorded.',
  begin: 'New application',
  columns: { number: 'Number', service: 'Service', name: 'Applicant', promised: 'Promised', state: 'State' },
  noName: 'no name',
  late: 'past its promise',
  pages: (pages: number): string => `${count(pages)} pages`,
  missingCount: (missing: number): string => `${count(missing)} papers missing`,

  unfinished: (service: string): string => `An application for ${service} is unfinished and still kept.`,
  resume: 'Go on',
  abandon: 'Drop this application',

  services: 'Choose a service',
  servicesNone: 'There are no paper services for this counter yet.',
  servicesNoneNext: 'Bapenda opens services; they come when there is a connection.',
  audience: 'For',
  agency: 'Passed on to',
  promise: 'Promised within',
  promised: (days: number | null): string => (days === null ? 'not promised' : `${count(days)} days`),
  promisedOn: (on: LocalDate | null): string => (on === null ? 'not promised' : longDay(on)),
  agreement: (number: string, to: LocalDate): string => `agreement ${number}, until ${day(to)}`,
  notOpen: 'Not open at this counter yet',
  choice: 'Begin',
  back: 'Back to the list',

  applicant: 'Applicant',
  form: 'Form',
  documents: 'Papers',
  name: 'Name of the applicant',
  phone: 'Telephone number',
  isSubject: 'The person concerned',
  plate: 'Plate number',
  plateWrong: 'This cannot be a plate number. Example: AG 4321 ED.',
  noFields: 'This service asks nothing else.',
  requiredMark: 'required',
  yes: 'Yes',
  chooseOne: 'Choose',
  missingNow: (labels: readonly string[]): string =>
    labels.length === 0 ? 'All required papers are there.' : `Still missing: ${labels.join(', ')}.`,
  incompleteAllowed: 'May be taken in now; what is missing is printed on the proof of receipt.',
  receive: 'Take in the papers',
  saving: 'Saving',

  received: 'The papers are taken in and kept',
  number: 'Number',
  complete: 'Complete: passed on as soon as there is a connection.',
  incomplete: (labels: readonly string[]): string => `Incomplete. The citizen still brings: ${labels.join(', ')}.`,
  slipAsked: 'The proof of receipt was sent to the printer.',
  slipState: (printer: string, state: string): string => `Proof of receipt at ${printer}: ${state}.`,
  slipMissing: 'The proof of receipt is not printed yet. The application is kept.',
  slip: 'Print the proof of receipt',
  next: 'Next application',
  toPage: 'Open this application',

  life: 'Its way',
  reason: 'Reason',
  agencyNumber: 'Number at the agency',
  missing: 'Still missing',
  receivedOn: 'Received',
  completeTitle: 'Papers brought later',
  completeNow: 'Record papers brought later',
  handOver: 'Hand over the result',
  handOverTitle: (number: string): string => `Hand over the result of ${number}`,
  handedOver: 'The result is handed over. Ask for a signature on the proof of hand-over.',
};

export const HAND_OVER_TEXT = {
  to: 'Handed to',
  takers: {
    owner: 'The owner or applicant himself',
    representative: 'An authorised person',
    agency: 'An agency or courier',
  },
  name: 'Name of who takes it',
  evidence: 'How it was made sure',
  evidenceHow: 'Choose what was really seen, also with a digit from 1 to 3.',
  evidences: EVIDENCE,
  otherEvidence: 'Another way (no card number)',
  submit: 'Hand over and print',
  cancel: 'Back',
};

export const OFF = {
  NOT_ENABLED: 'not opened by Bapenda yet',
  AGREEMENT_MISSING: 'no cooperation agreement yet',
  AGREEMENT_NOT_BEGUN: 'its cooperation agreement has not begun',
  AGREEMENT_ENDED: 'its cooperation agreement has ended',
};

import type { Method } from './api.ts';

/** What an auditor may ask: reads, his own sign-in, his own copy. Everything else is refused, whatever its access says. */
const AUDITOR_METHODS: readonly Method[] = [
  'counter.status',
  'sign-in.officers',
  'sign-in.current',
  'sign-in.lock',
  'sign-in.unlock',
  'sign-in.end',
  'sign-in.touch',
  'cash-session.door-note',
  'outbox.figures',
  'counter.today',
  'device.overview',
  'device.verify',
  'cash-session.current',
  'cash.standing',
  'cash-inspection.list',
  'transactions.search',
  'transactions.get',
  'outbox.view',
  'exceptions.list',
  'cases.page',
  'emergency.book',
  'forms.stock',
  'documents.lane',
  'mirror.status',
  'payments.open',
  'documents.of',
  'documents.space',
  'services.list',
  'emergency.sheet',
  'self-test.results',
  'bundle.places',
  'update.state',
  'reports.make',
  'reports.rows',
  'reports.entries',
  'reports.places',
  'reports.period',
  'printing.jobs',
  'printing.printers',
  'audit.mandate',
  'audit.export',
];

/** Questions that show nothing of the outlet's work: the frame around every screen asks them by itself. */
const NO_LOOKS: readonly Method[] = [
  'counter.status',
  'sign-in.officers',
  'sign-in.current',
  'sign-in.lock',
  'sign-in.unlock',
  'sign-in.end',
  'sign-in.touch',
  'cash-session.door-note',
  'outbox.figures',
  'reports.places',
  'services.list',
  'documents.space',
  'self-test.results',
  'bundle.places',
  'update.state',
  'printing.printers',
  'audit.mandate',
  // An entry of its own.
  'audit.export',
];

/** Whether an auditor may ask this at all. */
export function mayAuditorAsk(method: Method): boolean {
  return AUDITOR_METHODS.includes(method);
}

/** Whether the answer shows him something: then an entry says so before he sees it. */
export function isAuditorsLook(method: Method): boolean {
  return mayAuditorAsk(method) && !NO_LOOKS.includes(method);
}

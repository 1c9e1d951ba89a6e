import type { PageFault } from './page-jobs.ts';

/** A file that gives no page: expected, thrown only inside the worker program, and caught at its one door. */
export class PageFaultError extends Error {
  readonly fault: PageFault;

  constructor(code: PageFault['code'], details: PageFault['details'] = {}) {
    super(code);
    this.fault = { code, details };
  }
}

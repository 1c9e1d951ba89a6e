import type { EventTopic } from '../../contract/frames.ts';
import type { PageJob } from '../pages/page-jobs.ts';

/** Wall clock and the monotonic clock since boot (sleep included); the only source of time in the core. */
export type ClockPort = {
  /** ms UTC as the computer believes. */
  readonly wallMs: () => number;
  /** ms since boot; never goes back inside one boot. */
  readonly monoMs: () => number;
  /** Changes with every boot of the computer. */
  readonly bootId: () => string;
};

/** The only source of randomness in the core. */
export type RandomPort = {
  readonly bytes: (length: number) => Uint8Array;
  /** In [0, 1), for jitter only. */
  readonly fraction: () => number;
};

export type LogLevel = 'info' | 'warn' | 'error';
/** Log of references, counts and codes; never a person, a plate, or an amount of one person. */
export type LogPort = {
  readonly write: (
    level: LogLevel,
    event: string,
    facts?: Readonly<Record<string, string | number | boolean | null>>,
  ) => void;
};

/** One HTTP exchange with the province; status 0 never happens: no line is a thrown `LineError` of the adapter. */
export type LineAnswer = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};
export type LinePort = {
  readonly exchange: (request: {
    readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH';
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** A text is JSON; bytes travel as they are, under the headers that are given. */
    readonly body: string | Uint8Array | null;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  }) => Promise<{ readonly ok: true; readonly answer: LineAnswer } | { readonly ok: false; readonly reason: string }>;
};

/** Whoever vouches for the certificate that a server showed. */
export type PresentedAuthority = {
  readonly pem: string;
  /** SHA-256 in pairs of hexadecimal digits, as every browser shows it. */
  readonly fingerprint: string;
  readonly name: string;
  /** False where it is vouched for by another that was not shown. */
  readonly isRoot: boolean;
};

/** What was seen on the way to an address. */
export type LineProbe = {
  /** Null where the name was not found. */
  readonly dns: { readonly ms: number } | null;
  /** Null for an address without encryption; `fault` null where the certificate is believed. */
  readonly tls: {
    readonly ms: number;
    readonly fault: string | null;
    readonly fingerprint: string | null;
    readonly authority: PresentedAuthority | null;
  } | null;
  /** Names of the network cards that are up. */
  readonly cards: readonly string[];
  /** Fingerprint of the network's own authority that an installer trusted; null where nobody did. */
  readonly trusted: string | null;
};

/** Sends bytes to one printer. `silent` = no answer in time; the caller never retries by itself. */
export type PrinterOutcome =
  | { readonly outcome: 'printed' }
  | { readonly outcome: 'failed'; readonly detail: string }
  | { readonly outcome: 'unknown'; readonly detail: string };

/** What differs between shells; five methods at most (architecture, "One contract, every shell"). */
export type ShellPort = {
  readonly name: 'electron' | 'browser';
  /** Turns a page of HTML into PDF bytes; undefined where the shell has no browser engine at hand. */
  readonly printPdf: ((html: string, paper: 'A4' | 'A5') => Promise<Uint8Array>) | undefined;
  /** Wraps and unwraps the device secrets by the operating system's key store, where there is one. */
  readonly keepSecret:
    | {
        readonly wrap: (secret: Uint8Array) => Promise<Uint8Array>;
        readonly unwrap: (wrapped: Uint8Array) => Promise<Uint8Array>;
      }
    | undefined;
  readonly openFolder: (path: string) => Promise<boolean>;
  readonly quit: () => void;
};

/** Tells the screens which reads are stale. */
export type EventsPort = { readonly publish: (topic: EventTopic) => void };

/** A running page worker: a process of its own in which pictures are decoded. */
export type PageWorker = {
  readonly send: (message: { readonly id: number; readonly job: PageJob }) => void;
  /** One listener at a time; whatever the worker says, unparsed. */
  readonly onAnswer: (listener: (message: unknown) => void) => void;
  readonly onEnd: (listener: (code: number | null, signal: string | null) => void) => void;
  /** Bytes in memory, seen from outside; null where the system does not say. */
  readonly residentBytes: () => number | null;
  /** Ends it at once, whatever it does. */
  readonly kill: () => void;
};

/** Starts a page worker; each shell has its own way. */
export type StartPageWorker = () => PageWorker;

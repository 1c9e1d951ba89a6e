import { randomBytes } from 'node:crypto';

/** One-time tickets that open the page. */
export type Tickets = { readonly issue: () => string; readonly take: (ticket: string) => boolean };

/** A browser that starts on a cold, slow disk needs a while (ms). */
const TICKET_LIFE_MS = 60_000;

/**
 * The command line of a browser can be read by every program of the computer, so the secret does not stand in it: a
 * ticket does, which opens the page once and soon.
 */
export function createTickets(now: () => number = Date.now): Tickets {
  const open = new Map<string, number>();
  return {
    issue: () => {
      const ticket = randomBytes(24).toString('base64url');
      open.set(ticket, now() + TICKET_LIFE_MS);
      return ticket;
    },
    take: (ticket) => {
      const until = open.get(ticket);
      open.delete(ticket);
      return until !== undefined && now() <= until;
    },
  };
}

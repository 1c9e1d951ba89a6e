import type { ServerResponse } from 'node:http';
import type { EventFrame } from '../../../contract/frames.ts';
import { PAGE_HEADERS } from '../../../contract/page-policy.ts';

/** An empty line so often (ms): the page notices a dead stream, and nothing between closes a quiet one. */
const KEEP_ALIVE_MS = 15_000;
/** A page that reads nothing (a laptop asleep) is cut off; when it wakes it connects again and reads everything anew. */
const BACKLOG_LIMIT_BYTES = 262_144;

type Subscribe = (listener: (event: EventFrame) => void) => () => void;

/** Streams events as lines of JSON until the page goes away. */
export function streamEvents(response: ServerResponse, subscribe: Subscribe): void {
  response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'application/x-ndjson; charset=utf-8' });
  const write = (line: string): void => {
    if (response.writableLength > BACKLOG_LIMIT_BYTES) response.destroy();
    else response.write(line);
  };
  // The first line tells the page that it is heard from now on.
  write('\n');
  const unsubscribe = subscribe((event) => write(`${JSON.stringify(event)}\n`));
  const timer = setInterval(() => write('\n'), KEEP_ALIVE_MS);
  response.on('close', () => {
    clearInterval(timer);
    unsubscribe();
  });
}

import type { PageAnswer, PageJob } from './page-jobs.ts';

/** How this program speaks with whoever started it. */
export type WorkerChannel = {
  readonly onJob: (take: (id: number, job: PageJob) => void) => void;
  readonly answer: (answer: PageAnswer) => void;
};

/** Electron gives a utility process a port; Node gives a child a channel. */
type ParentPort = {
  readonly on: (event: 'message', listener: (message: { readonly data: unknown }) => void) => void;
  readonly postMessage: (message: unknown) => void;
};

type Message = { readonly id: number; readonly job: PageJob };

/** The channel to the counter; a worker whose counter is gone ends. */
export function workerChannel(): WorkerChannel {
  // Electron adds this port to `process`; Node's types do not know it.
  const port = (process as { readonly parentPort?: ParentPort }).parentPort;
  const taken = (take: (id: number, job: PageJob) => void, message: unknown): void => {
    const { id, job } = message as Message; // the only sender is the program that started this process
    take(id, job);
  };
  if (port !== undefined) {
    return {
      onJob: (take) => port.on('message', ({ data }) => taken(take, data)),
      answer: (answer) => port.postMessage(answer),
    };
  }
  process.on('disconnect', () => process.exit(0));
  return {
    onJob: (take) => process.on('message', (message) => taken(take, message)),
    answer: (answer) => process.send?.(answer),
  };
}

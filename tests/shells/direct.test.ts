import { describeShell } from './contract-suite.ts';

describeShell('no shell at all', async (app) => ({
  bridge: { request: (frame) => app.dispatch(frame), onEvent: (listener) => app.subscribe(listener) },
  close: async () => undefined,
}));

import process from 'node:process';

// Takes every job and answers none: a decoder that hangs.
process.on('message', () => undefined);

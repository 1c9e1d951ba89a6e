import { type Command, CommandRefusal, configFrom, optionalText, textOption } from './command.ts';
import { trainingConfig } from '../counter-config.ts';
import { runHost } from '../host.ts';

/** The counter in the browser host; the first line on stdout is its address. */
export const serveCommand: Command = {
  name: 'serve',
  usage:
    'loket serve --data DIR [--port N] [--no-open] [--kiosk] [--training] [--address-file FILE] [--key-store KIND] [--passphrase-file FILE]',
  summary:
    'runs the counter in the browser host; prints {"url", "pid"} once it is ready; with --training a practice counter with data of its own beside DIR, which reaches nobody',
  example: 'npm run -s loket -- serve --data data/counter --port 4810',
  options: {
    data: { type: 'string' },
    port: { type: 'string' },
    'no-open': { type: 'boolean' },
    kiosk: { type: 'boolean' },
    'address-file': { type: 'string' },
    'key-store': { type: 'string' },
    training: { type: 'boolean' },
  },
  run: async (options) => {
    const port = Number(optionalText(options, 'port') ?? '0');
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new CommandRefusal('OPTION_WRONG', '--port is a number from 0 to 65535', ['port']);
    }
    return await runHost({
      config: options['training'] === true ? trainingConfig(textOption(options, 'data')) : await configFrom(options),
      port,
      open: options['no-open'] !== true,
      kiosk: options['kiosk'] === true,
      addressFile: optionalText(options, 'address-file'),
      say: (line) => void process.stderr.write(`${line}\n`),
      print: (line) => void process.stdout.write(`${line}\n`),
    });
  },
};

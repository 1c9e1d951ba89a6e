import { listDevices, revokeDevice, setSelling } from '../enrolment/device-administration.ts';
import { uuidArgument } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

const devices: Command = {
  name: 'devices',
  usage: 'devices',
  summary: 'Lists the enrolled devices with their last contact and what they said was unsent.',
  example: 'npm run -s province -- devices',
  options: [],
  run: async (args, print) => {
    for (const device of await withProvince(args, ({ context }) => listDevices(context))) print(device);
    return 0;
  },
};

const revoke: Command = {
  name: 'revoke-device',
  usage: 'revoke-device --device ID',
  summary: 'Forbids new sales of a device from its next contact on; what it holds is still taken into custody.',
  example: 'npm run -s province -- revoke-device --device 019cd5af-e380-743a-9667-40a908ceba4a',
  options: ['device'],
  run: async (args, print) => {
    const deviceId = uuidArgument(args, 'device');
    const revoked = await withProvince(args, ({ context }) => revokeDevice(context, deviceId));
    if (!revoked.ok) throw new CliRefusal(revoked.error, 'this province has not enrolled the device', 'device');
    print(revoked.value);
    return 0;
  },
};

const selling: Command = {
  name: 'selling',
  usage: 'selling stop|resume',
  summary: 'Stops or resumes new sales at every counter from its next contact on; uploads always go on.',
  example: 'npm run -s province -- selling stop',
  options: [],
  run: async (args, print) => {
    const [word] = args.positionals;
    if (word !== 'stop' && word !== 'resume') throw new CliRefusal('BAD_ARGUMENTS', 'say stop or resume');
    await withProvince(args, ({ context }) => setSelling(context, word));
    print({ selling: word });
    return 0;
  },
};

/** What an administrator does about devices. */
export const deviceCommands: readonly Command[] = [devices, revoke, selling];

import { writeFileSync } from 'node:fs';
import { readOpenApprovals, sayForSupervisor } from '../approvals/approval-report.ts';
import { issuePageCode, revokePages } from '../supervisor-page/supervisor-pages.ts';
import { appointDevice, type CodeList, makeCodeList, putOutletUnder } from '../approvals/supervisors.ts';
import { optional, required, uuidArgument, wholeNumber } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

const MOST_CODES = 200;

const superviseOutlet: Command = {
  name: 'supervise',
  usage: 'supervise --supervisor ID --outlet ID',
  summary: 'Puts an outlet under a supervisor beside his own; its counters know him from their next contact on.',
  example: 'npm run -s province -- supervise --supervisor pengawas --outlet 3518-004',
  options: ['supervisor', 'outlet'],
  run: async (args, print) => {
    const [supervisorId, outletId] = [required(args, 'supervisor'), required(args, 'outlet')];
    const done = await withProvince(args, ({ context }) => putOutletUnder(context, supervisorId, outletId));
    if (!done.ok) {
      const path = done.error === 'OUTLET_UNKNOWN' ? 'outlet' : 'supervisor';
      throw new CliRefusal(done.error, 'name a supervisor and an outlet of this province', path);
    }
    print({ supervisorId, outletId });
    return 0;
  },
};

const supervisorDevice: Command = {
  name: 'supervisor-device',
  usage: 'supervisor-device --supervisor ID --device ID',
  summary: 'Makes an enrolled device a supervisor’s own: it answers requests from afar, and its word for him counts.',
  example:
    'npm run -s province -- supervisor-device --supervisor pengawas --device 019cd5af-e380-743a-9667-40a908ceba4a',
  options: ['supervisor', 'device'],
  run: async (args, print) => {
    const [supervisorId, deviceId] = [required(args, 'supervisor'), uuidArgument(args, 'device')];
    const done = await withProvince(args, ({ context }) => appointDevice(context, supervisorId, deviceId));
    if (!done.ok) {
      const path = done.error === 'DEVICE_UNKNOWN' ? 'device' : 'supervisor';
      throw new CliRefusal(done.error, 'name a supervisor and an enrolled device that is not revoked', path);
    }
    print({ supervisorId, deviceId });
    return 0;
  },
};

const supervisorPage: Command = {
  name: 'supervisor-page',
  usage: 'supervisor-page --supervisor ID | --revoke ID',
  summary: 'Gives a code that opens the page /kode on a supervisor’s telephone once, within a day; or ends his pages.',
  example: 'npm run -s province -- supervisor-page --supervisor pengawas',
  options: ['supervisor', 'revoke'],
  run: async (args, print) => {
    const revoked = optional(args, 'revoke');
    if (revoked !== undefined) {
      const pages = await withProvince(args, ({ context }) => revokePages(context, revoked));
      print({ supervisorId: revoked, revokedPages: pages });
      return 0;
    }
    const supervisorId = required(args, 'supervisor');
    const { issued, page } = await withProvince(args, async ({ context }) => ({
      issued: await issuePageCode(context, supervisorId),
      page: `${context.settings.publicUrl}/kode`,
    }));
    if (!issued.ok) throw new CliRefusal(issued.error, 'name an active supervisor', 'supervisor');
    print({ supervisorId, page, ...issued.value });
    return 0;
  },
};

/** The sealed paper: plain text that any printer takes; lines of four groups, so that a wrong line is seen. */
function listText({ list, outletName, deviceNo, supervisor, codes }: CodeList): string {
  const lines = codes.map(
    ({ place, code }) => `${String(place).padStart(4)}   ${code.slice(0, 4)} ${code.slice(4)}   [ ]`,
  );
  return [
    'DAFTAR KODE PERSETUJUAN - RAHASIA, SIMPAN DALAM AMPLOP TERSEGEL',
    `Gerai: ${outletName}, loket ${String(deviceNo)}`,
    `Pengawas: ${supervisor}`,
    `Nomor daftar: ${String(list)}`,
    'Setiap kode berlaku satu kali. Coret kode yang dipakai; pengawas mengonfirmasi kemudian.',
    '',
    ...lines,
    '',
  ].join('\n');
}

const codeList: Command = {
  name: 'code-list',
  usage: 'code-list --device ID --supervisor ID --count N --file F',
  summary: 'Writes a numbered list of one-time codes for sealed paper; the codes stand nowhere else.',
  example:
    'npm run -s province -- code-list --device 019cd5af-e380-743a-9667-40a908ceba4a --supervisor pengawas --count 20 --file daftar.txt',
  options: ['device', 'supervisor', 'count', 'file'],
  run: async (args, print) => {
    const [officerId, deviceId] = [required(args, 'supervisor'), uuidArgument(args, 'device')];
    const count = wholeNumber(args, 'count', [1, MOST_CODES], 20);
    const file = required(args, 'file');
    const made = await withProvince(args, ({ context }) => makeCodeList(context, { deviceId, officerId, count }));
    if (!made.ok) throw new CliRefusal(made.error, 'name a supervisor and a counter under him', 'supervisor');
    try {
      // Readable by its owner only, and never over a list that is there already.
      writeFileSync(file, listText(made.value), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      throw new CliRefusal('FILE_UNWRITABLE', error instanceof Error ? error.message : String(error), 'file');
    }
    print({ list: made.value.list, codes: count, file });
    return 0;
  },
};

const approvals: Command = {
  name: 'approvals',
  usage: 'approvals',
  summary: 'Lists approvals that their supervisor has not confirmed, and those that were disputed.',
  example: 'npm run -s province -- approvals',
  options: [],
  run: async (args, print) => {
    for (const row of await withProvince(args, ({ context }) => readOpenApprovals(context.db))) print(row);
    return 0;
  },
};

const approval: Command = {
  name: 'approval',
  usage: 'approval --id ID --say confirmed|disputed',
  summary: 'Says for a supervisor whether an approval in his name was his; the counter hears it in its decisions.',
  example: 'npm run -s province -- approval --id 019cd5af-e380-743a-9667-40a908ceba4a --say confirmed',
  options: ['id', 'say'],
  run: async (args, print) => {
    const [approvalId, answer] = [uuidArgument(args, 'id'), required(args, 'say')];
    if (answer !== 'confirmed' && answer !== 'disputed') {
      throw new CliRefusal('BAD_ARGUMENTS', '--say is confirmed or disputed', 'say');
    }
    const said = await withProvince(args, ({ context }) => sayForSupervisor(context, { approvalId, answer }));
    if (!said.ok) throw new CliRefusal(said.error, 'see the list that `approvals` prints', 'id');
    print(said.value);
    return 0;
  },
};

/** Supervisors, their devices and lists, and what they said. */
export const approvalCommands: readonly Command[] = [
  superviseOutlet,
  supervisorDevice,
  supervisorPage,
  codeList,
  approvals,
  approval,
];

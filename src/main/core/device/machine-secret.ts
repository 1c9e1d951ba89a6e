import { type ProgramCall, runProgram } from './run-program.ts';

/** Wraps a secret so that only this machine opens it. Both throw with the command's own words when it does not work. */
export type MachineSecret = {
  readonly wrap: (secret: Uint8Array) => Promise<Uint8Array>;
  readonly unwrap: (wrapped: Uint8Array) => Promise<Uint8Array>;
};

const TIMEOUT_MS = 20_000;
/** Bound into the credential: one that was made for another purpose does not open. */
const CREDENTIAL_NAME = 'loket-opop';

/** DPAPI of the machine, by the PowerShell that every Windows has; Base64 in and out, because pipes there are text. */
const dpapi = (verb: 'Protect' | 'Unprotect'): ProgramCall => ({
  program: 'powershell.exe',
  args: [
    '-NoProfile',
    '-NonInteractive',
    '-Command',
    'Add-Type -AssemblyName System.Security; ' +
      '$secret = [Convert]::FromBase64String([Console]::In.ReadToEnd().Trim()); ' +
      `[Convert]::ToBase64String([Security.Cryptography.ProtectedData]::${verb}($secret, $null, 'LocalMachine'))`,
  ],
});

const systemdCreds = (verb: 'encrypt' | 'decrypt', program: string): ProgramCall => ({
  program,
  args: [verb, `--name=${CREDENTIAL_NAME}`, '-', '-'],
});

/** Answers what a command prints; throws with its own words when it does not work. */
async function run(command: ProgramCall, input: string | Uint8Array): Promise<Buffer> {
  const { code, out, said } = await runProgram(command, input, { timeoutMs: TIMEOUT_MS });
  if (code === 0) return out;
  throw new Error(`${command.program} ended with ${String(code)}: ${said}`);
}

const fromBase64 = (text: Buffer): Buffer => Buffer.from(text.toString('ascii').trim(), 'base64');

/** The machine's own key store; undefined on a system that has none we know (macOS: use Electron's). */
export function machineSecret(
  platform: NodeJS.Platform,
  systemdCredsProgram = 'systemd-creds',
): MachineSecret | undefined {
  if (platform === 'linux') {
    return {
      wrap: (secret) => run(systemdCreds('encrypt', systemdCredsProgram), secret),
      unwrap: (wrapped) => run(systemdCreds('decrypt', systemdCredsProgram), wrapped),
    };
  }
  if (platform === 'win32') {
    const pass = async (verb: 'Protect' | 'Unprotect', bytes: Uint8Array): Promise<Buffer> =>
      fromBase64(await run(dpapi(verb), Buffer.from(bytes).toString('base64')));
    return { wrap: (secret) => pass('Protect', secret), unwrap: (wrapped) => pass('Unprotect', wrapped) };
  }
  return undefined;
}

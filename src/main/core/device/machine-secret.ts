import { spawn } from 'node:child_process';

/** Wraps a secret so that only this machine opens it. Both throw with the command's own words when it does not work. */
export type MachineSecret = {
  readonly wrap: (secret: Uint8Array) => Promise<Uint8Array>;
  readonly unwrap: (wrapped: Uint8Array) => Promise<Uint8Array>;
};

type Command = { readonly program: string; readonly args: readonly string[] };

const TIMEOUT_MS = 20_000;
/** Bound into the credential: one that was made for another purpose does not open. */
const CREDENTIAL_NAME = 'loket-opop';

/** DPAPI of the machine, by the PowerShell that every Windows has; Base64 in and out, because pipes there are text. */
const dpapi = (verb: 'Protect' | 'Unprotect'): Command => ({
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

const systemdCreds = (verb: 'encrypt' | 'decrypt', program: string): Command => ({
  program,
  args: [verb, `--name=${CREDENTIAL_NAME}`, '-', '-'],
});

/** Runs a command with bytes on its stdin and answers its stdout. The secret is never an argument: arguments are seen by all. */
function run({ program, args }: Command, input: string | Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', timeout: TIMEOUT_MS, windowsHide: true });
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.on('error', reject);
    // A command that ends without reading its input; its exit code says why.
    child.stdin.on('error', () => child.kill());
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new Error(`${program} ended with ${code}: ${Buffer.concat(said).toString('utf8').trim()}`));
    });
    child.stdin.end(input);
  });
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

import { describe, expect, it } from 'vitest';
import { type AskComputer, bootNameOf } from '../../../src/main/core/device/boot-name.ts';
import { computerWithin } from '../../../src/main/core/device/system-ports.ts';

const MONDAY = Date.UTC(2026, 10, 16, 0, 29);
const DAY = 86_400_000;

const KEY =
  'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\\PrefetchParameters';
const registry = (value: string): string => `\r\n${KEY}\r\n    BootId    REG_DWORD    ${value}\r\n\r\n`;

/** A computer that says one thing to everybody; null: nothing came in time, or there is no such program. */
function computer(says: string | null): AskComputer & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = (what: string): string | null => {
    asked.push(what);
    return says;
  };
  return { asked, read: answer, run: ({ program, args }) => answer([program, ...args].join(' ')) };
}

describe('the name of a boot', () => {
  it('is that of the kernel on Linux', () => {
    const linux = computer('3f0c2f6e-6f0e-4a39-9c53-0d6b8f7f2a11\n');
    expect(bootNameOf('linux', linux, MONDAY)).toBe('3f0c2f6e-6f0e-4a39-9c53-0d6b8f7f2a11');
    expect(linux.asked).toEqual(['/proc/sys/kernel/random/boot_id']);
  });

  it('is the boot session of macOS, asked of its own program', () => {
    const mac = computer('8B0A4C6E-1F2D-4E3A-9B8C-7D6E5F4A3B2C\n');
    expect(bootNameOf('darwin', mac, MONDAY)).toBe('8b0a4c6e-1f2d-4e3a-9b8c-7d6e5f4a3b2c');
    expect(mac.asked).toEqual(['/usr/sbin/sysctl -n kern.bootsessionuuid']);
  });

  it('is on Windows the count of its boots, and the hour of this one', () => {
    const windows = computer(registry('0x2a'));
    expect(bootNameOf('win32', windows, MONDAY)).toBe(`windows-42-${String(Math.round(MONDAY / 3_600_000))}`);
    expect(windows.asked).toHaveLength(1);
    expect(windows.asked[0]).toMatch(/^C:\\Windows\\System32\\reg[.]exe query HKLM\\SYSTEM\\.+ \/v BootId$/u);
    expect(bootNameOf('win32', computer(registry('0x2A')), MONDAY)).toBe(bootNameOf('win32', windows, MONDAY));
  });

  it('is another on Windows when the clock was set so that the moment of an earlier boot comes out again', () => {
    expect(bootNameOf('win32', computer(registry('0x2b')), MONDAY)).not.toBe(
      bootNameOf('win32', computer(registry('0x2a')), MONDAY),
    );
  });

  it('is another on Windows on the next day, also where nothing counts the boots any more', () => {
    const tuesday = MONDAY + DAY;
    expect(bootNameOf('win32', computer(registry('0x2a')), tuesday)).not.toBe(
      bootNameOf('win32', computer(registry('0x2a')), MONDAY),
    );
  });

  it('stays in its boot when the clock is put right by seconds', () => {
    const corrected = MONDAY + 6_000;
    expect(bootNameOf('win32', computer(registry('0x2a')), corrected)).toBe(
      bootNameOf('win32', computer(registry('0x2a')), MONDAY),
    );
  });

  it.each<[NodeJS.Platform, string | null]>([
    ['linux', null],
    ['linux', ''],
    ['linux', 'boot'],
    ['darwin', null],
    ['darwin', "sysctl: unknown oid 'kern.bootsessionuuid'\n"],
    ['darwin', '8B0A4C6E-1F2D-4E3A-9B8C-7D6E5F4A3B2C\n8B0A4C6E-1F2D-4E3A-9B8C-7D6E5F4A3B2C\n'],
    ['win32', null],
    ['win32', ''],
    ['win32', 'ERROR: The system was unable to find the specified registry key or value.\r\n'],
    ['win32', registry('')],
    ['win32', registry('0xZZ')],
    ['win32', registry('0x2a').replace('REG_DWORD', 'REG_SZ')],
    ['win32', registry('0x2a').replace('BootId', 'LastBootId')],
    ['freebsd', '3f0c2f6e-6f0e-4a39-9c53-0d6b8f7f2a11'],
  ])('is none on %s that says %j', (platform, says) => {
    expect(bootNameOf(platform, computer(says), MONDAY)).toBeNull();
  });
});

describe('the computer that is asked', () => {
  const node = (script: string) => ({ program: process.execPath, args: ['-e', script] });

  it('says what its program printed; one that fails, is missing or takes too long has said nothing', () => {
    const { run, read } = computerWithin(5_000);
    expect(run(node('console.log("0x2a")'))).toBe('0x2a\n');
    expect(run(node('console.log("0x2a"); process.exitCode = 1'))).toBeNull();
    expect(run({ program: '/nowhere/reg.exe', args: [] })).toBeNull();
    expect(computerWithin(200).run(node('console.log("0x2a"); setTimeout(() => {}, 30_000)'))).toBeNull();
    expect(read('/nowhere/boot_id')).toBeNull();
  });
});

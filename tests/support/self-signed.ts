import { generateKeyPairSync, sign } from 'node:crypto';

/** DER of a tag and its content (X.690), lengths below 64 KiB. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
}

const ED25519 = der(0x30, der(0x06, Buffer.from('2b6570', 'hex')));
const COMMON_NAME = der(0x06, Buffer.from('550403', 'hex'));
const nameOf = (name: string): Buffer =>
  der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from(name, 'utf8')))));
const timeOf = (year: number): Buffer => der(0x18, Buffer.from(`${String(year)}0101000000Z`, 'latin1'));

/** A certificate that nobody vouches for, with its key, made anew for each test: what a captive portal or a spy shows. */
export function selfSigned(name: string): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]));
  const validity = der(0x30, timeOf(2020), timeOf(2049));
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const tbs = der(0x30, version, serial, ED25519, nameOf(name), validity, nameOf(name), spki);
  const certificate = der(0x30, tbs, ED25519, der(0x03, Buffer.from([0]), sign(null, tbs, privateKey)));
  const base64 = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
  };
}

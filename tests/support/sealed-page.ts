import { createCipheriv, createPublicKey, randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import sharp from 'sharp';
import { v7 as uuidV7 } from 'uuid';
import { PAGE_SEAL, pageSealContext } from '../../src/contract/page-seal.ts';
import { REQUEST_HEADERS, SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { type UploadMetadata, UPLOADS_PATH, uploadSigningText } from '../../src/contract/uploads.ts';
import { sha, type TestDevice } from './test-device.ts';

/** A page as a counter seals it; the test's own cryptography. */
export type SealedPage = { readonly metadata: UploadMetadata; readonly bytes: Buffer; readonly jpeg: Buffer };

/** A JPEG with a colour of its own and grain in it, so that it weighs something. */
export async function testJpeg(width = 320, height = 200): Promise<Buffer> {
  const noise = randomBytes(width * height * 3);
  return await sharp(noise, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 70 })
    .toBuffer();
}

export async function sealPage(
  device: TestDevice,
  over: {
    readonly plain?: Uint8Array;
    readonly stream?: string;
    readonly kind?: string;
    readonly key?: Uint8Array;
  } = {},
): Promise<SealedPage> {
  const { stream = uuidV7(), kind = 'stnk' } = over;
  const jpeg = Buffer.from(over.plain ?? (await testJpeg()));
  const [key, nonce] = [randomBytes(PAGE_SEAL.keyBytes), randomBytes(PAGE_SEAL.nonceBytes)];
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(pageSealContext(stream, kind)));
  const sealed = [Buffer.from([PAGE_SEAL.version]), nonce, cipher.update(jpeg), cipher.final(), cipher.getAuthTag()];
  const bytes = Buffer.concat(sealed);
  const { publicKey, keyId } = device.sealingKeyOfProvince();
  const receiver = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: publicKey }, format: 'jwk' });
  const pageKey = await new CompactEncrypt(over.key ?? key)
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: keyId })
    .encrypt(receiver);
  return { metadata: { documentId: sha(bytes), stream, kind, pageKey, sealedTo: keyId }, bytes, jpeg };
}

/** The entry by which a counter says that it took this page. */
export function captured(device: TestDevice, { metadata, bytes }: SealedPage, replaces: string | null = null): void {
  device.append({
    type: 'document.captured',
    stream: metadata.stream,
    body: {
      documentId: metadata.documentId,
      kind: metadata.kind,
      pageNo: 1,
      bytes: bytes.length,
      mediaType: 'image/jpeg',
      width: 320,
      height: 200,
      source: 'camera',
      sealedTo: metadata.sealedTo,
      replaces,
    },
  });
}

type TusAnswer = {
  readonly status: number;
  readonly offset: string | null;
  readonly headers: Headers;
  readonly text: string;
};
type Bend = { readonly headers?: Readonly<Record<string, string>>; readonly signature?: string };

export function uploadMetadataHeader(metadata: Readonly<Record<string, string>>): string {
  return Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

/** The tus client of a test, in its smallest form. `bend` changes what leaves after it was signed. */
export class TusLine {
  readonly #device: TestDevice;
  readonly #origin: string;

  constructor(device: TestDevice, origin: string) {
    this.#device = device;
    this.#origin = origin;
  }

  async send(
    method: 'POST' | 'HEAD' | 'PATCH',
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: Uint8Array,
    bend: Bend = {},
  ): Promise<TusAnswer> {
    const token = this.#device.hello?.linkToken ?? '';
    const text = uploadSigningText({ method, path, token }, headers);
    const answer = await fetch(this.#origin + path, {
      method,
      headers: {
        'tus-resumable': '1.0.0',
        [REQUEST_HEADERS.token]: token,
        [REQUEST_HEADERS.signature]: bend.signature ?? this.#device.sign(SIGNATURE_CONTEXT.request, text),
        ...(body === undefined ? {} : { 'content-type': 'application/offset+octet-stream' }),
        ...headers,
        ...bend.headers,
      },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
    return {
      status: answer.status,
      offset: answer.headers.get('upload-offset'),
      headers: answer.headers,
      text: await answer.text(),
    };
  }

  begin({ metadata, bytes }: SealedPage, over: Readonly<Record<string, string>> = {}, bend?: Bend): Promise<TusAnswer> {
    const headers = {
      'upload-length': String(bytes.length),
      'upload-metadata': uploadMetadataHeader(metadata),
      ...over,
    };
    return this.send('POST', UPLOADS_PATH, headers, undefined, bend);
  }

  head({ metadata }: Pick<SealedPage, 'metadata'>): Promise<TusAnswer> {
    return this.send('HEAD', `${UPLOADS_PATH}/${metadata.documentId}`, {});
  }

  patch({ metadata, bytes }: SealedPage, from: number, to = bytes.length, bend?: Bend): Promise<TusAnswer> {
    const path = `${UPLOADS_PATH}/${metadata.documentId}`;
    return this.send('PATCH', path, { 'upload-offset': String(from) }, bytes.subarray(from, to), bend);
  }

  /** The whole way in two pieces. */
  async upload(page: SealedPage): Promise<TusAnswer> {
    await this.begin(page);
    const half = Math.floor(page.bytes.length / 2);
    await this.patch(page, 0, half);
    return this.patch(page, half);
  }
}

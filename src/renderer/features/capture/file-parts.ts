/** A piece of a file and where it begins. */
export type FilePart = Readonly<{ offset: number; from: number; to: number }>;

/** The pieces of a file of this length, in order; none of them longer than `partBytes`. */
export function partsOf(length: number, partBytes: number): readonly FilePart[] {
  const parts: FilePart[] = [];
  for (let offset = 0; offset < length; offset += partBytes) {
    parts.push({ offset, from: offset, to: Math.min(length, offset + partBytes) });
  }
  return parts;
}

/** A piece of a file could not be read: it was taken away, or the stick was pulled out. */
export class FileUnreadable extends Error {}

/** The bytes of a piece in base64, by the browser's own reader. */
export async function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const text = typeof reader.result === 'string' ? reader.result : '';
      resolve(text.slice(text.indexOf(',') + 1));
    };
    reader.onerror = () => reject(new FileUnreadable());
    reader.readAsDataURL(piece);
  });
}

import sharp from 'sharp';
import { type PictureAnswer, type PictureJob, pictureJobSchema } from './picture-words.ts';

/** A page of a counter has 1,600 pixels on its long side; more than this was made to keep us busy. */
const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 10_000;
const QUALITY = 85;

sharp.cache(false);
sharp.concurrency(1);
// Only the loader of JPEG: what else libvips can read is of no use here.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg'] });

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

const refused = (id: number, verdict: 'NOT_A_PICTURE' | 'TOO_LARGE'): PictureAnswer => ({
  id,
  verdict,
  width: 0,
  height: 0,
  redrawn: null,
});

/** Decodes every pixel: what only looks like a picture fails here and not on a person's screen. */
async function answerOf({ id, job, bytes }: PictureJob): Promise<PictureAnswer> {
  if (!isJpeg(bytes)) return refused(id, 'NOT_A_PICTURE');
  const picture = sharp(bytes, { failOn: 'warning', limitInputPixels: false, sequentialRead: true, pages: 1 });
  const { format, width, height } = await picture.metadata();
  if (format !== 'jpeg') return refused(id, 'NOT_A_PICTURE');
  if (width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE) return refused(id, 'TOO_LARGE');
  const { data, info } = await picture.rotate().raw().toBuffer({ resolveWithObject: true });
  const { channels } = info;
  const raw = { width: info.width, height: info.height, channels };
  const redrawn = job === 'check' ? null : await sharp(data, { raw }).jpeg({ quality: QUALITY }).toBuffer();
  return { id, verdict: 'PICTURE', width: info.width, height: info.height, redrawn };
}

process.on('message', (message: unknown) => {
  const job = pictureJobSchema.parse(message);
  void answerOf(job)
    // Whatever the decoder says of these bytes, they are no picture that anybody can be shown.
    .catch(() => refused(job.id, 'NOT_A_PICTURE'))
    .then((answer) => process.send?.(answer));
});
// Whoever asked is gone.
process.on('disconnect', () => process.exit(0));

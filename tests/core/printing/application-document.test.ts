import { describe, expect, it } from 'vitest';
import { applicationPaper } from '../../../src/main/core/printing/application-document.ts';
import type { PaperDocument } from '../../../src/main/core/printing/paper-document.ts';
import { applicationFacts, SLIP_URL } from '../../support/papers.ts';

const texts = (paper: PaperDocument): readonly string[] =>
  paper.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
const row = (paper: PaperDocument, label: string): string | undefined =>
  paper.blocks.flatMap((block) => (block.kind === 'row' && block.label === label ? [block.value] : []))[0];

describe('the slip of papers that go on to an agency', () => {
  const paper = applicationPaper(applicationFacts(), 0);

  it('says what was received, what is missing, what stays here, who gets it and until when', () => {
    expect(paper.head).toMatchObject({ kind: 'application', title: 'BUKTI TERIMA BERKAS', mark: null });
    expect(row(paper, 'Nomor')).toBe('3506-017-02-3K7-000141-QH');
    expect(row(paper, 'Diteruskan ke')).toBe('Samsat Induk');
    expect(row(paper, 'Perkiraan selesai')).toBe('28 Nov 2026');
    const words = texts(paper);
    const after = (title: string): string | undefined => words[words.indexOf(title) + 1];
    expect(after('Berkas yang diterima:')).toBe('- STNK asli');
    expect(after('BELUM LENGKAP, masih kurang:')).toBe('- BPKB asli');
    expect(after('Tidak diminta, dengan alasan tercatat:')).toBe('- KTP yang diberi kuasa');
    expect(after('Asli yang ditinggal di gerai:')).toBe('- STNK asli');
  });

  it('says that it is not the end, where it stands, and bears the QR that checks without a network', () => {
    expect(texts(paper).join(' ')).toContain('belum berarti permohonan selesai');
    expect(texts(paper)).toContain('Bukti ini belum berarti selesai. Berkas diteruskan ke kantor di atas.');
    expect(row(paper, 'Tahap')).toBe('menunggu kelengkapan');
    expect(row(paper, 'Nomor instansi')).toBe('SI-7/2026');
    expect(paper.blocks).toContainEqual({ kind: 'qr', payload: SLIP_URL, minMm: 25 });
  });

  it('leaves out what there is not, and says on a copy that it is one', () => {
    const none = { received: [], missing: [], waived: [], held: [], nrkb: null, promisedOn: null };
    const bare = applicationPaper(applicationFacts({ ...none, reason: null, agencyNumber: null }), 2);
    expect(bare.head.mark).toBe('SALINAN 2');
    expect(texts(bare).filter((text) => text.endsWith(':') || text.startsWith('- '))).toEqual([]);
    expect(row(bare, 'Perkiraan selesai')).toBeUndefined();
    expect(bare.blocks.some((block) => block.kind === 'plate')).toBe(false);
  });
});

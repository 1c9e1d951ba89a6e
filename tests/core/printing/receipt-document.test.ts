import { describe, expect, it } from 'vitest';
import { rupiah } from '../../../src/domain/rupiah.ts';
import type { Block, PaperDocument } from '../../../src/main/core/printing/paper-document.ts';
import {
  copyPaper,
  finalReceiptPaper,
  quotePaper,
  receiptPaper,
} from '../../../src/main/core/printing/receipt-document.ts';
import { arrivalPaper, handOverPaper, ticketPaper } from '../../../src/main/core/printing/slip-documents.ts';
import {
  arrivalFacts,
  chargesOf,
  finalReceiptFacts,
  handOverFacts,
  PROOF_URL,
  quoteFacts,
  receiptFacts,
  SLIP_URL,
  ticketFacts,
} from '../../support/papers.ts';

const row = (paper: PaperDocument, label: string): string | undefined =>
  paper.blocks.flatMap((block) => (block.kind === 'row' && block.label === label ? [block.value] : []))[0];
const texts = (paper: PaperDocument): readonly string[] =>
  paper.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
const ofKind = <K extends Block['kind']>(paper: PaperDocument, kind: K): readonly Extract<Block, { kind: K }>[] =>
  paper.blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind);

const COPY = { n: 2, reason: 'kertas robek', copiedAt: Date.UTC(2026, 10, 21, 4, 5), copiedBy: 'Budi' };

describe('a provisional receipt', () => {
  const paper = receiptPaper(receiptFacts());

  it('names the outlet, the number, the plate and the period', () => {
    expect(paper.head.outlet).toEqual(['Gerai Ponpes Al-Hikmah', 'Kab. Kediri · 3506-017 · perangkat 2']);
    expect(row(paper, 'Nomor')).toBe('3506-017-02-3K7-000131-X4');
    expect(ofKind(paper, 'plate')).toEqual([{ kind: 'plate', nrkb: 'AG 4321 EØ' }]);
    expect(ofKind(paper, 'charges').map((block) => block.caption)).toEqual(['Jatuh tempo 15 Nov 2025']);
  });

  it('lists Pokok, Sanksi and Jumlah of every component', () => {
    expect(ofKind(paper, 'charges')[0]?.rows).toEqual([
      { label: 'PKB', principal: '180.000', fine: '1.800', amount: '181.800' },
      { label: 'Opsen PKB', principal: '118.800', fine: '1.188', amount: '119.988' },
      { label: 'SWDKLLJ', principal: '35.000', fine: '8.000', amount: '43.000' },
    ]);
  });

  it('says total, rounding, payment, cash and change', () => {
    expect(
      ['Jumlah tagihan', 'Pembulatan', 'BAYAR', 'Uang diterima', 'Kembalian'].map((label) => row(paper, label)),
    ).toEqual(['Rp344.788', '-Rp88', 'Rp344.700', 'Rp350.000', 'Rp5.300']);
  });

  it('says who, when and how far the time can be believed', () => {
    expect(row(paper, 'Petugas')).toBe('Siti Rahmawati');
    expect(row(paper, 'Waktu')).toBe('21 Nov 2026 10.41 WIB');
    expect(texts(paper)).toContain('(waktu cocok dengan Bapenda)');
    expect(texts(receiptPaper(receiptFacts({ timeTrust: 'suspect' })))).toContain(
      '(waktu belum pasti, diperiksa Bapenda)',
    );
  });

  it('prints the first and last four of the head hash, and no more of it', () => {
    expect(row(paper, 'Kode jejak')).toBe('Qm9x .. Zt3K');
    expect(JSON.stringify(paper)).not.toContain('aaaa');
  });

  it('carries the whole proof in a QR of at least 25 mm', () => {
    expect(ofKind(paper, 'qr')).toEqual([{ kind: 'qr', payload: PROOF_URL, minMm: 25 }]);
  });

  it('tells the citizen what he holds, how to check it, what his data is for and whom to complain to', () => {
    const said = texts(paper);
    expect(said).toContain(
      'Uang Anda sudah kami terima. Bukti pelunasan (TBPKP) menyusul setelah dibukukan Bapenda; simpan kertas ini.',
    );
    expect(said.some((text) => text.includes('https://opop.example.go.id/t.'))).toBe(true);
    expect(said).toContain('Data Anda dipakai hanya untuk layanan ini (UU 27/2022).');
    expect(said).toContain('Pengaduan: 0800-1-401401');
    expect(said).toContain('tanpa biaya tambahan');
  });

  it('never says "tanpa biaya tambahan" where the policy asks a fee', () => {
    const facts = receiptFacts();
    const feeFacts = {
      ...facts,
      agentFee: rupiah(2_000),
      payable: rupiah(facts.payable + 2_000),
      tendered: rupiah(facts.tendered + 2_000),
    };
    const withFee = receiptPaper(feeFacts);
    expect(row(withFee, 'Biaya agen')).toBe('Rp2.000');
    expect(row(receiptPaper({ ...feeFacts, agentFeeTo: 'Koperasi An-Nur' }), 'Biaya agen untuk Koperasi An-Nur')).toBe(
      'Rp2.000',
    );
    expect(texts(withFee)).not.toContain('tanpa biaya tambahan');
  });

  it('shows whose figure it is', () => {
    expect(texts(paper).join()).toContain('menurut perkiraan gerai');
    expect(texts(receiptPaper(receiptFacts({ figure: 'penetapan' }))).join()).toContain('menurut penetapan Bapenda');
  });

  it('lists periods oldest first, each with its own lines', () => {
    const lines = [...chargesOf('2026-11-15', 2), ...chargesOf('2025-11-15')];
    const charges = ofKind(receiptPaper(receiptFacts({ lines })), 'charges');
    expect(charges.map((block) => [block.caption, block.rows[0]?.amount])).toEqual([
      ['Jatuh tempo 15 Nov 2025', '181.800'],
      ['Jatuh tempo 15 Nov 2026', '363.600'],
    ]);
  });

  it('is never made from sums that disagree', () => {
    expect(() => receiptPaper(receiptFacts({ total: rupiah(344_789) }))).toThrow(RangeError);
    expect(() => receiptPaper(receiptFacts({ rounding: rupiah(0) }))).toThrow(RangeError);
    expect(() => receiptPaper(receiptFacts({ change: rupiah(5_200) }))).toThrow(RangeError);
    expect(() => quotePaper({ ...quoteFacts(), total: rupiah(1) })).toThrow(RangeError);
    expect(() => finalReceiptPaper({ ...finalReceiptFacts(), total: rupiah(1) })).toThrow(RangeError);
  });
});

describe('a copy', () => {
  it('keeps number and content, says SALINAN n across the head, and names reason, time and person', () => {
    const paper = copyPaper(receiptFacts(), COPY);
    const original = receiptPaper(receiptFacts());
    expect(paper.head.mark).toBe('SALINAN 2');
    expect(original.head.mark).toBeNull();
    expect([row(paper, 'Alasan salinan'), row(paper, 'Penyalin'), row(paper, 'Disalin')]).toEqual([
      'kertas robek',
      'Budi',
      '21 Nov 2026 11.05 WIB',
    ]);
    expect(
      original.blocks.filter((block) => !paper.blocks.some((own) => JSON.stringify(own) === JSON.stringify(block))),
    ).toEqual([]);
  });
});

describe('papers that prove no payment', () => {
  it('a price slip is headed BUKAN BUKTI BAYAR and has no number, no cash and no QR', () => {
    const paper = quotePaper(quoteFacts());
    expect(paper.head.mark).toBe('BUKAN BUKTI BAYAR');
    expect(ofKind(paper, 'qr')).toEqual([]);
    expect([row(paper, 'Nomor'), row(paper, 'Uang diterima'), row(paper, 'Kembalian')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(JSON.stringify(paper)).not.toContain('Uang Anda sudah kami terima');
    expect(texts(paper)).toContain('Jumlah ini berlaku untuk pembayaran tanggal 21 Nov 2026.');
  });

  it('a proof of arrival names day and number, and no money', () => {
    const paper = arrivalPaper(arrivalFacts());
    expect(paper.head.title).toBe('BUKTI KEDATANGAN');
    expect([row(paper, 'Nomor'), row(paper, 'Tiba pada')]).toEqual(['3506-017-02-3K7-000132-QH', '21 Nov 2026']);
    expect(JSON.stringify(paper)).not.toMatch(/Rp\d|sudah kami terima/);
    expect(ofKind(paper, 'qr')[0]?.payload).toBe(SLIP_URL);
    expect(texts(paper)).toContain(
      'Periksa keaslian: pindai QR ini dengan kamera ponsel, atau buka https://opop.example.go.id/t. Bisa tanpa jaringan bila halaman itu pernah disimpan.',
    );
  });

  it('a proof of arrival of a plate that the registry does not know says nothing of its make', () => {
    const unknown = arrivalPaper({ ...arrivalFacts(), make: '', model: '', yearMade: 0 });
    expect(texts(unknown).filter((text) => text?.includes(', 0'))).toEqual([]);
    expect(texts(arrivalPaper(arrivalFacts()))).toContain('Honda Vario 125, 2023');
  });
});

describe('the slip of a hand-over', () => {
  it('names the papers, the day, the kind of taker and the evidence, and leaves room for two signatures', () => {
    const paper = handOverPaper(handOverFacts());
    expect([row(paper, 'Untuk'), row(paper, 'Nomor terkait'), row(paper, 'Diambil oleh')]).toEqual([
      'AG 4321 EØ',
      '3506-017-02-3K7-000131-X4',
      'Wakil pemilik',
    ]);
    expect(texts(paper)).toEqual(
      expect.arrayContaining(['1. STNK asli', '2. KTP pemilik', 'Dasar: surat kuasa bermaterai']),
    );
    expect(texts(paper).filter((text) => text?.startsWith('. . .'))).toHaveLength(2);
    expect(ofKind(paper, 'qr')[0]?.payload).toBe(SLIP_URL);
  });

  it('says nothing of a plate or a number that is not known any more', () => {
    const paper = handOverPaper({ ...handOverFacts(), subject: '', ofNumber: null });
    expect([row(paper, 'Untuk'), row(paper, 'Nomor terkait')]).toEqual([undefined, undefined]);
  });
});

describe('a number of the queue', () => {
  it('stands across the head, and says what an outage means for its holder', () => {
    const paper = ticketPaper(ticketFacts());
    expect([paper.head.title, paper.head.mark]).toEqual(['NOMOR ANTREAN', '12']);
    expect(texts(paper)).toContain(
      'Layanan sedang terputus. Nomor ini tetap berlaku pada hari berikutnya: Anda didahulukan menurut waktu di atas.',
    );
    const walkIn = ticketPaper({ ...ticketFacts(), nrkb: null, reason: 'walk-in', arrivedOn: ticketFacts().on });
    expect(ofKind(walkIn, 'plate')).toEqual([]);
    expect(texts(walkIn)).toContain('Urutan Anda dihitung dari kedatangan 21 Nov 2026.');
  });
});

describe('a final receipt', () => {
  it('names its own number, the receipt that it settles, and the link', () => {
    const paper = finalReceiptPaper(finalReceiptFacts());
    expect([row(paper, 'Nomor TBPKP'), row(paper, 'Untuk TTS'), row(paper, 'Jumlah')]).toEqual([
      'TBPKP/3506/2026/000918',
      '3506-017-02-3K7-000131-X4',
      'Rp344.788',
    ]);
    expect(ofKind(paper, 'qr')[0]?.payload).toBe('https://opop.example.go.id/b/7f3a9c');
  });
});

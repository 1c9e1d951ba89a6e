#!/bin/sh
set -e
data=/var/lib/loket-opop/counter
if [ "$1" = remove ] && [ -e "$data/counter.sqlite" ]; then
  # As the counter's own user: nothing of root's is left in its folder.
  if ! said=$(setpriv --reuid=loket --regid=loket --clear-groups -- /opt/loket-opop/bin/loket status --data "$data" --unsent); then
    {
      echo 'Loket OPOP tidak dihapus: masih ada uang atau berkas yang belum diterima Bapenda, atau datanya tidak dapat dibaca.'
      echo "  $said"
      echo "Data aman di $data; tidak ada yang diubah."
      echo 'Yang dapat dilakukan: sambungkan koneksi dan tunggu Kotak Kirim kosong, atau kirim dengan flashdisk (F10), lalu hapus lagi.'
    } >&2
    exit 1
  fi
fi
if [ -d /run/systemd/system ]; then
  case "$1" in
  remove) systemctl disable --now loket-opop.service ;;
  upgrade) systemctl stop loket-opop.service ;;
  esac
fi

#!/bin/sh
set -e
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
case "$1" in
remove | purge)
  # The journal is evidence: not even a purge takes it. Programs of updates are no evidence.
  rm -rf /var/lib/loket-opop/versions
  [ ! -d /var/lib/loket-opop/counter ] || echo 'Data loket tetap di /var/lib/loket-opop; jurnalnya adalah bukti dan tidak dihapus.'
  ;;
esac

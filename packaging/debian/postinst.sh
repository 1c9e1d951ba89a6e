#!/bin/sh
set -e
if [ "$1" = configure ]; then
  if ! getent passwd loket >/dev/null; then
    # Members of the group may open the counter's page; nobody signs in as this user.
    useradd --system --user-group --home-dir /var/lib/loket-opop --no-create-home --shell /usr/sbin/nologin loket
  fi
  for folder in /var/lib/loket-opop /var/lib/loket-opop/versions; do
    [ -d "$folder" ] || mkdir "$folder"
    chown loket:loket "$folder"
    chmod 0700 "$folder"
  done
  if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    if [ -n "$2" ]; then systemctl try-restart loket-opop.service; else systemctl enable --now loket-opop.service; fi
  fi
fi

#!/usr/bin/env bash
# From process start to /health/ready 200, on an empty data folder and on an existing one, beside the bounds. Median of RUNS (3).
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
./run build
runs=${RUNS:-3}
log=$(mktemp)
failed=0

# ready DATA : milliseconds until ready; the server is stopped again.
ready() {
  local begun address='' pid
  : >"$log"
  begun=$(date +%s%N)
  dotnet artifacts/server/Lastro.Server.dll --contentRoot "$PWD/artifacts/server" --urls http://127.0.0.1:0 --Data "$1" --Market demo >"$log" 2>&1 &
  pid=$!
  for _ in $(seq 1 3000); do
    [ -n "$address" ] || address=$(grep -aom1 'http://127\.0\.0\.1:[1-9][0-9]*' "$log" | head -n1 || true)
    [ -n "$address" ] && [ "$(curl -s -o /dev/null -w '%{http_code}' "$address/health/ready")" = 200 ] && break
    kill -0 $pid 2>/dev/null || { cat "$log" >&2; exit 1; }
    sleep 0.01
  done
  echo $((($(date +%s%N) - begun) / 1000000))
  kill -TERM $pid
  wait $pid || true
}

median() { sort -n | sed -n "$(((runs + 1) / 2))p"; }

line() { # NAME MS BOUND
  printf '%-22s %6s ms   bound %5s ms   %s\n' "$1" "$2" "$3" "$([ "$2" -le "$3" ] && echo ok || echo SLOW)"
  [ "$2" -le "$3" ] || failed=1
}

folder=$(mktemp -d /tmp/lastro-startup-XXXXXX)
chmod 711 "$folder"
trap 'rm -rf "$folder" "$log"' EXIT
empty=$(for run in $(seq "$runs"); do ready "$folder/$run"; done | median)
existing=$(for _ in $(seq "$runs"); do ready "$folder/1"; done | median)
line 'empty data folder' "$empty" 6000
line 'existing data folder' "$existing" 2500
echo "load $(cut -d' ' -f1-3 /proc/loadavg) on $(nproc) cores"
exit $failed

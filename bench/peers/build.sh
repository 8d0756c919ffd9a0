#!/usr/bin/env bash
# Builds the peers that benchmarks compare themselves with, from npm, into artifacts/peers: Tulip's C core (needs npm and gcc).
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
out="$root/artifacts/peers"
mkdir -p "$out"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent tulind@0.8.20 >/dev/null
tar xzf tulind-0.8.20.tgz
gcc -O2 -shared -fPIC -o "$out/libtulip.so" package/external/tiamalgamation.c -lm
echo "$out/libtulip.so"

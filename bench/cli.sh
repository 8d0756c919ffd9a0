#!/usr/bin/env bash
# The whole process of `lastro backtest` over a CSV of a million rows, and over the same packed: RUNS times (5).
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
./run cli
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
awk 'BEGIN { srand(4); p = 30000; print "open_time_ms,open,high,low,close,volume"
  for (i = 0; i < 1000000; i++) {
    o = p; p = o * (1 + (rand() - 0.5) * 0.003); h = (o > p ? o : p) * (1 + rand() * 0.0005); l = (o < p ? o : p) * (1 - rand() * 0.0005)
    printf "%.0f,%.8f,%.8f,%.8f,%.8f,%.8f\n", 1600000000000 + i * 60000, o, h, l, p, rand() * 50
  } }' >"$folder/BTCUSDT_1m.csv"
gzip -k "$folder/BTCUSDT_1m.csv"
cat >"$folder/rsi.json" <<'J'
{ "name": "RSI", "timeframe": "1m", "enter": "rsi(close, 14) < 30", "exit": "rsi(close, 14) > 70", "takeProfit": "15%", "stopLoss": "3%" }
J
TIMEFORMAT='%R %U %S'
for candles in "$folder/BTCUSDT_1m.csv" "$folder/BTCUSDT_1m.csv.gz"; do
  for ((run = 0; run < ${RUNS:-5}; run++)); do
    { time dotnet artifacts/cli/Lastro.Cli.dll backtest --strategy "$folder/rsi.json" --candles "$candles" --json >"$folder/report.json"; } 2>&1
  done | sort -n | awk -v name="$(basename "$candles")" '{ line[NR] = $0 } END { split(line[int((NR + 1) / 2)], s, " "); printf "%-20s median %.2f s, of the processors %.2f s   bound 1.00 s   %s\n", name, s[1], s[2] + s[3], s[1] <= 1 ? "ok" : "SLOW" }'
done
echo "load $(cut -d' ' -f1-3 /proc/loadavg) on $(nproc) cores"

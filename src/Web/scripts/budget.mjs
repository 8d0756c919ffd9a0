// First-load JavaScript of the trade route and every route chunk, gzipped, against their bounds. Reads dist/.vite/manifest.json.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const firstLoadBound = 210
const routeBound = 60
const dist = join(import.meta.dirname, '..', 'dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
const kilobytes = (file) => gzipSync(readFileSync(join(dist, file))).length / 1000

function statics(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) statics(next, seen)
  return seen
}

const sum = (keys) => [...keys].reduce((total, key) => total + kilobytes(manifest[key].file), 0)
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const tradeRoom = 'src/rooms/trade/index.ts'
const shell = statics(entry)
const withTrade = statics(tradeRoom, new Set(shell))
let failed = false

function show(what, size, bound) {
  const over = size > bound
  failed ||= over
  console.log(`${over ? 'OVER ' : 'ok   '} ${what.padEnd(34)} ${size.toFixed(1).padStart(7)} kB gz  (bound ${bound})`)
}

show('first load of /trade', sum(withTrade), firstLoadBound)
for (const key of Object.keys(manifest).filter((name) => /^src\/rooms\/[^/]+\/index\.ts$/.test(name)))
  show(`route ${key.split('/')[2]}`, sum([...statics(key)].filter((part) => !shell.has(part))), routeBound)
for (const [key, chunk] of Object.entries(manifest))
  if (chunk.isDynamicEntry && !/rooms|i18n/.test(key))
    console.log(`      lazy ${key}: ${kilobytes(chunk.file).toFixed(1)} kB gz`)
if (failed) process.exit(1)

// npm run gen                     types from the committed openapi.json
// LASTRO_SERVER=http://… npm run gen   takes the document from a running server first
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const server = process.env.LASTRO_SERVER
if (server) {
  const answer = await fetch(new URL('/openapi/v1.json', server), { signal: AbortSignal.timeout(10_000) })
  if (!answer.ok) throw new Error(`${server} answered ${answer.status} for /openapi/v1.json`)
  const document = await answer.json()
  delete document.servers
  writeFileSync('openapi.json', `${JSON.stringify(document, null, 2)}\n`)
}
execFileSync('node', ['node_modules/openapi-typescript/bin/cli.js', 'openapi.json', '-o', 'src/api/schema.gen.ts'], {
  stdio: 'inherit',
})
const types = readFileSync('src/api/schema.gen.ts', 'utf8')
if (/: (number | string|string | number)\b/.test(types))
  throw new Error('the document types a number loosely; numbers must be strict')

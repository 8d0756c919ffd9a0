// npm run gen: the server's own OpenAPI document, and the client's types from it. Starts the built server
// (LASTRO_SERVER_BINARY, else artifacts/server) for the moment, or asks the one that LASTRO_SERVER names.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const patience = 60_000

async function document(server) {
  const answer = await fetch(new URL('/openapi/v1.json', server), { signal: AbortSignal.timeout(10_000) })
  if (!answer.ok) throw new Error(`${server} answered ${answer.status} for /openapi/v1.json`)
  return answer.json()
}

async function fromOwnServer() {
  const binary = process.env.LASTRO_SERVER_BINARY ?? '../../artifacts/server/Lastro.Server.dll'
  const data = mkdtempSync(join(tmpdir(), 'lastro-gen-'))
  execFileSync('chmod', ['711', data])
  const server = spawn('dotnet', [binary, '--urls', 'http://127.0.0.1:0', '--Data', data, '--Market', 'demo'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  try {
    const address = await new Promise((resolve, reject) => {
      let said = ''
      const limit = setTimeout(
        () => reject(new Error(`The server named no address in ${patience} ms: ${said}`)),
        patience,
      )
      ended.then((code) => reject(new Error(`The server ended with ${code}: ${said}`)))
      server.stdout.on('data', (chunk) => {
        said += chunk
        const found = /listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)
        if (found) {
          clearTimeout(limit)
          resolve(found[1])
        }
      })
    })
    return await document(address)
  } finally {
    server.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
}

const api = process.env.LASTRO_SERVER ? await document(process.env.LASTRO_SERVER) : await fromOwnServer()
delete api.servers
writeFileSync('openapi.json', `${JSON.stringify(api, null, 2)}\n`)
execFileSync('node', ['node_modules/openapi-typescript/bin/cli.js', 'openapi.json', '-o', 'src/api/schema.gen.ts'], {
  stdio: 'inherit',
})
if (/: (number | string|string | number)\b/.test(readFileSync('src/api/schema.gen.ts', 'utf8')))
  throw new Error('the document types a number loosely; numbers must be strict')

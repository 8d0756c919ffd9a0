import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const readyWithinMs = 60_000
const stopWithinMs = 20_000
const keptLines = 60

const repository = resolve(import.meta.dirname, '../../..')

/** The published server: LASTRO_SERVER_BINARY, else what ./run builds. */
function command(): { file: string; args: string[] } {
  const binary = process.env.LASTRO_SERVER_BINARY ?? join(repository, 'artifacts/server/Lastro.Server.dll')
  if (!existsSync(binary)) throw new Error(`no server at ${binary}: run ./run build first`)
  return binary.endsWith('.dll') ? { file: 'dotnet', args: [binary] } : { file: binary, args: [] }
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? done(address.port) : failed(new Error('no port'))))
    })
  })

/** The real server on a fresh data folder and a free port. It can be stopped and started again on both. */
export class RunningServer {
  readonly url: string
  private readonly port: number
  private readonly data = join(tmpdir(), `lastro-e2e-${randomBytes(6).toString('hex')}`)
  private readonly flags: readonly string[]
  private process: ChildProcess | null = null
  private lines: string[] = []

  private constructor(port: number, flags: readonly string[]) {
    this.port = port
    this.url = `http://127.0.0.1:${port}`
    this.flags = flags
  }

  static async begin(flags: readonly string[]): Promise<RunningServer> {
    const server = new RunningServer(await freePort(), flags)
    await server.start()
    return server
  }

  async start(): Promise<void> {
    const { file, args } = command()
    const all = [...args, '--urls', `http://127.0.0.1:${this.port}`, '--Data', this.data, ...this.flags]
    const child = spawn(file, all, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] })
    this.process = child
    const keep = (chunk: Buffer) => {
      this.lines = [...this.lines, ...chunk.toString().split('\n')].slice(-keptLines)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    await this.ready(child)
  }

  private async ready(child: ChildProcess): Promise<void> {
    const end = Date.now() + readyWithinMs
    while (Date.now() < end) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${this.lines.join('\n')}`)
      const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
      if (answer?.ok) return
      await new Promise((next) => setTimeout(next, 200))
    }
    throw new Error(`the server was not ready in ${readyWithinMs} ms:\n${this.lines.join('\n')}`)
  }

  async stop(): Promise<void> {
    const child = this.process
    this.process = null
    if (!child || child.exitCode !== null) return
    const ended = new Promise<void>((done) => child.once('exit', () => done()))
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
    await ended
    clearTimeout(timer)
  }

  async end(): Promise<void> {
    await this.stop()
    rmSync(this.data, { recursive: true, force: true })
  }
}

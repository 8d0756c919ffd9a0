// What every driver has in common: where the server is, and a line of JSON per step.
import { inspect } from 'node:util';

const wanted = ['LASTRO_URL', 'LASTRO_KEY', 'LASTRO_SECRET'];
const missing = wanted.filter((name) => !process.env[name]);
if (missing.length > 0) {
  console.error(`Set ${missing.join(', ')}: a server's Binance address without path, an HMAC key and its secret. See README.md.`);
  process.exit(2);
}

/** The server and the keys. The Ed25519 pair is optional; its steps are left out without it. */
export const given = {
  url: process.env.LASTRO_URL.replace(/\/$/, ''),
  key: process.env.LASTRO_KEY,
  secret: process.env.LASTRO_SECRET,
  edKey: process.env.LASTRO_ED_KEY,
  edSecret: process.env.LASTRO_ED_SECRET,
};

const wholeRunMs = 58_000;
const stepMs = 12_000;
const outcome = { passed: 0, failed: 0 };

setTimeout(() => {
  say({ step: 'whole run', ok: false, ms: wholeRunMs, note: 'not over in time' });
  process.exit(1);
}, wholeRunMs).unref();

// A socket that fails outside a step must not end the run without a word.
process.on('unhandledRejection', (reason) => {
  outcome.failed++;
  say({ step: 'outside any step', ok: false, ms: 0, note: words(reason) });
});

/** Runs one step and says how it went. What it gives back is a note, or nothing. A failed step does not end the run. */
export async function step(name, act) {
  const begun = performance.now();
  let limit;
  try {
    const late = new Promise((_, reject) => {
      limit = setTimeout(() => reject(new Error(`no answer within ${stepMs} ms`)), stepMs);
    });
    const note = await Promise.race([act(), late]);
    outcome.passed++;
    say({ step: name, ok: true, ms: Math.round(performance.now() - begun), note: note === undefined ? '' : String(note) });
  } catch (error) {
    outcome.failed++;
    say({ step: name, ok: false, ms: Math.round(performance.now() - begun), note: words(error) });
  } finally {
    clearTimeout(limit);
  }
}

/** The last line, and the exit code. Clients keep timers and sockets open, so the process is ended. */
export function finish() {
  say({ done: true, ...outcome });
  process.exit(outcome.failed === 0 && outcome.passed > 0 ? 0 : 1);
}

/** Fails with both values when they differ; numbers of a client and texts of the wire are compared by what they say. */
export function same(what, actual, expected) {
  if (actual !== expected) throw new Error(`${what} is ${inspect(actual)}, wanted ${inspect(expected)}`);
}

export function that(what, holds, seen) {
  if (!holds) throw new Error(seen === undefined ? what : `${what}: ${inspect(seen, { depth: 4, breakLength: Infinity })}`);
}

/** The error a call must give. Fails when it succeeds. */
export async function refused(call, fits) {
  let answer;
  try {
    answer = await call();
  } catch (error) {
    that('refused in other words', fits(error), words(error));
    return words(error);
  }
  throw new Error(`accepted: ${inspect(answer, { depth: 2, breakLength: Infinity })}`);
}

/** Asks until the answer fits; the last answer is the failure's words. */
export async function until(what, ask, fits, limitMs = 8_000) {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (performance.now() > end) throw new Error(`${what} never came; at last ${inspect(answer, { depth: 3, breakLength: Infinity }).slice(0, 600)}`);
    await pause(60);
  }
}

export const pause = (ms) => new Promise((go) => setTimeout(go, ms));

/** Everything a socket says, kept in order, to wait for what is wanted. */
export class Heard {
  #all = [];

  hear = (event) => {
    this.#all.push(event);
  };

  get all() {
    return this.#all;
  }

  /** The first event that fits, heard already or to come. */
  first(what, fits, limitMs) {
    const failed = (event) => event?.error !== undefined;
    return until(what, () => this.#all, (all) => all.some(fits) || all.some(failed), limitMs).then((all) => {
      that(what, all.some(fits), all.find(failed));
      return all.find(fits);
    });
  }
}

function say(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function words(error) {
  if (error instanceof Error) return `${error.constructor.name}: ${error.message}`.slice(0, 900);
  if (error?.code !== undefined && error.message !== undefined) return `${error.code} ${error.message} at ${error.requestUrl}`.slice(0, 900);
  return inspect(error, { depth: 4, breakLength: Infinity }).slice(0, 900);
}

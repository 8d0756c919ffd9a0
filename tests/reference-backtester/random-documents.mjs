#!/usr/bin/env node
// node random-documents.mjs --seed N --count 500 [--timeframe 1h] [--without CONSTRUCT ...] > documents.jsonl
// Valid random documents over the whole language, for candle files of the given timeframe. Counts on stderr how often each
// construct came up and fails (exit code 1) when one never did. --without leaves out one of AVOIDABLE.
import { parseArgs } from 'node:util';
import { Maker, OPTIONAL } from './document-maker.mjs';
import { readDocument } from './document.mjs';
import { FUNCTIONS, SERIES } from './functions.mjs';
import { createRandom } from './random.mjs';

/** Everything a document can hold; each must come up at least once. */
export const CONSTRUCTS = [
  ...SERIES, ...[...FUNCTIONS].flatMap(([name, { outputs }]) => (outputs ? outputs.map((output) => `${name}.${output}`) : [name])),
  'number', 'input', 'definition', 'definition in a definition', 'outputs by a definition', 'hidden series', '+', '-', '*', '/', 'minus', '<', '<=', '>', '>=', '==',
  '!=', 'and', 'or', 'not', 'x[n] of a number', 'x[n] of a condition', 'x[n] by input', 'crosses_above', 'crosses_below', 'on a number', 'on a condition',
  'on in an indicator', 'on in on', 'arithmetic in a setting', 'input in a setting', 'indicator of an indicator', 'unknown by division',
  'condition by definition', 'line break', ...OPTIONAL, ...OPTIONAL.map((field) => `no ${field}`),
];

/** What the text does not say outright that the language has: see QUESTIONS.md. */
export const AVOIDABLE = [
  'x[n] of a condition', 'x[n] by input', 'on a condition', 'on in on', 'arithmetic in a setting', 'input in a setting', 'condition by definition',
  'outputs by a definition', 'hidden series', 'unknown by division', 'line break', '==', '!=',
];

export function randomDocuments(seed, count, fileTimeframe = '1h', without = []) {
  const counts = new Map(CONSTRUCTS.filter((name) => !without.includes(name)).map((name) => [name, 0]));
  const random = createRandom(seed);
  const documents = Array.from({ length: count }, (_, i) => new Maker(random, counts, fileTimeframe).document(`random ${seed}-${i + 1}`));
  documents.forEach(readDocument); // throws when one is not valid
  return { documents, counts };
}

function main() {
  const text = { type: 'string' };
  let options;
  try {
    options = parseArgs({ options: { seed: text, count: text, timeframe: text, without: { ...text, multiple: true } } }).values;
    for (const construct of options.without ?? []) if (!AVOIDABLE.includes(construct)) throw new Error(`--without takes one of: ${AVOIDABLE.join(', ')}`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  const { seed = '1', count = '500', timeframe = '1h', without } = options;
  const { documents, counts } = randomDocuments(Number(seed), Number(count), timeframe, without);
  process.stdout.write(documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
  process.stderr.write(`${[...counts].map(([name, times]) => `${name} ${times}`).join(', ')}\n`);
  const missing = [...counts].filter(([, times]) => times === 0).map(([name]) => name);
  if (!missing.length) return 0;
  process.stderr.write(`never came up: ${missing.join(', ')}\n`);
  return 1;
}

if (process.argv[1]?.endsWith('random-documents.mjs')) process.exitCode = main();

#!/usr/bin/env node
// node cli.mjs RECORDING ORDERS.json [--decision name=value ...] > fills.json
import { readFileSync } from 'node:fs';
import { match } from './matcher.mjs';
import { readRecording } from './recording.mjs';

const overrides = {};
const files = [];
const args = process.argv.slice(2);
while (args.length) {
  const arg = args.shift();
  if (arg === '--decision') {
    const [name, value] = (args.shift() ?? '').split('=');
    overrides[name] = value;
  } else files.push(arg);
}
if (files.length !== 2) {
  process.stderr.write('usage: node cli.mjs RECORDING ORDERS.json [--decision name=value ...] > fills.json\n');
  process.exit(2);
}
try {
  const answer = match(readRecording(files[0]), JSON.parse(readFileSync(files[1], 'utf8')), overrides);
  process.stdout.write(JSON.stringify(answer, null, 1) + '\n');
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

#!/usr/bin/env node
// See README.md. Exit code 0 done, 1 refused (one line on stderr), 2 wrong usage.
import { readFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CandleFile, readCandles } from './candles.mjs';
import { check, Scope } from './check-expression.mjs';
import { Frame } from './evaluate.mjs';
import { parse } from './parse.mjs';
import { read } from './readings.mjs';
import { Refusal } from './refusal.mjs';
import { backtest } from './run.mjs';
import { TIMEFRAMES } from './timeframes.mjs';

const USAGE = `node backtest.mjs --strategy FILE | --documents FILE.jsonl | --expression TEXT ... --candles FILE[.gz]
  [--cash 10000] [--fee 0.001] [--slippage 0] [--from ISO] [--to ISO] [--reading psar=wilder] [--reading supertrend=close]
`;
const text = { type: 'string' };

function main() {
  let options;
  try {
    options = parseArgs({
      options: {
        strategy: text, documents: text, expression: { ...text, multiple: true }, candles: text,
        cash: text, fee: text, slippage: text, from: text, to: text, reading: { ...text, multiple: true },
      },
    }).values;
    if (!options.candles || [options.strategy, options.documents, options.expression].filter(Boolean).length !== 1) throw new Error('');
    options.settings = readSettings(options);
    for (const reading of options.reading ?? []) read(reading);
  } catch (error) {
    process.stderr.write(`${error.message}\n${USAGE}`);
    return 2;
  }
  let reading = options.candles;
  try {
    const file = new CandleFile(readCandles(options.candles));
    reading = options.strategy ?? options.documents ?? 'expression';
    if (options.strategy) print(JSON.stringify(backtest(JSON.parse(readFileSync(options.strategy, 'utf8')), file, options.settings)));
    else if (options.documents) runAll(readFileSync(options.documents, 'utf8'), file, options.settings);
    else printColumns(options.expression, file);
    return 0;
  } catch (error) {
    process.stderr.write(`${reading}: ${error instanceof Refusal || error instanceof SyntaxError ? error : error.stack}\n`);
    return 1;
  }
}

function readSettings(options) {
  const settings = {};
  for (const name of ['cash', 'fee', 'slippage']) {
    if (options[name] === undefined) continue;
    settings[name] = Number(options[name]);
    const isRight = name === 'cash' ? settings.cash > 0 : settings[name] >= 0 && settings[name] < 1;
    if (!isRight || !Number.isFinite(settings[name]) || options[name].trim() === '') throw new Error(`--${name} ${options[name]}`);
  }
  for (const name of ['from', 'to']) {
    if (options[name] === undefined) continue;
    // A time without zone is UTC.
    settings[name] = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(options[name]) || !options[name].includes('T') ? options[name] : `${options[name]}Z`);
    if (Number.isNaN(settings[name])) throw new Error(`--${name} ${options[name]}`);
  }
  return settings;
}

/** One document a line in, one report a line out: {line, report} or {line, refused: {message, field, line, column}}. */
function runAll(lines, file, settings) {
  lines.split('\n').forEach((document, i) => {
    if (document.trim() === '') return;
    print(JSON.stringify({ line: i + 1, ...answer(document, file, settings) }));
  });
}

function answer(document, file, settings) {
  try {
    return { report: backtest(JSON.parse(document), file, settings) };
  } catch (error) {
    if (error instanceof Refusal) return { refused: { message: error.message, field: error.field, line: error.line, column: error.column } };
    if (error instanceof SyntaxError) return { refused: { message: error.message } };
    throw error;
  }
}

/** CSV: open_time_ms and a column for each expression, empty where unknown; in the file's own timeframe. */
function printColumns(expressions, file) {
  const timeframe = [...TIMEFRAMES].find(([, length]) => length >= (file.step ?? 0))?.[0] ?? '1M';
  const scope = new Scope(new Map(), new Map());
  const frame = new Frame(file, timeframe, scope);
  const columns = expressions.map((expression) => {
    const tree = parse(expression);
    if (Array.isArray(check(tree, expression, scope, timeframe))) throw new Refusal(`${expression}: choose an output`);
    return frame.evaluate(tree).values;
  });
  print(['open_time_ms', ...expressions.map((expression) => `"${expression.replaceAll('"', '""')}"`)].join());
  frame.candles.forEach((candle, i) => print([candle.time, ...columns.map(({ [i]: value }) => (value === null || Number.isNaN(value) ? '' : value))].join()));
}

/** Synchronous: a pipe must have it all before the process ends. */
function print(line) {
  let bytes = Buffer.from(`${line}\n`);
  while (bytes.length) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

process.exitCode = main();

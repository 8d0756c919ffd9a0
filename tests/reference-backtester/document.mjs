// A strategy document: JSON -> checked rules.
import { check, Scope, within } from './check-expression.mjs';
import { KEYWORDS, parse } from './parse.mjs';
import { Refusal } from './refusal.mjs';
import { TIMEFRAMES } from './timeframes.mjs';

const FIELDS = ['name', 'timeframe', 'inputs', 'define', 'enter', 'exit', 'size', 'takeProfit', 'stopLoss', 'trailingStop', 'maxBars', 'cooldownBars'];
const NAME = /^[A-Za-z_]\w*$/;
const PERCENT = /^(\d+(?:\.\d+)?)%$/;

export function readDocument(json) {
  const refuse = (field, message) => { throw new Refusal(message, { field }); };
  if (!isObject(json)) refuse(undefined, 'a document is an object');
  for (const field of Object.keys(json)) if (!FIELDS.includes(field)) refuse(field, 'unknown field');
  if (json.name !== undefined && typeof json.name !== 'string') refuse('name', 'must be a text');
  if (!TIMEFRAMES.has(json.timeframe)) refuse('timeframe', `unknown timeframe ${json.timeframe}`);

  const inputs = readNames(json.inputs, 'inputs', 'a finite number', (value) => Number.isFinite(value));
  const texts = readNames(json.define, 'define', 'a text', (value) => typeof value === 'string');
  for (const name of texts.keys()) if (inputs.has(name)) refuse(`define.${name}`, 'is an input too');
  const scope = new Scope(inputs, texts);
  for (const name of texts.keys()) scope.kindOf(name, json.timeframe);

  return {
    name: json.name ?? '',
    timeframe: json.timeframe,
    inputs,
    scope,
    enter: readCondition(json.enter, 'enter', scope, json.timeframe) ?? refuse('enter', 'is missing'),
    exit: readCondition(json.exit, 'exit', scope, json.timeframe),
    size: readShare(json.size, 'size', (share) => share <= 1) ?? 1,
    takeProfit: readShare(json.takeProfit, 'takeProfit', () => true),
    stopLoss: readShare(json.stopLoss, 'stopLoss', (share) => share < 1),
    trailingStop: readShare(json.trailingStop, 'trailingStop', (share) => share < 1),
    maxBars: readCount(json.maxBars, 'maxBars', 1),
    cooldownBars: readCount(json.cooldownBars, 'cooldownBars', 0) ?? 0,
  };
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isAbsent = (value) => value === undefined || value === null;

function readNames(json, field, wanted, isRight) {
  if (isAbsent(json)) return new Map();
  if (!isObject(json)) throw new Refusal('must be an object', { field });
  for (const [name, value] of Object.entries(json)) {
    const of = { field: `${field}.${name}` };
    if (!NAME.test(name)) throw new Refusal('is not a name', of);
    if (KEYWORDS.includes(name)) throw new Refusal('is a word of the language', of);
    if (!isRight(value)) throw new Refusal(`must be ${wanted}`, of);
  }
  return new Map(Object.entries(json));
}

function readCondition(text, field, scope, timeframe) {
  if (isAbsent(text)) return null;
  if (typeof text !== 'string') throw new Refusal('must be a text', { field });
  return within(field, () => {
    const tree = parse(text);
    if (check(tree, text, scope, timeframe) !== 'condition') throw new Refusal('a condition is needed here', { line: 1, column: 1 });
    return tree;
  });
}

/** "15%" -> 15/100. */
function readShare(text, field, isRight) {
  if (isAbsent(text)) return null;
  const match = typeof text === 'string' && PERCENT.exec(text);
  if (!match) throw new Refusal('must be a percentage such as "15%"', { field });
  const share = Number(match[1]) / 100;
  if (!(share > 0 && Number.isFinite(share) && isRight(share))) throw new Refusal(`${text} is out of range`, { field });
  return share;
}

function readCount(value, field, least) {
  if (isAbsent(value)) return null;
  if (!Number.isInteger(value) || value < least) throw new Refusal(`must be a whole number from ${least}`, { field });
  return value;
}

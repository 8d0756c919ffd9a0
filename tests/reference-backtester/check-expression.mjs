// Names, counts and types of a parsed expression. Kinds: 'number', 'condition', or the list of output names of one call.
import { FUNCTIONS, LEAST, SERIES } from './functions.mjs';
import { parse, place } from './parse.mjs';
import { Refusal } from './refusal.mjs';
import { TIMEFRAMES } from './timeframes.mjs';

const CROSSES = ['crosses_above', 'crosses_below'];
const MOST_ROWS = 100000;

/** What expressions may name. A definition is {text, tree}; it is checked in the timeframe it is used in. */
export class Scope {
  #kinds = new Map();
  #open = new Set();

  constructor(inputs, texts) {
    this.inputs = inputs; // Map name -> number
    this.definitions = new Map([...texts].map(([name, text]) => [name, within(`define.${name}`, () => ({ text, tree: parse(text) }))]));
  }

  kindOf(name, timeframe) {
    const key = `${name} ${timeframe}`;
    if (this.#kinds.has(key)) return this.#kinds.get(key);
    if (this.#open.has(name)) throw new Error('a definition that needs itself');
    this.#open.add(name);
    const { text, tree } = this.definitions.get(name);
    const kind = within(`define.${name}`, () => check(tree, text, this, timeframe));
    this.#open.delete(name);
    this.#kinds.set(key, kind);
    return kind;
  }

  isOpen(name) {
    return this.#open.has(name);
  }
}

/** Adds the field to a refusal that has none. */
export function within(field, action) {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refusal) error.field ??= field;
    throw error;
  }
}

/** Kind of an expression; throws a Refusal with line and column. Leaves `settings` (the constants) on calls and `count` on x[n]. */
export function check(tree, text, scope, timeframe) {
  const refuse = (at, message) => { throw new Refusal(message, place(text, at)); };
  const need = (node, kind, frame) => {
    const found = kindOf(node, frame);
    if (found !== kind) refuse(node.at, `a ${kind} is needed here, not ${Array.isArray(found) ? `several outputs (${found.join(', ')})` : `a ${found}`}`);
  };

  function constant(node, what) {
    const value = constantOf(node, scope);
    if (value === null) refuse(node.at, `${what} must be constant`);
    return value;
  }

  function kindOf(node, frame) {
    switch (node.type) {
      case 'number': return 'number';
      case 'string': return refuse(node.at, 'a text is only the first argument of on');
      case 'name': return named(node, frame);
      case 'minus': need(node.of, 'number', frame); return 'number';
      case 'not': need(node.of, 'condition', frame); return 'condition';
      case 'binary': {
        const kind = node.sign === 'and' || node.sign === 'or' ? 'condition' : 'number';
        need(node.left, kind, frame);
        need(node.right, kind, frame);
        return kind;
      }
      case 'compare': need(node.left, 'number', frame); need(node.right, 'number', frame); return 'condition';
      case 'ago': return ago(node, frame);
      case 'output': {
        const outputs = kindOf(node.of, frame);
        if (!Array.isArray(outputs)) refuse(node.nameAt, `a ${outputs} has no outputs`);
        if (!outputs.includes(node.name)) refuse(node.nameAt, `no output ${node.name}, there are ${outputs.join(', ')}`);
        return 'number';
      }
      default: return call(node, frame);
    }
  }

  function named(node, frame) {
    // An input or a definition hides the candle's value of the same name: the document of INTERFACES has inputs low and high.
    if (scope.inputs.has(node.name)) return 'number';
    if (!scope.definitions.has(node.name)) return SERIES.includes(node.name) ? 'number' : refuse(node.at, `unknown name ${node.name}`);
    if (scope.isOpen(node.name)) refuse(node.at, `${node.name} needs itself`);
    return scope.kindOf(node.name, frame);
  }

  function ago(node, frame) {
    const kind = kindOf(node.of, frame);
    if (Array.isArray(kind)) refuse(node.at, `choose an output: ${kind.join(', ')}`);
    need(node.rows, 'number', frame);
    node.count = constant(node.rows, 'the number of rows');
    if (!Number.isInteger(node.count) || node.count < 0 || node.count > MOST_ROWS) refuse(node.rows.at, `the number of rows must be a whole number from 0 to ${MOST_ROWS}`);
    return kind;
  }

  function call(node, frame) {
    if (CROSSES.includes(node.name)) {
      count(node, 2);
      node.args.forEach((arg) => need(arg, 'number', frame));
      return 'condition';
    }
    if (node.name === 'on') return other(node, frame);
    const described = FUNCTIONS.get(node.name);
    if (!described) refuse(node.at, `unknown function ${node.name}`);
    count(node, described.takes.length);
    node.settings = [];
    [...described.takes].forEach((takes, i) => {
      need(node.args[i], 'number', frame);
      if (takes !== 's') node.settings.push(setting(node, node.args[i], takes));
    });
    return described.outputs ?? 'number';
  }

  function count(node, wanted) {
    if (node.args.length !== wanted) refuse(node.at, `${node.name} takes ${wanted} arguments, not ${node.args.length}`);
  }

  function setting(node, arg, takes) {
    const value = constant(arg, `this argument of ${node.name}`);
    if (takes === 'k') return value > 0 ? value : refuse(arg.at, 'must be above 0');
    const least = LEAST.get(node.name) ?? 1;
    if (!Number.isInteger(value) || value < least || value > MOST_ROWS) refuse(arg.at, `must be a whole number from ${least} to ${MOST_ROWS}`);
    return value;
  }

  function other(node, frame) {
    count(node, 2);
    const [first, expression] = node.args;
    if (first.type !== 'string') refuse(first.at, 'the first argument of on is a timeframe in quotes');
    if (!TIMEFRAMES.has(first.value)) refuse(first.at, `unknown timeframe ${first.value}`);
    if (TIMEFRAMES.get(first.value) < TIMEFRAMES.get(frame)) refuse(first.at, `${first.value} is finer than ${frame}`);
    const kind = kindOf(expression, first.value);
    if (Array.isArray(kind)) refuse(expression.at, `choose an output: ${kind.join(', ')}`);
    return kind;
  }

  return kindOf(tree, timeframe);
}

/** Value of an expression of numbers, inputs and definitions of them; null when it is not constant or not finite. */
export function constantOf(node, scope) {
  if (node.type === 'number') return node.value;
  if (node.type === 'name' && scope.inputs.has(node.name)) return scope.inputs.get(node.name);
  if (node.type === 'name' && scope.definitions.has(node.name)) return constantOf(scope.definitions.get(node.name).tree, scope);
  if (node.type === 'minus') return negated(constantOf(node.of, scope));
  if (node.type !== 'binary' || !(node.sign in ARITHMETIC)) return null;
  const [left, right] = [constantOf(node.left, scope), constantOf(node.right, scope)];
  if (left === null || right === null) return null;
  const value = ARITHMETIC[node.sign](left, right);
  return Number.isFinite(value) ? value : null;
}

const negated = (value) => (value === null ? null : -value);
export const ARITHMETIC = { '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b };

// A checked tree -> values, row by row of one timeframe.
// A number series is {values: Float64Array (NaN unknown), exact}; a condition is {values: [true | false | null (unknown)]}.
import { ARITHMETIC, constantOf } from './check-expression.mjs';
import { EXACT, FUNCTIONS } from './functions.mjs';
import { make } from './series.mjs';

const COMPARE = {
  '<': (a, b) => a < b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '>=': (a, b) => a >= b, '==': (a, b) => a === b, '!=': (a, b) => a !== b,
};

// Three-valued logic.
const and = (a, b) => (a === false || b === false ? false : a === null || b === null ? null : true);
const or = (a, b) => (a === true || b === true ? true : a === null || b === null ? null : false);
const not = (a) => (a === null ? null : !a);

/**
 * What hangs on the last digits of a computed value: another order of summing may decide it otherwise. Near is 1e-9 of the
 * values or, where they are what is left of larger ones, 1e-12 of the largest the series have.
 */
const largest = (values) => values.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
function nearness(a, b) {
  const rest = 1e-12 * Math.max(largest(a), largest(b));
  return (x, y) => Math.abs(x - y) <= Math.max(rest, 1e-9 * Math.max(Math.abs(x), Math.abs(y)));
}

export class Frame {
  #others;
  #values = new Map();

  /** `nearTies` is one counter for all frames of a run. */
  constructor(file, timeframe, scope, nearTies = { count: 0 }, others = new Map()) {
    Object.assign(this, { file, timeframe, scope, nearTies });
    this.candles = file.candles(timeframe);
    this.length = this.candles.length;
    this.series = {};
    for (const name of ['open', 'high', 'low', 'close', 'volume']) this.series[name] = make(this.length, (i) => this.candles[i][name]);
    const { high, low, close } = this.series;
    this.series.hl2 = make(this.length, (i) => (high[i] + low[i]) / 2);
    this.series.hlc3 = make(this.length, (i) => (high[i] + low[i] + close[i]) / 3);
    this.#others = others.set(timeframe, this);
  }

  other(timeframe) {
    return this.#others.get(timeframe) ?? new Frame(this.file, timeframe, this.scope, this.nearTies, this.#others);
  }

  evaluate(node) {
    if (!this.#values.has(node)) this.#values.set(node, this.#compute(node));
    return this.#values.get(node);
  }

  #compute(node) {
    switch (node.type) {
      case 'number': return this.#constant(node.value);
      case 'name': return this.#named(node.name);
      case 'minus': {
        const { values, exact } = this.evaluate(node.of);
        return { values: make(this.length, (i) => -values[i]), exact };
      }
      case 'not': return { values: this.evaluate(node.of).values.map(not) };
      case 'binary': return this.#binary(node);
      case 'compare': return this.#compare(this.evaluate(node.left), this.evaluate(node.right), node.sign);
      case 'ago': return this.#ago(this.evaluate(node.of), node.count);
      case 'output': return this.evaluate(node.of)[node.name];
      default: return this.#call(node);
    }
  }

  #constant(value) {
    return { values: new Float64Array(this.length).fill(value), exact: true };
  }

  #named(name) {
    if (this.scope.inputs.has(name)) return this.#constant(this.scope.inputs.get(name));
    const definition = this.scope.definitions.get(name);
    return definition ? this.evaluate(definition.tree) : { values: this.series[name], exact: true };
  }

  #binary({ sign, left, right }) {
    const [a, b] = [this.evaluate(left), this.evaluate(right)];
    if (sign === 'and' || sign === 'or') return { values: a.values.map((value, i) => (sign === 'and' ? and : or)(value, b.values[i])) };
    if (sign === '/' && !b.exact) {
      const isZero = nearness(b.values, b.values);
      this.nearTies.count += b.values.filter((value) => isZero(value, 0)).length;
    }
    return { values: make(this.length, (i) => ARITHMETIC[sign](a.values[i], b.values[i])), exact: a.exact && b.exact };
  }

  #compare(a, b, sign) {
    const isNear = a.exact && b.exact ? () => false : nearness(a.values, b.values);
    const values = Array.from(a.values, (left, i) => {
      const right = b.values[i];
      if (Number.isNaN(left) || Number.isNaN(right)) return null;
      if (isNear(left, right)) this.nearTies.count++;
      return COMPARE[sign](left, right);
    });
    return { values };
  }

  #ago({ values, exact }, rows) {
    if (Array.isArray(values)) return { values: values.map((_, i) => (i >= rows ? values[i - rows] : null)) };
    return { values: make(this.length, (i) => (i >= rows ? values[i - rows] : NaN)), exact };
  }

  #call(node) {
    if (node.name === 'on') return this.#on(node.args[0].value, node.args[1]);
    if (node.name.startsWith('crosses_')) return this.#crosses(node);
    const { takes, candles, compute } = FUNCTIONS.get(node.name);
    const inputs = candles ? [this.series] : node.args.slice(0, 1).map((arg) => this.evaluate(arg));
    const settings = node.args.slice(takes.lastIndexOf('s') + 1).map((arg) => constantOf(arg, this.scope));
    const answer = compute(...(candles ? inputs : inputs.map((input) => input.values)), ...settings);
    const exact = EXACT.has(node.name) && (candles || inputs[0].exact);
    if (answer instanceof Float64Array) return { values: answer, exact };
    return Object.fromEntries(Object.entries(answer).map(([name, values]) => [name, { values, exact: exact || name === 'trend' }]));
  }

  /** a[1] <= b[1] and a > b; mirrored below. */
  #crosses(node) {
    const [a, b] = node.args.map((arg) => this.evaluate(arg));
    const [before, now] = node.name === 'crosses_above' ? ['<=', '>'] : ['>=', '<'];
    const earlier = this.#compare(this.#ago(a, 1), this.#ago(b, 1), before).values;
    return { values: this.#compare(a, b, now).values.map((value, i) => and(earlier[i], value)) };
  }

  /** Shows the last candle of the other timeframe whose end is at or before this candle's close. */
  #on(timeframe, expression) {
    const other = this.other(timeframe);
    const { values, exact } = other.evaluate(expression);
    const shown = Array.isArray(values) ? new Array(this.length).fill(null) : new Float64Array(this.length).fill(NaN);
    let last = -1;
    for (let i = 0; i < this.length; i++) {
      while (last + 1 < other.length && other.candles[last + 1].end <= this.candles[i].end) last++;
      if (last >= 0) shown[i] = values[last];
    }
    return { values: shown, exact };
  }
}

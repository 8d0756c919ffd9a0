// Makes one valid random document; counts what it uses. See random-documents.mjs.
import { FUNCTIONS } from './functions.mjs';
import { TIMEFRAMES } from './timeframes.mjs';

export const OPTIONAL = ['exit', 'size', 'takeProfit', 'stopLoss', 'trailingStop', 'maxBars', 'cooldownBars'];

/** Functions by the size of what they give: a price, percent from 0 to 100, or around zero. */
const BY_PRICE = ['sma', 'ema', 'wma', 'rma', 'hma', 'dema', 'tema', 'highest', 'lowest'];
const PRICE_CANDLES = [['keltner', 'upper', 'middle', 'lower'], ['donchian', 'upper', 'middle', 'lower'], ['supertrend', 'line'], ['psar'], ['vwap'], ['ichimoku', 'conversion', 'base', 'spanA', 'spanB']];
const PERCENT = [['mfi'], ['stoch', 'k', 'd'], ['adx', 'adx', 'plus', 'minus'], ['aroon', 'up', 'down']];
const CENTERED = ['roc', 'change', 'zscore'];

export class Maker {
  constructor(random, counts, fileTimeframe) {
    const names = [...TIMEFRAMES.keys()];
    const coarser = names.slice(names.indexOf(fileTimeframe));
    Object.assign(this, { random, counts, inputs: {}, define: {}, kinds: {}, depth: 0 });
    this.timeframe = random.chance(0.6) ? fileTimeframe : random.pick(coarser.slice(0, 5));
    this.frames = [this.timeframe];
    this.timeframes = coarser.filter((name) => name !== '1M');
  }

  count(construct, text) {
    if (!this.counts.has(construct)) throw new Error(`not in the list: ${construct}`);
    this.counts.set(construct, this.counts.get(construct) + 1);
    return text;
  }

  has(construct) {
    return this.counts.has(construct);
  }

  document(name) {
    const { random } = this;
    const inputs = this.has('hidden series') ? ['length', 'low', 'high', 'back'] : ['length', 'lower', 'upper', 'back'];
    for (const input of inputs) if (random.chance(0.5)) this.inputs[input] = this.inputValue(input);
    for (let i = random.integer(0, 4); i > 0; i--) this.addDefinition(`d${i}`);
    const document = { name, timeframe: this.timeframe, inputs: this.inputs, define: this.define, enter: this.rule() };
    const percent = (low, high, step) => `${Number((random.integer(low, high) * step).toFixed(2))}%`;
    const fields = {
      exit: () => this.rule(), size: () => percent(1, 20, 5), takeProfit: () => percent(2, 60, 0.5), stopLoss: () => percent(1, 30, 0.5),
      trailingStop: () => percent(2, 30, 0.5), maxBars: () => random.integer(1, 60), cooldownBars: () => random.integer(0, 12),
    };
    for (const field of OPTIONAL) {
      const has = random.chance(field === 'exit' ? 0.85 : 0.45);
      this.count(has ? field : `no ${field}`);
      if (has) document[field] = fields[field]();
      else if (random.chance(0.3) && field !== 'cooldownBars' && field !== 'size' && field !== 'exit') document[field] = null;
    }
    return document;
  }

  inputValue(input) {
    const [low, high] = { length: [2, 40], low: [15, 45], lower: [15, 45], high: [55, 85], upper: [55, 85], back: [1, 5] }[input];
    return this.random.integer(low, high);
  }

  addDefinition(name) {
    const { random } = this;
    const before = this.counts.get('definition');
    const kind = random.pick([
      'price', 'percent', 'centered', ...(this.has('condition by definition') ? ['condition'] : []), ...(this.has('outputs by a definition') ? ['outputs'] : []),
    ]);
    let text;
    if (kind === 'outputs') {
      const [func, outputs] = random.pick([['bollinger', 'price'], ['macd', 'centered'], ['adx', 'percent'], ['donchian', 'price']]);
      text = this.callOf(func);
      this.kinds[name] = { func, kind: outputs };
    } else {
      text = kind === 'condition' ? this.condition() : this.value(kind);
      this.kinds[name] = { kind };
      if (kind === 'condition') this.count('condition by definition');
    }
    if (this.counts.get('definition') > before) this.count('definition in a definition');
    this.kinds[name].looksElsewhere = text.includes('on("') || Object.keys(this.kinds).some((other) => this.kinds[other].looksElsewhere && text.includes(other));
    this.define[name] = text;
  }

  /** A whole rule, now and then on two lines. */
  rule() {
    const text = this.condition();
    return this.has('line break') && this.random.chance(0.1) && text.includes(' ') ? this.count('line break', text.replace(' ', '\n  ')) : text;
  }

  condition() {
    const { random } = this;
    if (++this.depth > 4) {
      this.depth--;
      return this.comparison();
    }
    const make = random.pick([
      () => this.comparison(), () => this.comparison(), () => this.comparison(), () => this.cross(), () => this.cross(),
      () => this.count('and', `${this.part()} and ${this.part()}`), () => this.count('or', `${this.part()} or ${this.part()}`),
      () => this.count('not', `not ${this.part()}`),
      () => this.has('x[n] of a condition') && this.count('x[n] of a condition', `(${this.condition()})[${this.rows()}]`),
      () => this.has('on a condition') && this.onFrame('on a condition', () => this.condition()),
      () => this.defined('condition'),
      () => this.has('unknown by division') && this.maybeUnknown(), () => this.exactComparison(), () => this.busy(),
    ]);
    const text = make() || this.comparison();
    this.depth--;
    return text;
  }

  part() {
    const text = this.condition();
    return /\b(or|and|not)\b/.test(text) ? `(${text})` : text;
  }

  comparison() {
    const kind = this.random.pick(['price', 'percent', 'centered']);
    const sign = this.random.pick(['<', '<=', '>', '>=']);
    return this.count(sign, `${this.value(kind)} ${sign} ${this.other(kind)}`);
  }

  /** Equality only of what is counted or picked, not averaged. */
  exactComparison() {
    const signs = ['==', '!='].filter((sign) => this.has(sign));
    if (!signs.length) return null;
    const sign = this.random.pick(signs);
    return this.count(sign, this.random.pick([
      () => `${this.callOf('supertrend')}.${this.count('supertrend.trend', 'trend')} ${sign} ${this.number('1')}`,
      () => `${this.callOf('aroon')}.${this.count('aroon.up', 'up')} ${sign} ${this.number('100')}`,
      () => `${this.callOf('donchian')}.${this.count('donchian.upper', 'upper')} ${sign} ${this.name('high')}`,
      () => `${this.name('volume')} ${sign} ${this.name('volume')}[1]`,
    ])());
  }

  /** Unknown wherever the divisor is 0. */
  maybeUnknown() {
    const divisor = this.random.pick(['(high - low)', 'change(close, 1)', '(close - open)', 'volume']);
    for (const word of divisor.match(/high|low|close|open|volume/g)) if (word in this.inputs) return this.comparison();
    return this.count('unknown by division', `ema(${this.count('/', `(${this.name('close')} - ${this.name('open')}) / ${divisor}`)}, ${this.count('ema', this.length())}) > ${this.number('0.1')}`);
  }

  busy() {
    const volume = () => this.name('volume');
    return this.count('>', `${volume()} > ${this.count('*', this.number('1.3'))} * ${this.count('sma', `sma(${volume()}, ${this.length()})`)}`);
  }

  cross() {
    const kind = this.random.pick(['price', 'percent', 'centered']);
    const name = this.random.pick(['crosses_above', 'crosses_below']);
    return this.count(name, `${name}(${this.value(kind)}, ${this.other(kind)})`);
  }

  /** Something a value of the kind may be compared with. */
  other(kind) {
    const { random } = this;
    if (kind === 'price' || random.chance(0.3)) return this.value(kind);
    if (kind === 'centered') return random.chance(0.5) ? this.number('0') : this.count('minus', `-${this.number(String(random.integer(1, 9) / 10))}`);
    const input = random.pick(this.has('hidden series') ? ['low', 'high'] : ['lower', 'upper']);
    if (input in this.inputs && this.has('hidden series')) this.count('hidden series');
    return input in this.inputs ? this.count('input', input) : this.number(String(random.integer(15, 85)));
  }

  value(kind) {
    const { random } = this;
    if (++this.depth > 5) {
      this.depth--;
      return kind === 'price' ? this.series() : `${this.number('50')} * ${this.count('*', this.number('1'))}`;
    }
    const shared = [
      () => this.defined(kind), () => this.count('x[n] of a number', `${this.indicator(kind)}[${this.rows()}]`),
      () => this.onFrame('on a number', () => this.value(kind)),
    ];
    const own = { price: [() => this.series(), () => this.arithmetic()], percent: [], centered: [() => this.difference()] }[kind];
    const text = random.pick([...shared, ...own, () => this.indicator(kind), () => this.indicator(kind), () => this.indicator(kind)])();
    this.depth--;
    return text ?? this.indicator(kind);
  }

  indicator(kind) {
    const { random } = this;
    if (kind === 'price') {
      if (random.chance(0.45)) return this.overSeries(random.pick(BY_PRICE));
      if (random.chance(0.3)) return this.output('bollinger', random.pick(['upper', 'middle', 'lower']));
      const [name, ...outputs] = random.pick(PRICE_CANDLES);
      return outputs.length ? this.output(name, random.pick(outputs)) : this.count(name, this.callOf(name));
    }
    if (kind === 'percent') {
      if (random.chance(0.4)) return this.overSeries('rsi');
      const [name, ...outputs] = random.pick(PERCENT);
      return outputs.length ? this.output(name, random.pick(outputs)) : this.count(name, this.callOf(name));
    }
    return random.pick([
      () => this.overSeries(random.pick(CENTERED)), () => this.output('macd', random.pick(['line', 'signal', 'histogram'])),
      () => `${this.count('cci', this.callOf('cci'))} / ${this.count('/', this.number('100'))}`,
      () => `${this.count('williams', this.callOf('williams'))} + ${this.count('+', this.number('50'))}`,
      () => `${this.name('close')} - ${this.count('-', this.overSeries('ema'))}`,
      () => `${this.overSeries('stddev')} - ${this.count('-', this.count('atr', this.callOf('atr')))}`,
      () => `${this.callOf('obv')} - ${this.count('-', `ema(${this.count('obv', this.callOf('obv'))}, ${this.length()})`)}`,
      () => `${this.callOf('supertrend')}.${this.count('supertrend.trend', 'trend')}`,
    ])();
  }

  overSeries(name) {
    let over = this.series();
    if (this.depth < 5 && this.random.chance(0.25)) over = this.count('indicator of an indicator', this.indicator('price'));
    else if (this.depth < 4 && this.random.chance(0.12)) {
      const elsewhere = this.onFrame('on a number', () => this.indicator('price'));
      if (elsewhere) over = this.count('on in an indicator', elsewhere);
    }
    return this.count(name, `${name}(${over}, ${this.length()})`);
  }

  output(name, output) {
    return this.count(`${name}.${output}`, `${this.callOf(name)}.${output}`);
  }

  /** A call of a function that needs candles, or of one with several outputs. */
  callOf(name) {
    const { random } = this;
    const settings = {
      bollinger: () => [this.series(), this.length(), this.width()], macd: () => [this.series(), random.integer(3, 12), random.integer(13, 30), random.integer(3, 12)],
      keltner: () => [this.length(), this.width()], supertrend: () => [this.length(), this.width()], psar: () => [`0.0${random.integer(1, 4)}`, random.pick(['0.1', '0.2', '0.3'])],
      stoch: () => [this.length(), random.integer(1, 5), random.integer(1, 5)], ichimoku: () => random.pick([[9, 26, 52], [7, 22, 44], [5, 10, 20]]), obv: () => [],
    }[name] ?? (() => [this.length()]);
    return `${name}(${settings().join(', ')})`;
  }

  length() {
    const { random } = this;
    const hasLength = 'length' in this.inputs;
    if (hasLength && this.has('input in a setting') && random.chance(0.3)) return this.count('input in a setting', 'length');
    if (hasLength && this.has('arithmetic in a setting') && random.chance(0.2)) return this.count('arithmetic in a setting', random.pick(['length * 2', 'length + 3', '2 * (length + 1)']));
    return String(random.integer(2, random.chance(0.2) ? 120 : 30));
  }

  width() {
    return this.random.pick(['1', '1.5', '2', '2.5', '3']);
  }

  rows() {
    if ('back' in this.inputs && this.has('x[n] by input') && this.random.chance(0.4)) return this.count('x[n] by input', 'back');
    return String(this.random.chance(0.05) ? 0 : this.random.integer(1, 6));
  }

  arithmetic() {
    const { random } = this;
    return random.pick([
      () => this.count('*', `${this.indicator('price')} * ${this.number(random.pick(['1.01', '0.99', '1.005']))}`),
      () => this.count('/', `(${this.count('+', `${this.series()} + ${this.indicator('price')}`)}) / ${this.number('2')}`),
      () => this.count('+', `${this.series()} + ${this.number(random.pick(['0.5', '1', '2']))} * ${this.count('*', this.count('atr', this.callOf('atr')))}`),
      () => this.count('-', `${this.series()} - ${this.count('minus', `-${this.count('atr', this.callOf('atr'))}`)}`),
    ])();
  }

  difference() {
    return this.count('-', `${this.series()} - ${this.indicator('price')}`);
  }

  series() {
    return this.name(this.random.pick(['open', 'high', 'low', 'close', 'close', 'hl2', 'hlc3']));
  }

  /** A candle's value, unless an input hides it. */
  name(series) {
    return series in this.inputs ? this.count('close', 'close') : this.count(series, series);
  }

  number(text) {
    return this.count('number', text);
  }

  /** One of the definitions so far, of the wanted kind. */
  defined(kind) {
    const fitting = Object.keys(this.kinds).filter((name) => this.kinds[name].kind === kind);
    if (!fitting.length) return null;
    const name = this.random.pick(fitting);
    const { func, looksElsewhere } = this.kinds[name];
    // What it holds may look at timeframes finer than the one it would be used in.
    if (this.frames.length > 1 && looksElsewhere) return null;
    this.count('definition');
    if (!func) return name;
    this.count('outputs by a definition');
    const output = this.random.pick(FUNCTIONS.get(func).outputs);
    return this.count(`${func}.${output}`, `${name}.${output}`);
  }

  onFrame(construct, make) {
    if (this.frames.length > 1 && !this.has('on in on')) return null;
    const here = this.frames.at(-1);
    const wider = this.timeframes.filter((name) => TIMEFRAMES.get(name) >= TIMEFRAMES.get(here)).slice(0, 5);
    const frame = this.random.pick(wider);
    if (this.frames.length > 1) this.count('on in on');
    this.frames.push(frame);
    const text = make();
    this.frames.pop();
    return this.count(construct, `on("${frame}", ${text})`);
  }
}

// Text of an expression -> tree. A node is {type, at, ...}; `at` is where its text begins (offset from 0).
import { Refusal } from './refusal.mjs';

const TOKEN = /\s+|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|"([^"\n]*)"|(<=|>=|==|!=|[-+*/<>()[\],.])/y;
export const KEYWORDS = ['and', 'or', 'not'];
const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='];
const LONGEST = 10000;
const DEEPEST = 100;

/** The place of an offset in the text. */
export function place(text, offset) {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1).length + 1 };
}

export function tokenize(text) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Refusal(`unexpected ${JSON.stringify(text[at])}`, place(text, at));
    const [, number, name, string, sign] = match;
    if (number !== undefined) {
      const next = text[TOKEN.lastIndex];
      if (next && /[\w]/.test(next)) throw new Refusal(`malformed number ${number}${next}`, place(text, at));
      if (!Number.isFinite(Number(number))) throw new Refusal(`number too large ${number}`, place(text, at));
      tokens.push({ kind: 'number', text: number, at });
    } else if (name !== undefined) tokens.push({ kind: KEYWORDS.includes(name) ? 'sign' : 'name', text: name, at });
    else if (string !== undefined) tokens.push({ kind: 'string', text: string, at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at });
  }
  tokens.push({ kind: 'end', text: 'the end', at: text.length });
  return tokens;
}

/**
 * or < and < not < comparison (one, not chained) < + - < * / < unary minus < [n] .name
 * A comparison chain (a < b < c) is refused here; `not` takes a whole comparison.
 */
export function parse(text) {
  if (text.length > LONGEST) throw new Refusal(`longer than ${LONGEST} characters`, { line: 1, column: 1 });
  const tokens = tokenize(text);
  let next = 0;
  let depth = 0;
  const peek = () => tokens[next];
  const refuse = (token, wanted) => {
    throw new Refusal(`unexpected ${token.text}${wanted ? `, expected ${wanted}` : ''}`, place(text, token.at));
  };
  const isSign = (...signs) => peek().kind === 'sign' && signs.includes(peek().text);
  const accept = (...signs) => (isSign(...signs) ? tokens[next++] : null);
  const expect = (sign) => accept(sign) ?? refuse(peek(), sign);

  const leftToRight = (operand, ...signs) => () => {
    let left = operand();
    for (let sign; (sign = accept(...signs)); ) left = { type: 'binary', at: left.at, sign: sign.text, left, right: operand() };
    return left;
  };

  function primary() {
    const token = tokens[next++];
    if (token.kind === 'number') return { type: 'number', at: token.at, value: Number(token.text) };
    if (token.kind === 'string') return { type: 'string', at: token.at, value: token.text };
    if (token.kind === 'name') return accept('(') ? call(token) : { type: 'name', at: token.at, name: token.text };
    if (token.text === '(' && token.kind === 'sign') {
      const inner = or();
      expect(')');
      return { ...inner, at: token.at };
    }
    return refuse(token, 'a value');
  }

  function call(token) {
    const args = [];
    if (!accept(')')) {
      do args.push(or()); while (accept(','));
      expect(')');
    }
    return { type: 'call', at: token.at, name: token.text, args };
  }

  function postfix() {
    let node = primary();
    for (;;) {
      if (accept('[')) {
        node = { type: 'ago', at: node.at, of: node, rows: or() };
        expect(']');
      } else if (accept('.')) {
        const output = tokens[next++];
        if (output.kind !== 'name') refuse(output, 'the name of an output');
        node = { type: 'output', at: node.at, of: node, name: output.text, nameAt: output.at };
      } else return node;
    }
  }

  function unary() {
    const minus = accept('-');
    return minus ? { type: 'minus', at: minus.at, of: nested(unary) } : postfix();
  }

  const product = leftToRight(unary, '*', '/');
  const sum = leftToRight(product, '+', '-');

  function comparison() {
    const left = sum();
    const sign = accept(...COMPARISONS);
    if (!sign) return left;
    const node = { type: 'compare', at: left.at, sign: sign.text, left, right: sum() };
    if (isSign(...COMPARISONS)) refuse(peek(), 'no second comparison');
    return node;
  }

  function not() {
    const word = accept('not');
    return word ? { type: 'not', at: word.at, of: nested(not) } : comparison();
  }

  const and = leftToRight(not, 'and');
  const anyOf = leftToRight(and, 'or');
  const or = () => nested(anyOf);

  function nested(rule) {
    if (++depth > DEEPEST) throw new Refusal(`nested deeper than ${DEEPEST}`, place(text, peek().at));
    const node = rule();
    depth--;
    return node;
  }

  const tree = or();
  if (peek().kind !== 'end') refuse(peek(), 'the end');
  return tree;
}

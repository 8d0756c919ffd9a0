// Exact decimals. Prices, quantities and amounts are BigInt counts of 10^-8 (Binance's wire scale);
// rates (fee, slippage) are exact fractions.
export const SCALE = 8;
export const ONE = 10n ** 8n;

/** "61837.63" -> 6183763000000n; throws when the text is no plain decimal or has more than 8 decimals. */
export function parse(text) {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(String(text));
  if (!match) throw new RangeError(`not a plain decimal: ${text}`);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > SCALE) throw new RangeError(`more than ${SCALE} decimals: ${text}`);
  const value = BigInt(match[2] + fraction.padEnd(SCALE, '0'));
  return match[1] ? -value : value;
}

/** 6183763000000n -> "61837.63" (no trailing zeros, never an exponent). */
export function format(value) {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return (negative ? '-' : '') + digits.slice(0, -SCALE) + (fraction ? '.' + fraction : '');
}

/** "0.0005" -> {n: 5n, d: 10000n}: a rate with any number of decimals. */
export function parseRate(text) {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(String(text));
  if (!match) throw new RangeError(`not a rate: ${text}`);
  const fraction = match[2] ?? '';
  return { n: BigInt(match[1] + fraction), d: 10n ** BigInt(fraction.length) };
}

export const min = (a, b) => (a < b ? a : b);
export const max = (a, b) => (a > b ? a : b);

/** Division of non-negative numbers, rounded up. */
export const ceilDiv = (a, b) => (a + b - 1n) / b;

export const floorTo = (value, step) => (value / step) * step;
export const ceilTo = (value, step) => ceilDiv(value, step) * step;

// Series are Float64Array; NaN is "unknown". Indicators read known rows only: an unknown input gives an unknown output and
// does not advance their state.

/** Only finite numbers are known. */
export const finite = (value) => (Number.isFinite(value) ? value : NaN);

export function make(length, valueAt) {
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) out[i] = finite(valueAt(i));
  return out;
}

export const combine = (a, b, f) => make(a.length, (i) => f(a[i], b[i]));

/** Runs `f` on the rows where all inputs are known and puts its answer (a series or outputs by name) back in place. */
export function onKnownRows(inputs, f) {
  const length = inputs[0].length;
  const rows = [];
  for (let i = 0; i < length; i++) if (inputs.every((input) => !Number.isNaN(input[i]))) rows.push(i);
  const answer = f(...inputs.map((input) => Float64Array.from(rows, (row) => input[row])));
  const spread = (values) => {
    const out = new Float64Array(length).fill(NaN);
    rows.forEach((row, i) => { out[row] = finite(values[i]); });
    return out;
  };
  if (answer instanceof Float64Array) return spread(answer);
  return Object.fromEntries(Object.entries(answer).map(([name, values]) => [name, spread(values)]));
}

/** f over the last n values, unknown before there are n. */
export const windows = (x, n, f) => make(x.length, (i) => (i >= n - 1 ? f(x.subarray(i - n + 1, i + 1)) : NaN));

export const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);
export const meanOf = (values) => sumOf(values) / values.length;
export const isFlat = (values) => values.every((value) => value === values[0]);

/** Population standard deviation, exactly 0 for a flat window. */
export function deviationOf(values) {
  if (isFlat(values)) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length);
}

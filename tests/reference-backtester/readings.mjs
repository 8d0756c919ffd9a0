// Where the text is silent and sources differ, the engine's reading of two indicators can be taken instead of this reference's own:
// docs/decisions/0016-backtest-engine.md says why the engine reads them so.
export const READINGS = { psar: ['tradingview', 'wilder'], supertrend: ['down', 'close'] };

/** The readings in force; the first of each list unless `read` chose another. */
export const readings = Object.fromEntries(Object.entries(READINGS).map(([name, [own]]) => [name, own]));

/** Takes `name=value`. */
export function read(choice) {
  const [name, value] = choice.split('=');
  if (!READINGS[name]?.includes(value)) throw new Error(`--reading takes ${Object.entries(READINGS).map(([key, values]) => `${key}=${values.join('|')}`).join(', ')}`);
  readings[name] = value;
}

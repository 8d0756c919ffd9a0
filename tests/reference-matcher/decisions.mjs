// Where the rule text is silent or ambiguous: the reading taken by default (first) and the alternatives that can be
// switched on (cli: --decision name=value) to find out which reading another matcher follows. README.md explains each.
export const DECISIONS = {
  quoteSource: ['both', 'ticker', 'depth'], //            D2  whose best quote touch/through look at
  levelChange: ['differs', 'mentioned'], //               D3  what makes a consumed level fresh again
  firedActs: ['afterNext', 'beforeNext', 'withNext'], //  D5  the book a fired order meets
  trailingSeed: ['trades', 'last'], //                    D7  first extreme of a trailing stop
  priority: ['acceptance', 'priceTime'], //               D8  who of ours comes first at one event
  noBook: ['through', 'joins'], //                        D9  queue or book without a book
  tradeSide: ['any', 'maker'], //                         D10 trades that work off a queue
  tradeSharing: ['independent', 'shared', 'queued'], //   D11 one trade and several of our orders
  queueReading: ['plain', 'reconciled'], //               D12-D14 trades and falls that come out of step
  explainedReset: ['levelChange', 'everyDepth'], //       D12 since when trades explain a fall
  fallBase: ['remaining', 'shown'], //                    D13 "in proportion" to what
  aheadRounding: ['up', 'down', 'none'], //               D14
  beyondClearsAhead: ['yes', 'no'], //                    D15 a trade beyond the price
  bookSource: ['both', 'ticker', 'depth'], //             D16 displayed size of model book
  bookCause: ['book', 'quote'], //                        D16 name of the cause of such a fill
  bookFillPrice: ['limit', 'level'], //                   D17
  flatLimit: ['last', 'slipped'], //                      D21 what makes a limit marketable without a book
  spentQuotes: ['count', 'pass'], //                      D28 a quote of a level that our orders have consumed
  lateDepth: ['skip', 'use'], //                          D2  a depth event older than the newest bookTicker
  tickerSize: ['known', 'unknown'], //                    D16 does a size the bookTicker showed before count as a change
  offStep: ['whole', 'floor'], //                         D29 displayed sizes that are no multiple of the step
  slippageRounding: ['tick', 'exact'], //                 D20
  postOnlyAgainst: ['displayed', 'offered'], //           D22
};

export function decide(overrides = {}) {
  const chosen = Object.fromEntries(Object.entries(DECISIONS).map(([name, values]) => [name, values[0]]));
  for (const [name, value] of Object.entries(overrides)) {
    if (!DECISIONS[name]?.includes(value)) {
      const known = name in DECISIONS ? DECISIONS[name] : Object.keys(DECISIONS);
      throw new RangeError(`unknown decision ${name}=${value}; known: ${known.join(', ')}`);
    }
    chosen[name] = value;
  }
  return chosen;
}

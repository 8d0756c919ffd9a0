import ccxt from 'ccxt';

// url: the server's Binance address, such as http://127.0.0.1:5081 or http://127.0.0.1:5080/binance
export async function connect(url, apiKey, secret, options = {}) {
  const sockets = url.replace(/^http/, 'ws');
  const exchange = new ccxt.pro.binance({
    apiKey,
    secret,
    urls: {
      api: {
        public: `${url}/api/v3`,
        private: `${url}/api/v3`,
        sapi: `${url}/sapi/v1`, // or the key would be shown to the real Binance
        fapiPublic: `${url}/fapi/v1`,
        dapiPublic: `${url}/dapi/v1`,
        ws: { spot: `${sockets}/stream`, 'ws-api': { spot: `${sockets}/ws-api/v3` } },
      },
    },
    options: { fetchMarkets: { types: ['spot'] }, ...options },
  });
  await exchange.loadHttpProxyAgent(); // plain ws:// needs it once
  return exchange;
}

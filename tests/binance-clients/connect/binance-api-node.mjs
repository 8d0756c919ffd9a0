import binance from 'binance-api-node';

// url: the server's Binance address, such as http://127.0.0.1:5081 or http://127.0.0.1:5080/binance
export function connect(url, apiKey, apiSecret) {
  const sockets = url.replace(/^http/, 'ws');
  return binance.default({
    apiKey,
    apiSecret,
    httpBase: url,
    wsBase: `${sockets}/ws`,
    wsApi: `${sockets}/ws-api/v3`,
  });
}

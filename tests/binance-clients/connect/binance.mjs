import { MainClient, WebsocketAPIClient, WebsocketClient } from 'binance';

// url: the server's Binance address, such as http://127.0.0.1:5081 or http://127.0.0.1:5080/binance
export function connect(url, api_key, api_secret) {
  const sockets = url.replace(/^http/, 'ws');
  const silent = { trace() {}, info() {}, error() {} };
  const keys = { api_key, api_secret };
  return {
    rest: new MainClient({ ...keys, baseUrl: url }),
    streams: new WebsocketClient({ ...keys, wsUrl: sockets, restOptions: { baseUrl: url } }, silent),
    trading: new WebsocketAPIClient({ ...keys, wsUrl: sockets, attachEventListeners: false, muteLatencyWarning: true }, silent),
  };
}

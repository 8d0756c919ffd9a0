export { TradePage } from './TradePage'

export { ScheduledPage } from './Later'
export { TradePage } from './TradePage'

export { MarketsPage } from './MarketsPage'

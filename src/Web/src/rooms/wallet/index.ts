export { WalletPage } from './WalletPage'

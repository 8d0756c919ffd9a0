export { StrategiesPage } from './StrategiesPage'
export { StrategyPage } from './StrategyPage'

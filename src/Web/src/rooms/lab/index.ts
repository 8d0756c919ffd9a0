export { LabPage } from './LabPage'
export { RunPage } from './RunPage'
export { SweepPage } from './SweepPage'

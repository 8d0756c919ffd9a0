export { DevelopersPage } from './DevelopersPage'

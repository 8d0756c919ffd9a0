export { LoginPage } from './LoginPage'
export { LoginForm } from './parts/LoginForm'
export { RegisterPage } from './RegisterPage'

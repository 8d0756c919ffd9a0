export type Strength = 0 | 1 | 2 | 3 | 4

const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/]

/** A hint, not a rule: length counts most, variety and few repeats add. The server decides. */
export function strengthOf(password: string): Strength {
  if (password.length < 8) return password.length === 0 ? 0 : 1
  const variety = kinds.filter((kind) => kind.test(password)).length
  const distinct = new Set(password).size
  if (distinct < 5) return 1
  const points = (password.length >= 12 ? 1 : 0) + (password.length >= 16 ? 1 : 0) + (variety >= 3 ? 1 : 0)
  return Math.min(4, 2 + points) as Strength
}

const looksLikeMail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

export type RegisterErrors = { name?: true; email?: true; password?: true }

export function checkRegister(values: { name: string; email: string; password: string }): RegisterErrors {
  const errors: RegisterErrors = {}
  if (values.name.trim() === '') errors.name = true
  if (!looksLikeMail.test(values.email.trim())) errors.email = true
  if (values.password.length < 8 || values.password.length > 128) errors.password = true
  return errors
}

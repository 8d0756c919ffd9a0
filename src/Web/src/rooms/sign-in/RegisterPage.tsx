export function RegisterPage() {
  return <h1 className="p-4 text-em font-semibold">RegisterPage</h1>
}

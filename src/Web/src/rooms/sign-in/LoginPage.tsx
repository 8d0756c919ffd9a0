export function LoginPage() {
  return <h1 className="p-4 text-em font-semibold">LoginPage</h1>
}

export function TradePage() {
  return <h1 className="p-4 text-em font-semibold">TradePage</h1>
}

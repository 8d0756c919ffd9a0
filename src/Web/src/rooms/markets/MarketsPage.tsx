export function MarketsPage() {
  return <h1 className="p-4 text-em font-semibold">MarketsPage</h1>
}

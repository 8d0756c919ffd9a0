export function WalletPage() {
  return <h1 className="p-4 text-em font-semibold">WalletPage</h1>
}

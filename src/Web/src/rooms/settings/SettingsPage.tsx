export function SettingsPage() {
  return <h1 className="p-4 text-em font-semibold">SettingsPage</h1>
}

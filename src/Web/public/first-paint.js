// Runs before the first paint so that a stored theme never flashes. Mirrors src/app/prefs.ts (same key, no secrets).
;(() => {
  const root = document.documentElement
  let prefs = {}
  try {
    prefs = JSON.parse(localStorage.getItem('lastro.prefs') ?? '{}') ?? {}
  } catch {
    prefs = {}
  }
  const light = prefs.theme === 'light' || ((prefs.theme ?? 'auto') === 'auto' && matchMedia('(prefers-color-scheme: light)').matches)
  root.dataset.theme = light ? 'light' : 'dark'
  if (typeof prefs.palette === 'string') root.dataset.palette = prefs.palette
  if (typeof prefs.density === 'string') root.dataset.density = prefs.density
  if (typeof prefs.language === 'string') root.lang = prefs.language
})()

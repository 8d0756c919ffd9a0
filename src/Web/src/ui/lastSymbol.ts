const key = 'lastro.symbol'

/** The market traded last in this browser; "/" and "g t" go there. */
export function lastSymbol(): string | null {
  const stored = localStorage.getItem(key)
  return stored !== null && /^[A-Z0-9]{2,30}$/.test(stored) ? stored : null
}

export const rememberSymbol = (symbol: string): void => localStorage.setItem(key, symbol)

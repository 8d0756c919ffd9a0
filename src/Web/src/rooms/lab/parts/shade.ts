/** A background between the two colours of data, from -1 to 1; weak enough for text on it to stay readable. */
export function shade(warmth: number): string {
  const strength = Math.round(Math.min(1, Math.abs(warmth)) * 30)
  return `color-mix(in oklab, var(${warmth < 0 ? '--down' : '--up'}) ${strength}%, transparent)`
}

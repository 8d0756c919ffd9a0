import Big from 'big.js'

export const DOWN = 0
export const UP = 3

/** The largest multiple of step that is not above value. Step 0 means "no grid". */
export function floorToStep(value: Big, step: string): Big {
  const grid = new Big(step)
  return grid.lte(0) ? value : value.div(grid).round(0, DOWN).times(grid)
}

export function ceilToStep(value: Big, step: string): Big {
  const floor = floorToStep(value, step)
  return floor.eq(value) ? value : floor.plus(step)
}

export function isOnStep(value: Big, step: string): boolean {
  return new Big(step).lte(0) || value.mod(step).eq(0)
}

/** Decimals a step needs: "0.010" 2, "1" 0, "1e-8" 8. */
export function decimalsOf(step: string): number {
  const [, fraction = ''] = new Big(step).toFixed().split('.')
  return fraction.replace(/0+$/, '').length
}

/** Big without an exponent, or null for anything that is not a number. */
export function toBig(plain: string | null | undefined): Big | null {
  if (plain === null || plain === undefined || !/^-?\d+(\.\d+)?$/.test(plain)) return null
  return new Big(plain)
}

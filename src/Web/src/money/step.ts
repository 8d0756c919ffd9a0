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

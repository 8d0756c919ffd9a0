/** Colours are the theme's and shapes the width's: a light phone shows nothing that these three do not. */
export const looks = [
  ['dark', 1440],
  ['dark', 390],
  ['light', 1440],
] as const

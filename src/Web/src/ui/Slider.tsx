import { Slider as Radix } from 'radix-ui'

type SliderProps = {
  label: string
  value: number
  onChange: (value: number) => void
  min?: number
  max?: number
  step?: number
  disabled?: boolean
  valueText?: string
}

export function Slider({
  label,
  value,
  onChange,
  min = 0,
  max = 100,
  step = 5,
  disabled = false,
  valueText,
}: SliderProps) {
  return (
    <Radix.Root
      value={[value]}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(next)
      }}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      className="relative flex h-6 touch-none items-center select-none max-sm:h-11"
    >
      <Radix.Track className="relative h-1 grow rounded-sm bg-line">
        <Radix.Range className="absolute h-full rounded-sm bg-text-2" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-4 rounded-full border-2 border-text-1 bg-bg1 max-sm:size-6"
      />
    </Radix.Root>
  )
}

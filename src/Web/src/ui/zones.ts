import type { Option } from './Select'

const known = (): string[] => (typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [])

let cached: Option<string>[] | null = null

/** The browser's zone first ("" = follow the browser), then UTC, then every IANA zone by name. */
export function zoneOptions(browserLabel: string): Option<string>[] {
  cached ??= ['UTC', ...known().filter((zone) => zone !== 'UTC')].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }))
  return [{ value: '', label: browserLabel }, ...cached]
}

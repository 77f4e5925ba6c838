// Formats times and durations, in UTC and the same on every machine.

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const hour = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' })
const second = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' })

/** `12 May 2026, 09:14 UTC` */
export const moment = (iso: string): string => `${day.format(new Date(iso))}, ${hour.format(new Date(iso))} UTC`

/** `09:14:07` */
export const clock = (iso: string): string => second.format(new Date(iso))

/** `2 min 5 s` between two moments. */
export const elapsed = (fromIso: string, toIso: string): string => {
  const seconds = Math.round((Date.parse(toIso) - Date.parse(fromIso)) / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `6 s` for `6s`, `1 min` for `1m`. */
export const duration = (text: string): string => text.replace(/m$/, 'min').replace(/^(\d+)/, '$1\u00a0')

/** `13:20`, minutes and seconds. */
export const minutes = (seconds: number): string => {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

// Formats times and durations of an episode, in seconds.
import { figure, quantity } from './quantity.ts'

const decimals = (seconds: number): number => (Math.abs(seconds) >= 10 || Number.isInteger(seconds) ? 0 : 1)

/** A moment, `12.4 s` after the trigger. */
export const atTime = (ms: number): string => quantity(ms / 1000, 's', 1)

/** How long something took: `62 s`, `2.4 s`. */
export const lengthText = (ms: number): string => quantity(ms / 1000, 's', decimals(ms / 1000))

/** `12.4–76.0 s` */
export const fromTo = (fromMs: number, toMs: number): string => `${figure(fromMs / 1000, 's', 1)}–${atTime(toMs)}`

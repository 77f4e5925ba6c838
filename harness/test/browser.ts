// Where a Chromium lies on this machine.
import { existsSync } from 'node:fs'

const usualPlaces = [
  '/usr/bin/chromium-headless-shell', // draws no window, and so takes less CPU time
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** What CHROMIUM_PATH says, whether it is there or not; else the first of the usual places that has one; undefined: none has. */
export const findChromium = (places: readonly string[] = usualPlaces): string | undefined =>
  process.env.CHROMIUM_PATH || places.find((path) => existsSync(path))

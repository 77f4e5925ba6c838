// What happened in an episode, in words, the latest first: what the lab did, who was evicted, what the cluster said.
import { element } from './words.js'

const mostLines = 5

export const makeStory = () => {
  const list = element('ol', 'story-lines')
  /** @type {Map<string, { times: number, readonly shown: HTMLElement }>} */
  const said = new Map()
  return {
    element: list,
    /** Counts messages that differ only in numbers, and shows them once. @param {string} at @param {string} what @param {string} quote */
    add: (at, what, quote = '') => {
      const alike = `${what} ${quote}`.replaceAll(/\b[0-9a-f]{64}\b|\d+/g, '0')
      const before = quote === '' ? undefined : said.get(alike)
      if (before) {
        before.times++
        before.shown.textContent = ` ${before.times} times`
        return
      }
      const shown = element('span', 'when')
      said.set(alike, { times: 1, shown })
      const line = element('span', '', what, ...(quote === '' ? [] : [' ', element('q', '', quote)]), shown)
      list.prepend(element('li', '', element('span', 'at', at), line))
      list.children[mostLines]?.remove()
    },
  }
}

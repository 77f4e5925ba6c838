// Terms of the report, formatting of numbers, and creation of elements.
/** @import { LiveEvent } from '../../events/event.ts' */

/**
 * @template {LiveEvent['type']} Type
 * @typedef {Extract<LiveEvent, { type: Type }>} EventOf
 */

/**
 * @typedef {object} Words
 * @property {Readonly<Record<string, { readonly symbol: string, readonly word: string }>>} verdicts
 * @property {Readonly<Record<string, string>>} states
 * @property {Readonly<Record<string, string>>} kinds
 * @property {string} keyReasons
 */

/** @param {string} id */
export const byId = (id) => {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`the page has no ${id}`)
  return element
}

/** @type {Words} */
export const words = JSON.parse(byId('words').textContent ?? '')

/** States of probes keep their own names. @param {string} state */
export const stateWord = (state) => words.states[state] ?? state.replaceAll('-', ' ')

/** @param {number} value */
export const count = (value) => value.toLocaleString('en', { maximumFractionDigits: 0 })

/** @param {number} value @param {string} unit */
export const quantity = (value, unit) => (unit === 'ratio' ? `${count(value * 100)}\u00a0%` : `${count(value)}\u00a0${unit}`)

/** @param {number} ms @param {number} decimals */
export const seconds = (ms, decimals) => `${(ms / 1000).toFixed(decimals).replace('-', '−')}\u00a0s`

/** `6:12`, minutes and seconds. @param {number} ms */
export const minutes = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`

/** The last part of a pod's name, which distinguishes the pods of a Deployment. @param {string} pod */
export const shortPod = (pod) => pod.slice(pod.lastIndexOf('-') + 1).slice(0, 7)

/** @param {string} tag @param {string} className @param {readonly (string | Node)[]} children */
export const element = (tag, className, ...children) => {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  made.append(...children)
  return made
}

/** @param {{ readonly name: string, readonly kind: string }} arm */
export const armName = ({ name, kind }) => element('span', `arm-name ${kind}`, name)

// The arms of every scenario, and their verdicts as they arrive.
import { armName, element, words } from './words.js'
/** @import { Scenario } from './card.js' */
/** @import { EventOf } from './words.js' */

/** @param {string} verdict */
const wordOf = (verdict) => words.verdicts[verdict]?.word ?? verdict

/** @param {string} verdict */
const badge = (verdict) => {
  const symbol = element('span', 'symbol', words.verdicts[verdict]?.symbol ?? '')
  symbol.setAttribute('aria-hidden', 'true')
  return element('span', `badge ${verdict}`, symbol, wordOf(verdict))
}

/** @param {readonly Scenario[]} scenarios @param {Element} into */
export const makeVerdicts = (scenarios, into) => {
  /** @type {Map<string, { readonly chip: HTMLElement, readonly said: HTMLElement, readonly expected: string }>} */
  const chips = new Map()
  for (const { slug, title, arms } of scenarios) {
    const list = element('ul', 'chips')
    list.setAttribute('aria-live', 'polite')
    for (const arm of arms) {
      const said = element('span', '', element('span', 'soft', `expected ${wordOf(arm.expected)}`))
      const chip = element('li', '', armName(arm), ' ', said)
      chip.dataset['arm'] = arm.name
      chips.set(`${slug} ${arm.name}`, { chip, said, expected: arm.expected })
      list.append(chip)
    }
    const part = element('div', 'scenario', element('h3', '', title), list)
    part.dataset['slug'] = slug
    into.append(part)
  }
  return {
    /** @param {EventOf<'verdict'>} event */
    fall: ({ slug, arm, verdict, asExpected, reason }) => {
      const { chip, said, expected = '' } = chips.get(`${slug} ${arm}`) ?? {}
      if (!chip || !said) return
      chip.title = reason
      const surprise = asExpected ? [] : [element('span', 'surprise', `≠ expected ${wordOf(expected)}`)]
      said.replaceChildren(badge(verdict), ...surprise)
    },
  }
}

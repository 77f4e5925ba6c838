// The display of a run: a card for each node that plays an episode, or one for steady load, and all verdicts.
import { makeCard } from './card.js'
import { makeVerdicts } from './verdicts.js'
import { byId, minutes } from './words.js'
/** @import { LiveEvent } from '../../events/event.ts' */
/** @import { Card, Scenario } from './card.js' */

/** @type {readonly Scenario[]} */
let scenarios = []
/** @type {ReturnType<typeof makeVerdicts> | undefined} */
let verdicts
/** The latest card of each node. @type {Map<string, Card>} */
const cards = new Map()
/** The card that the stage shows. @type {Card | undefined} */
let chosen

/** Changed cards. @type {Set<Card>} */
const changed = new Set()
/** @type {number | undefined} */
let timer

/** Draws at most ten times a second. @param {Iterable<Card>} those */
const drawSoon = (those) => {
  for (const card of those) changed.add(card)
  timer ??= window.setTimeout(() => {
    timer = undefined
    for (const card of changed) card.draw()
    changed.clear()
  }, 100)
}

/** After their size has changed. */
export const drawAll = () => drawSoon(cards.values())

/** Sets the title, and chooses the card for the stage: an incident before anything else, and each to its end. */
export const arrange = () => {
  const playing = [...cards.values()].filter(({ isOver }) => !isOver)
  const incident = playing.find(({ isIncident }) => isIncident)
  const isKept = chosen && !chosen.isOver && (chosen.isIncident || !incident)
  if (!isKept) chosen = incident ?? playing[0] ?? chosen
  for (const card of cards.values()) card.element.classList.toggle('chosen', card === chosen)
  drawAll()
  const isStage = document.documentElement.classList.contains('stage')
  const slugs = new Set((isStage ? [chosen] : playing).map((card) => card?.begins.slug))
  const [title, ...others] = scenarios.filter(({ slug }) => slugs.has(slug)).map((scenario) => scenario.title)
  if (title !== undefined) byId('title').textContent = others.length === 0 ? title : `${others.length + 1} incidents side by side`
  for (const part of document.querySelectorAll('.scenario'))
    if (part instanceof HTMLElement) part.classList.toggle('chosen', part.dataset['slug'] === chosen?.begins.slug)
}

/** When episodes change to steady load, or back. @param {string} kind of what plays now */
const removeOver = (kind) => {
  for (const [node, { begins, isOver, element }] of cards)
    if (begins.kind !== kind && isOver) {
      element.remove()
      cards.delete(node)
    }
}

/** A run or an exercise. */
let whole = 'run'

let shownMs = 0

/** @param {number} atMs */
const showClock = (atMs) => {
  shownMs = Math.max(shownMs, atMs)
  byId('clock').textContent = `${minutes(shownMs)} min into the ${whole}`
}

/** Advances the time between events. @param {number} nowMs */
export const tick = (nowMs) => {
  showClock(nowMs)
  const playing = [...cards.values()].filter(({ isOver }) => !isOver)
  for (const card of playing) card.tick(nowMs)
  drawSoon(playing)
}

/** Shows one more event. @param {LiveEvent} event */
export const take = (event) => {
  if (event.type === 'run-begins') {
    scenarios = event.scenarios
    verdicts = makeVerdicts(scenarios, byId('verdicts'))
    const day = new Date(event.startedAt).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
    whole = event.mode === 'exercise' ? 'exercise' : 'run'
    byId('about').textContent =
      `${event.mode === 'exercise' ? '' : `${event.mode} `}${whole} of ${day}, Kubernetes ${event.kubernetes}`
  } else if (event.type === 'verdict') verdicts?.fall(event)
  else if (event.type === 'run-ends') {
    byId('end').textContent = event.verdict
    document.documentElement.classList.add('ended')
  } else if (event.type === 'trial-begins') {
    const scenario = scenarios.find(({ slug }) => slug === event.slug)
    if (!scenario) return
    const card = makeCard(event, scenario)
    const before = cards.get(event.node ?? '')
    if (before) before.element.replaceWith(card.element)
    else byId('cards').append(card.element)
    cards.set(event.node ?? '', card)
    removeOver(event.kind)
    arrange()
  } else {
    const card = [...cards.values()].find(({ begins }) => begins.trial === event.trial)
    if (!card) return
    card.take(event)
    drawSoon([card])
    if (event.type === 'trial-ends') arrange()
  }
  showClock(event.atMs)
}

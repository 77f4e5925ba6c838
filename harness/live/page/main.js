// Receives the events of a run, and handles buttons and keys.
import { arrange, drawAll, take, tick } from './board.js'
import { byId, element } from './words.js'
/** @import { LiveEvent } from '../../events/event.ts' */

/** @type {EventSource | undefined} */
let source
let last = -1
let taken = 0
const speeds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
/** 0: a running run, without a speed. */
let speed = Number(byId('pace').dataset['speed'])
const isReplay = speed > 0

/** The last event, and when it came. */
let latest = { atMs: 0, came: 0 }

let isOver = false
let isPaused = false

/** Asks for the events after the last one. */
const connect = () => {
  source?.close()
  lose('')
  if (isOver || isPaused) return
  const opened = new EventSource(`events?after=${last}${isReplay ? `&speed=${speed}` : ''}`)
  source = opened
  opened.addEventListener('open', () => lose(''))
  opened.addEventListener('error', () =>
    lose(
      opened.readyState === EventSource.CLOSED
        ? 'The connection is lost: the lab has ended.'
        : 'The connection is lost; trying again.',
    ),
  )
  opened.addEventListener('message', ({ lastEventId, data }) => {
    last = Number(lastEventId)
    document.body.dataset['taken'] = String(++taken)
    /** @type {LiveEvent} */
    const event = JSON.parse(data)
    if (event.atMs >= latest.atMs) latest = { atMs: event.atMs, came: performance.now() } // some arrive late
    take(event)
    if (event.type !== 'run-ends') return
    isOver = true
    opened.close()
  })
}

/** @param {string} why */
const lose = (why) => {
  byId('lost').textContent = why
  byId('lost').hidden = why === ''
}

const pause = () => {
  isPaused = !isPaused
  byId('pause').firstElementChild?.replaceWith(element('span', '', isPaused ? 'Resume' : 'Pause'))
  connect()
}

/** @param {number | undefined} wanted */
const play = (wanted) => {
  speed = wanted ?? speed
  byId('speed').textContent = `${speed}\u00a0×`
  connect()
}

const stage = () => {
  const isOn = document.documentElement.classList.toggle('stage')
  byId('stage').setAttribute('aria-pressed', String(isOn))
  arrange()
}

const slower = () => play(speeds.findLast((each) => each < speed))
const faster = () => play(speeds.find((each) => each > speed))

byId('pause').addEventListener('click', pause)
byId('slower').addEventListener('click', slower)
byId('faster').addEventListener('click', faster)
byId('stage').addEventListener('click', stage)
window.addEventListener('resize', drawAll)
/** @type {Readonly<Record<string, () => void>>} */
const keys = isReplay ? { ' ': pause, '+': faster, '=': faster, '-': slower, s: stage } : { s: stage }
window.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === ' ' && event.target instanceof HTMLButtonElement) return // presses that button
  const work = keys[event.key]
  if (!work) return
  event.preventDefault()
  work()
})
if (new URLSearchParams(location.search).has('stage')) stage()
play(undefined)
if (!isReplay)
  setInterval(() => {
    if (last >= 0 && !isOver && source?.readyState === EventSource.OPEN) tick(latest.atMs + performance.now() - latest.came)
  }, 1000)

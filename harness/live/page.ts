// The live page: one document with its styles and program; its content arrives as events.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { kindOf, ArmKind } from '../model/arm-kind.ts'
import { LaneState } from '../model/timeline.ts'
import { Verdict } from '../model/verdict.ts'
import { keyReasons } from '../report/exhibit/episodes/key-events.ts'
import { hatches } from '../report/exhibit/episodes/picture/span-bars.ts'
import { stateWord } from '../report/exhibit/episodes/state-words.ts'
import { exhibitStyles } from '../report/exhibits.ts'
import { htmlDocument } from '../report/write/page/document.ts'
import { Markup, markup } from '../report/write/page/markup.ts'
import { brand } from '../report/write/page/top.ts'
import { verdictWords } from '../report/write/verdict-words.ts'

const read = (file: string): string => readFileSync(new URL(`page/${file}`, import.meta.url), 'utf8')

/** The files of the program import only one another, so their concatenation is a program without imports. */
const program = [
  'words.js',
  'marks.js',
  'row.js',
  'axis.js',
  'story.js',
  'trial.js',
  'card.js',
  'verdicts.js',
  'board.js',
  'main.js',
]
  .map(read)
  .join('\n')
  .replaceAll(/^import .*\n/gm, '')
  .replaceAll(/^export /gm, '')

/** Terms of the report, which the page also uses. */
const words = {
  verdicts: Object.fromEntries(Verdict.options.map((verdict) => [verdict, verdictWords(verdict)])),
  states: Object.fromEntries(LaneState.options.map((state) => [state, stateWord(state)])),
  kinds: Object.fromEntries(ArmKind.options.map((kind) => [kind, kindOf(kind).means])),
  keyReasons: keyReasons.source,
}

const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(program).digest('base64')}'`,
  "connect-src 'self'",
].join('; ')

/** The whole document; `speed`: default speed of the feed, null: a running run. */
export const livePage = (speed: number | null): string =>
  htmlDocument(
    'Kubernetes incident lab, live',
    markup`
<header class="masthead">
${brand}
<h1 id="title">Waiting for the run</h1>
<ul class="facts"><li id="clock"></li><li id="about"></li></ul>
<div class="controls" role="group" aria-label="Controls">
<span id="pace" class="controls" data-speed="${speed ?? ''}" ${speed === null ? 'hidden' : ''}>
<button type="button" id="pause"><span>Pause</span> <kbd>space</kbd></button>
<button type="button" id="slower">Slower <kbd>−</kbd></button>
<span id="speed"></span>
<button type="button" id="faster">Faster <kbd>+</kbd></button>
</span>
<button type="button" id="stage" aria-pressed="false">Stage <kbd>s</kbd></button>
</div>
<p class="banner" id="lost" hidden></p>
</header>
<section aria-labelledby="now"><h2 id="now" class="unseen">Now playing</h2><div id="cards"></div></section>
<section aria-labelledby="fallen"><h2 id="fallen">Verdicts</h2><p class="lead" id="end" aria-live="polite"></p><div id="verdicts"></div></section>
<svg class="episode" width="0" height="0" aria-hidden="true">${hatches('live')}</svg>
<script type="application/json" id="words">${new Markup(JSON.stringify(words).replaceAll('<', '\\u003c'))}</script>
<script type="module">${new Markup(program)}</script>`,
    [...exhibitStyles, read('style.css')].join('\n'),
    policy,
  )

// The name of an arm with the colour of its kind, and its kind in words where the name does not say it.
import type { ArmRun } from '../../../model/run.ts'
import { kindOf } from '../../../model/arm-kind.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** The name, coloured. */
export const armName = (arm: ArmRun): Markup => markup`<span class="arm-name ${arm.kind}">${arm.name}</span>`

/** The heading of an arm's row in a table. */
export const armHeading = (arm: ArmRun): Markup =>
  markup`<th role="rowheader" scope="row" class="arm">${armName(arm)}${
    arm.name === arm.kind ? null : markup`<span class="kind" title="${kindOf(arm.kind).means}">${arm.kind}</span>`
  }</th>`

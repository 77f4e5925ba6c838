// lab new: what extends the lab, begun from an example that works. Needs no cluster.
import { relative, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { newScenario } from '../../scenario/new-scenario.ts'

export const command = (): Command => {
  const made = new Command('new').description('create an extension of the lab from a working example')
  made
    .command('scenario')
    .description('write a small scenario that runs as it is, with comments that explain it')
    .argument('<slug>', 'lower-case words joined by hyphens: the name of the scenario and of its folder')
    .addOption(new Option('--in <folder>', 'where its folder goes').default('.', 'here'))
    .action(async (slug: string, { in: where }: { in: string }) => {
      const folder = await newScenario(slug, where)
      const path = relative(process.cwd(), resolve(folder))
      const shown = path.startsWith('..') ? path : `./${path}`
      console.log(`${shown} is a scenario. Check it: lab list ${shown} · run it: lab run ${shown} --quick`)
    })
  return made
}

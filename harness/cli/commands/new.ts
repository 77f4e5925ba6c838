// lab new: creates an extension from a working example. Needs no cluster.
import { relative, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { newScenario } from '../../scenario/new-scenario.ts'

export const command = (): Command => {
  const made = new Command('new').description('create an extension of the lab from a working example')
  made
    .command('scenario')
    .description('write a small scenario that runs as it is, with comments that explain it')
    .argument('<slug>', 'name of the scenario and its folder: lower-case words joined by hyphens')
    .addOption(new Option('--in <folder>', 'parent of the new folder').default('.', 'here'))
    .action(async (slug: string, { in: where }: { in: string }) => {
      const folder = await newScenario(slug, where)
      const path = relative(process.cwd(), resolve(folder))
      const shown = path.startsWith('..') ? path : `./${path}`
      console.log(`created scenario ${shown}. Check it: lab list ${shown} · run it: lab run ${shown} --quick`)
    })
  return made
}

// A script as an administrator runs it: bash on a node of the control plane, with kubectl, jq and the arm's NAMESPACE.
import { runScript } from '../model/node-shell.ts'
import type { NodeShell } from '../model/node-shell.ts'

export interface AdminScript {
  readonly file: string
  readonly text: string
  readonly namespace: string
  readonly args?: readonly string[]
}

/** In a shell of its own, so that what else happens goes on meanwhile. Resolves with what was printed. */
export const runAsAdmin = async (
  openAdminShell: () => NodeShell,
  { file, text, namespace, args = [] }: AdminScript,
): Promise<string> => {
  const shell = openAdminShell()
  const script = Buffer.from(text).toString('base64')
  const words = args.map((each) => `'${each.replaceAll("'", "'\\''")}'`).join(' ')
  const setting = `KUBECONFIG=/etc/kubernetes/admin.conf NAMESPACE=${namespace}`
  try {
    return await runScript(shell, `run ${file}`, `${setting} bash -c "$(echo ${script} | base64 -d)" ${file} ${words} </dev/null`)
  } finally {
    shell.close()
  }
}

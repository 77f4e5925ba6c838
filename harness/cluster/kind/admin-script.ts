// Runs a script as an administrator would: bash on a node of the control plane, with kubectl, jq and the arm's NAMESPACE.
import { inputFd, runScript } from '../../model/node-shell.ts'
import type { NodeShell } from '../../model/node-shell.ts'
import type { AdminScript } from '../../model/testbed.ts'

/**
 * Runs in its own shell, so that it does not block other work. Resolves with its output. When the signal fires, or the lab is killed, the script
 * ends with its child processes: it must not run on in the cluster of the next run.
 */
export const runAsAdmin = async (
  openAdminShell: () => NodeShell,
  { file, text, namespace, args = [] }: AdminScript,
  signal: AbortSignal,
): Promise<string> => {
  signal.throwIfAborted()
  const shell = openAdminShell()
  const script = Buffer.from(text).toString('base64')
  const words = [file, ...args].map((each) => `'${each.replaceAll("'", "'\\''")}'`).join(' ')
  const setting = `KUBECONFIG=/etc/kubernetes/admin.conf NAMESPACE=${namespace}`
  signal.addEventListener('abort', shell.close, { once: true })
  try {
    return await runScript(
      shell,
      `run ${file}`,
      `set -m # a process group of its own
${setting} bash -c "$(echo ${script} | base64 -d)" ${words} </dev/null &
script=$!
{ read -r -u ${inputFd} || kill -KILL -- -$script; } &
watcher=$!
disown $watcher # nothing is said of its end
wait $script && status=0 || status=$?
kill $watcher
exit $status`,
    )
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', shell.close)
    shell.close()
  }
}

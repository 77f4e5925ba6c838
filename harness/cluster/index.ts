// Where clusters come from.
export { provider } from './kind/provider.ts'

// How long work takes at least that is spread over several machines.

/** The least makespan: as long as the longest piece, or as all together if no machine ever waits. In the unit of the durations. */
export const leastMakespan = (durations: readonly number[], machines: number): number =>
  Math.max(0, ...durations, durations.reduce((sum, each) => sum + each, 0) / Math.max(1, machines))

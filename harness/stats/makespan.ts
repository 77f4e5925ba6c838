// Minimum duration of work on several machines.

/** Lower bound of the makespan: the longest piece, or the total divided among machines. In the unit of the durations. */
export const leastMakespan = (durations: readonly number[], machines: number): number =>
  Math.max(0, ...durations, durations.reduce((sum, each) => sum + each, 0) / Math.max(1, machines))

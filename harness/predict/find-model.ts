// A scenario names its model: `cpu-quota` is the file cpu-quota.ts of this folder.
import * as z from 'zod'
import { callable, extensionFile, loadExport } from '../extension.ts'
import { MetricDefinition } from '../model/metric.ts'
import type { Model } from './model.ts'

const Shape = z.object({
  about: z.string(),
  figures: z.record(z.string(), MetricDefinition.pick({ label: true, unit: true, decimals: true })),
  learn: callable<Model['learn']>(),
  predict: callable<Model['predict']>(),
})

export const modelsFolder = import.meta.dirname

export const findModel = (name: string): Promise<Model> => loadExport(extensionFile(modelsFolder, name), 'model', Shape)

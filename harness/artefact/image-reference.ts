// Images of others, as they are pulled: by tag and digest, or what a catalogue of the user's own names in their place.
import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { LabError, messageOf } from '../model/lab-error.ts'

const Catalogue = z.record(z.string(), z.string().min(1))

/**
 * What is pulled for an image, given as `name:tag` or `name:tag@digest`: itself, or what the file that `LAB_IMAGES` names has for its
 * `name:tag`. The file is JSON, one reference for each image that comes from elsewhere, such as a registry of one's own.
 */
export const resolveReference = async (reference: string): Promise<string> => (await catalogue())[tagOf(reference)] ?? reference

/** `name:tag` of a reference with a digest. */
export const tagOf = (reference: string): string => reference.replace(/@.*$/, '')

const catalogue = async (): Promise<Readonly<Record<string, string>>> => {
  const path = process.env.LAB_IMAGES
  if (!path) return {}
  try {
    return Catalogue.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    throw new LabError(`The catalogue of images ${path} cannot be read`, {
      why: messageOf(error),
      next: 'LAB_IMAGES names a JSON file such as {"postgres:17": "registry.example.com/postgres:17@sha256:..."}, or nothing',
      exit: 'usage',
    })
  }
}

// References of third-party images: by tag and digest, or from a catalogue of the user.
import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { LabError, messageOf } from '../model/lab-error.ts'

const Catalogue = z.record(z.string(), z.string().min(1))

/**
 * The reference to pull for an image, given as `name:tag` or `name:tag@digest`: itself, or the entry of the `LAB_IMAGES` file for its
 * `name:tag`. The file is JSON, with one reference for each image from another place, such as a private registry.
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

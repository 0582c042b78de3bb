import { controlPresets } from './control-presets.ts'
import type { Preset, PresetGroup } from './preset.ts'
import { canonicalPresets, examplePresets } from './presets.ts'
import { publishedPresets } from './published-presets.ts'
import { studyPresets } from './study-presets.ts'
import { tour } from './tour.ts'
import type { TourStop } from './tour-stop.ts'

/** The gallery: everything in it comes from a registry or a list of data. */
export const gallery: readonly PresetGroup[] = [
  {
    title: 'Studies',
    about: 'Figures of the papers, with their published numbers beside those of the runs.',
    presets: studyPresets,
  },
  {
    title: 'As published',
    about: 'Single runs of the papers, with their own sizes and step sizes; published numbers beside ours.',
    presets: publishedPresets,
  },
  {
    title: 'Experiments of the sources',
    about: 'Problems that the theory was made for, small enough to run while one looks.',
    presets: canonicalPresets,
  },
  {
    title: 'Examples',
    about: 'What lies in the folder of examples: a config, and a table of real numbers.',
    presets: examplePresets,
  },
  {
    title: 'Where theorems stop',
    about:
      'For every statement a run that breaks one of its assumptions, to show what the assumption is for.',
    presets: controlPresets,
  },
]

export function findPreset(id: string | undefined): Preset | undefined {
  return gallery.flatMap(({ presets }) => presets).find((preset) => preset.id === id)
}

export function findStop(id: string | undefined): TourStop | undefined {
  return tour.find(({ name }) => id === `tour:${name}`)
}

import { signal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { twoDigits } from '../elements/numbers.ts'
import type { StagedRun } from '../store/store.ts'
import { ColourBar } from './colour-bar.tsx'
import { type Entry, Heatmap } from './heatmap.tsx'
import { fineness, kernelsOf } from './kernels.ts'
import { PanelFrame } from './plot-panel.tsx'
import type { Scene } from './scene.ts'
import './matrices.css'

/**
 * By how much depth speeds up the component of the gradient between two singular vectors, over their singular values
 * (Arora, Cohen, Hazan 2018, arXiv 1802.06509, claim 1), and where the run stands in it.
 */
export function PreconditionerPanel({ scene, run }: { readonly scene: Scene; readonly run: StagedRun }) {
  const { depth } = run.planned.config.network as { readonly depth?: number }
  const state = useMemo(() => kernelsOf(scene, run, depth ?? 1), [scene, run, depth])
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => state.follow(box.current!), [state])
  const pointed = useMemo(() => signal<Entry | undefined>(undefined), [])
  const { picture, most, largest, values, spectrum } = state
  const entry = pointed.value
  const sigma = (index: number) => (largest.value * (index + 0.5)) / fineness
  return (
    <PanelFrame
      scene={scene}
      id="preconditioner"
      title={`Preconditioner, ${run.planned.label}`}
      subtitle={
        depth === undefined || depth === 1
          ? 'One layer speeds up nothing: κ(σ, σ′) = 1 for all singular values σ and σ′ of W'
          : `By how much ${depth} layers speed up learning between singular values σ and σ′ of W: κ(σ, σ′)`
      }
    >
      <div class="kernel" ref={box}>
        <div class="kernel-map">
          <span class="up">σ′</span>
          <div class="under">
            <Heatmap
              label={`Kernel of the preconditioner over σ and σ′ from 0 to ${twoDigits(largest.value)}`}
              queue={scene.queue}
              shape={[fineness, fineness]}
              matrix={picture}
              colours="sequential"
              limit={most}
              pointed={pointed}
              first
            />
            {values.value.map(
              // Those of a run that diverges are nowhere near.
              (value, r) =>
                value <= largest.value && (
                  <i
                    key={r}
                    class="stand"
                    style={{
                      left: `${(100 * value) / largest.value}%`,
                      bottom: `${(100 * value) / largest.value}%`,
                    }}
                  />
                ),
            )}
          </div>
          <p class="ends">
            <span>0</span>
            <span>σ</span>
            <span>{twoDigits(largest.value)}</span>
          </p>
        </div>
        <div class="kernel-side">
          <ColourBar queue={scene.queue} colours="sequential" limit={most} />
          <output class="readout">
            {entry && picture.value
              ? `κ(${twoDigits(sigma(entry.column))}, ${twoDigits(sigma(fineness - 1 - entry.row))}) = ${twoDigits(Number(picture.value.data[entry.row * fineness + entry.column]))}`
              : values.value.length > 0
                ? 'Dots: the singular values of W at the playhead.'
                : 'Record the singular values to see where the run stands.'}
          </output>
          <Spectrum values={spectrum.value} most={most.value} />
        </div>
      </div>
    </PanelFrame>
  )
}

/** The largest eigenvalues of the preconditioner as bars: κ(σ_r, σ_q) over all pairs, descending. */
function Spectrum({ values, most }: { readonly values: readonly number[]; readonly most: number }) {
  if (values.length === 0) return null
  const shown = values.slice(0, 36)
  return (
    <figure class="spectrum">
      <figcaption>Its spectrum at the playhead: {shown.length} largest eigenvalues</figcaption>
      <svg
        viewBox={`0 0 ${shown.length * 6} 60`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Eigenvalues of the preconditioner, from ${twoDigits(shown[0]!)} down to ${twoDigits(shown.at(-1)!)}`}
      >
        {shown.map((value, i) => {
          const height = Math.max(0.5, Math.min(60, (60 * value) / most))
          return <rect key={i} x={i * 6 + 1} y={60 - height} width="4" height={height} />
        })}
      </svg>
    </figure>
  )
}

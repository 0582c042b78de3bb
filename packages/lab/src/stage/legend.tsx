import { colourOf, type Legend as LegendOfFigure, strokeOf } from '@linnet/studies'
import type { Scene } from './scene.ts'
import { useUnchanged } from './use-unchanged.ts'

/** What the colours and marks of all panels mean. */
export function Legend({ scene }: { readonly scene: Scene }) {
  const legends = useUnchanged(() => scene.figure.value.legends, [scene])
  return (
    <div class="legend">
      {legends.value.map((legend) => (
        <ul key={`${legend.title}/${legend.names[0]}`} aria-label={legend.title || undefined}>
          {isRamp(legend) ? (
            <Ramp legend={legend} />
          ) : (
            legend.names.map((name, place) => (
              <li key={name}>
                <Swatch legend={legend} place={place} />
                {name}
              </li>
            ))
          )}
        </ul>
      ))}
    </div>
  )
}

/** `stroke-dasharray` of lines that are not whole. */
const broken: Partial<Record<NonNullable<LegendOfFigure['mark']>, string>> = {
  dashes: '5 3',
  dashDots: '8 3 2 3',
  guide: '2 3',
}

/** Many names in an order: the first and the last say it. */
function isRamp({ palette, names }: LegendOfFigure): boolean {
  return palette === 'ordered' && names.length > 4
}

function Ramp({ legend: { title, names, palette } }: { readonly legend: LegendOfFigure }) {
  const width = 9
  return (
    <li class="ramp">
      {names[0]}
      <svg width={names.length * width} height="10" role="img" aria-label={`${title}, one colour each, to`}>
        {names.map((name, place) => (
          <line
            key={name}
            x1={place * width}
            x2={(place + 1) * width - 1}
            y1="5"
            y2="5"
            stroke={colourOf(palette, place).light}
            stroke-width="3"
          />
        ))}
      </svg>
      {names.at(-1)}
    </li>
  )
}

function Swatch({ legend, place }: { readonly legend: LegendOfFigure; readonly place: number }) {
  const colour = colourOf(legend.palette, place).light
  switch (legend.mark) {
    case 'dots':
    case 'points':
      return (
        <svg width="18" height="10" aria-hidden="true">
          {[3, 9, 15].map((x) => (
            <circle key={x} cx={x} cy="5" r="2.2" fill="none" stroke={colour} stroke-width="1.1" />
          ))}
        </svg>
      )
    case 'band':
      return (
        <svg width="18" height="10" aria-hidden="true">
          <rect y="1" width="18" height="8" fill={colour} fill-opacity="0.2" />
        </svg>
      )
    default:
      return (
        <svg width="18" height="10" aria-hidden="true">
          <line
            x2="18"
            y1="5"
            y2="5"
            stroke={colour}
            stroke-width={legend.mark === 'dashes' ? 1.2 : 2}
            stroke-dasharray={
              (legend.mark && broken[legend.mark]) ?? strokeOf(legend.palette, place) ?? 'none'
            }
          />
        </svg>
      )
  }
}

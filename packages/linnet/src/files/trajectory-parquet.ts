import { parquetWriteBuffer } from 'hyparquet-writer/src/write.js'
import { canonicalJson } from '../config/canonical.ts'
import type { Trajectory } from '../simulate/run.ts'

/**
 * A trajectory as Parquet bytes: one row a sample, the first column the clock (`time` as DOUBLE, `steps` as INT64), the others
 * DOUBLE, none nullable. The key-value metadata of the file hold what the numbers are: `clock`, `columns` (JSON: name, symbol and
 * help of each column), and the texts given. The same input gives the same bytes.
 *
 *     trajectoryParquet(run.trajectory, { configHash: configHash(run.config), config: canonicalJson(run.config) })
 *
 *     SELECT "time", singularValue1 FROM 'trajectory.parquet'                        -- DuckDB
 *     pyarrow.parquet.read_schema('trajectory.parquet').metadata[b'columns']  # Python
 */
export function trajectoryParquet(
  trajectory: Trajectory,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const { columns, column } = trajectory
  const columnData = [
    clockColumn(trajectory),
    ...columns.map(({ name }) => ({ name, data: column(name), type: 'DOUBLE' as const, nullable: false })),
  ]
  const texts = {
    clock: trajectory.clock,
    columns: canonicalJson(columns.map(({ name, symbol, help }) => ({ name, symbol, help }))),
    ...metadata,
  }
  const kvMetadata = Object.entries(texts).map(([key, value]) => ({ key, value }))
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, createdBy: 'linnet' }))
}

function clockColumn({ clock, positions }: Trajectory) {
  if (clock === 'time') return { name: clock, data: positions, type: 'DOUBLE' as const, nullable: false }
  return { name: clock, data: BigInt64Array.from(positions, BigInt), type: 'INT64' as const, nullable: false }
}

// Reads a Parquet file with hyparquet and prints every row as the table beside it would have it, and the metadata's run.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'

const [modules, path] = process.argv.slice(2)
const { parquetMetadata, parquetReadObjects } = await import(pathToFileURL(join(modules, 'hyparquet', 'src', 'index.js')))
const bytes = readFileSync(path)
const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
const run = JSON.parse(parquetMetadata(file).key_value_metadata.find(entry => entry.key === 'isobar').value).run
const rows = await parquetReadObjects({ file })
const columns = Object.keys(rows[0])
const bits = rows.flatMap(row => columns.map(column => row[column]))
console.log(JSON.stringify({ id: run.id, columns, rows: rows.length, sums: columns.map((_, i) => bits.filter((_, j) => j % columns.length === i).reduce((sum, x) => sum + (Number.isNaN(x) ? 0 : x), 0)), last: columns.map(column => rows.at(-1)[column]) }))

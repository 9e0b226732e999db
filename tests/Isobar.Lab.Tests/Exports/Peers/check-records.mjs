// Holds BattINFO records against rules written down from their published description, with ajv.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const [modules, ...files] = process.argv.slice(2)
const Ajv = createRequire(join(modules, 'index.js'))('ajv/dist/2020').default
const iri = part => ({ type: 'string', pattern: `^https://w3id\\.org/battinfo/${part}/[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$` })
const closed = (required, properties) => ({ type: 'object', required, properties, additionalProperties: false })
const text = { type: 'string', minLength: 1 }, number = { type: 'number' }, unix = { type: 'integer', minimum: 0 }
const quantity = closed(['value', 'unit'], { value: number, unit: text, standard_deviation: { type: 'number', minimum: 0 }, sample_count: { type: 'integer', minimum: 1 }, min_value: number, max_value: number, co_type: { enum: ['Measured', 'Conventional', 'Rated', 'Nominal'] } })
const quantities = { type: 'object', patternProperties: { '^[a-z][a-z0-9_]*$': quantity }, additionalProperties: false }
const version = { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' }
const provenance = sources => closed(['source_type'], { source_type: { enum: sources }, retrieved_at: unix, source_name: text, workflow_version: text, comment: text })
const deviation = closed(['category'], { category: { enum: ['premature_termination', 'out_of_tolerance'] }, description: text, step_index: unix })
const rules = {
  test: closed(['schema_version', 'test', 'provenance'], {
    schema_version: version,
    test: closed(['id', 'cell_id', 'name', 'kind'], {
      id: iri('test'), identifier: text, cell_id: iri('cell'), name: text, description: text, kind: { enum: ['cycling', 'eis', 'impedance', 'formation', 'characterization', 'other'] }, status: { enum: ['completed', 'aborted'] },
      protocol_name: text, instrument_name: text, equipment_id: iri('equipment'), started_at: unix, ended_at: unix, dataset_ids: { type: 'array', items: iri('dataset'), uniqueItems: true }, conditions: quantities,
      conformance: closed(['status'], { status: { enum: ['conformant', 'non-conformant', 'unknown'] }, deviations: { type: 'array', items: deviation } })
    }),
    provenance: provenance(['measurement', 'simulation'])
  }),
  cell: closed(['schema_version', 'cell_instance', 'provenance'], { schema_version: version, cell_instance: closed(['id', 'cell_spec_id'], { id: iri('cell'), cell_spec_id: iri('spec'), batch_id: text, manufactured_at: unix }), provenance: provenance(['lab']), notes: { type: 'array', items: text } }),
  cellspec: closed(['schema_version', 'cell_spec', 'provenance'], {
    schema_version: version,
    cell_spec: closed(['id', 'name', 'model', 'manufacturer', 'cell_format', 'chemistry'], {
      id: iri('spec'), name: text, model: text, manufacturer: closed(['name'], { name: text }), product_type: { enum: ['commercial', 'research', 'prototype'] },
      cell_format: { enum: ['cylindrical', 'prismatic', 'pouch', 'coin', 'other', 'unknown'] }, chemistry: text, positive_electrode_basis: text, negative_electrode_basis: text
    }),
    provenance: provenance(['datasheet', 'manufacturer', 'curated', 'literature', 'manual', 'other']), notes: { type: 'array', items: { type: 'string' } }
  }),
  dataset: closed(['schema_version', 'dataset', 'provenance'], {
    schema_version: version,
    dataset: closed(['id', 'identifier', 'name', 'access_url'], {
      id: iri('dataset'), identifier: text, name: text, description: text, access_url: { type: 'string', pattern: '^[a-z]+:' }, about: { type: 'array', items: text, uniqueItems: true }, created_at: unix,
      distributions: { type: 'array', minItems: 1, items: closed(['content_url', 'encoding_format'], { name: text, content_url: text, encoding_format: text, content_size: text, checksum: closed(['algorithm', 'value'], { algorithm: { enum: ['sha256'] }, value: text }) }) }
    }),
    provenance: provenance(['measurement', 'simulation'])
  }),
  equipment: closed(['schema_version', 'equipment', 'provenance'], { schema_version: version, equipment: closed(['id', 'equipment_spec_id'], { id: iri('equipment'), equipment_spec_id: iri('spec'), name: text, serial_number: text, property: quantities, comment: text }), provenance: provenance(['lab']) })
}
const ajv = new Ajv({ allErrors: true })
const wrong = files.flatMap(file => {
  const kind = Object.keys(rules).find(name => file.endsWith(`-${name}.json`)), check = ajv.compile(rules[kind])
  return check(JSON.parse(readFileSync(file, 'utf8'))) ? [] : check.errors.map(error => `${kind}${error.instancePath}: ${error.message}`)
})
console.log(JSON.stringify({ checked: files.length, wrong }))

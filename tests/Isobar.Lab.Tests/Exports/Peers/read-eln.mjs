// Opens the metadata of an unpacked .eln archive with ro-crate and checks the rules of the consortium that can be checked without a network.
import { createRequire } from 'node:module'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const [modules, folder] = process.argv.slice(2)
const { ROCrate } = createRequire(join(modules, 'index.js'))('ro-crate')
const wrong = []
const roots = readdirSync(folder)
if (roots.length !== 1) wrong.push(`${roots.length} folders at the root`)
const root = join(folder, roots[0])
const json = JSON.parse(readFileSync(join(root, 'ro-crate-metadata.json'), 'utf8'))
const crate = new ROCrate(json, { array: true, link: true })
const ids = json['@graph'].map(entity => entity['@id'])
if (new Set(ids).size !== ids.length) wrong.push('an entity is there twice')
const self = json['@graph'].find(entity => entity['@id'] === 'ro-crate-metadata.json')
for (const key of ['version', 'sdPublisher']) if (!(key in self)) wrong.push(`${key} is missing`)
const references = value => Array.isArray(value) ? value.flatMap(references) : value && typeof value === 'object' ? (value['@id'] ? [value['@id']] : []) : []
for (const entity of json['@graph']) {
  for (const [name, value] of Object.entries(entity)) for (const id of references(value)) if (!ids.includes(id) && !id.startsWith('https://')) wrong.push(`${entity['@id']}: ${name} leads to ${id}, which is not there`)
  if (entity['@type'] === 'Dataset' && entity['@id'] !== './') for (const key of ['name', 'dateCreated', 'dateModified', 'identifier', 'text', 'keywords']) if (!(key in entity)) wrong.push(`${entity['@id']} has no ${key}`)
  if (entity['@type'] === 'Dataset' && Array.isArray(entity.keywords)) wrong.push('keywords are not one text')
  if (entity['@type'] === 'File') {
    const content = readFileSync(join(root, entity['@id']))
    if (!entity.name) wrong.push(`${entity['@id']} has no name`)
    if (entity.contentSize !== String(content.length)) wrong.push(`${entity['@id']}: contentSize`)
    if (entity.sha256 !== createHash('sha256').update(content).digest('hex')) wrong.push(`${entity['@id']}: sha256`)
  }
}
console.log(JSON.stringify({ wrong, name: crate.rootDataset.name, files: json['@graph'].filter(entity => entity['@type'] === 'File').length, values: json['@graph'].filter(entity => entity['@type'] === 'PropertyValue').length }))

// Draws /openapi/v1.json. Text goes in as text, never as markup.
const methods = ['get', 'post', 'put', 'patch', 'delete']

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children.filter((child) => child !== null && child !== undefined))
  return made
}

const nameOf = (reference) => reference.split('/').at(-1)

function typeOf(schema, spec) {
  if (!schema) return ''
  if (schema.$ref) return nameOf(schema.$ref)
  const options = schema.oneOf ?? schema.anyOf
  if (options) return options.map((option) => typeOf(option, spec)).join(' | ')
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const types = [schema.type ?? 'any'].flat().map((type) => (type === 'array' ? `${typeOf(schema.items, spec)}[]` : type))
  return types.join(' | ') + (schema.format ? ` (${schema.format})` : '')
}

/** An example shaped like the schema; depth keeps circles finite. */
function sample(schema, spec, depth = 0) {
  if (!schema || depth > 6) return null
  if (schema.$ref) return sample(spec.components.schemas[nameOf(schema.$ref)], spec, depth + 1)
  if (schema.example !== undefined) return schema.example
  if (schema.enum) return schema.enum[0]
  const option = (schema.oneOf ?? schema.anyOf)?.find((one) => one.type !== 'null')
  if (option) return sample(option, spec, depth + 1)
  const type = [schema.type].flat().find((one) => one !== 'null')
  if (type === 'array') return [sample(schema.items, spec, depth + 1)]
  if (type === 'object' || schema.properties) {
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, sample(field, spec, depth + 1)])
    return Object.fromEntries(fields)
  }
  if (type === 'integer' || type === 'number') return 0
  if (type === 'boolean') return true
  if (schema.format === 'date-time') return '2026-01-31T12:00:00.000Z'
  return schema.format === 'decimal' ? '0.01' : schema.format === 'uuid' ? '019c0000-0000-7000-8000-000000000000' : 'string'
}

function shape(title, content, spec) {
  const schema = Object.values(content ?? {})[0]?.schema
  if (!schema) return null
  return node('div', {}, node('h3', {}, `${title} `, node('code', {}, typeOf(schema, spec))), node('pre', { tabindex: '0' }, JSON.stringify(sample(schema, spec), null, 2)))
}

function parameters(list, spec) {
  if (!list?.length) return null
  const rows = list.map((one) =>
    node('tr', {},
      node('td', {}, node('code', {}, one.name), one.required ? node('span', { class: 'needed' }, ' required') : null),
      node('td', {}, `${typeOf(one.schema, spec)}, in ${one.in}`),
      node('td', {}, one.description ?? '')))
  return node('div', {}, node('h3', {}, 'Parameters'), node('table', {}, node('tbody', {}, ...rows)))
}

function operation(path, method, does, spec) {
  const good = Object.entries(does.responses ?? {}).filter(([status]) => status.startsWith('2'))
  const answers = good.map(([status, answer]) => shape(`Answer ${status}`, answer.content, spec) ?? node('h3', {}, `Answer ${status}, no body`))
  const refusals = Object.keys(does.responses ?? {}).filter((status) => !status.startsWith('2') && status !== 'default')
  return node('details', { 'data-find': `${method} ${path} ${does.summary ?? ''} ${does.operationId ?? ''} ${does.tags ?? ''}`.toLowerCase() },
    node('summary', {},
      node('span', { class: `method ${method}` }, method.toUpperCase()),
      node('span', { class: 'path' }, path),
      node('span', { class: 'note' }, does.summary ?? does.operationId ?? '')),
    node('div', { class: 'body' },
      does.description ? node('p', {}, does.description) : null,
      parameters(does.parameters, spec),
      shape('Body', does.requestBody?.content, spec),
      ...answers,
      node('h3', {}, 'Refusals'),
      node('p', {}, `Problem details with a code${refusals.length ? `: ${refusals.join(', ')}` : ''}.`)))
}

function draw(spec) {
  const groups = new Map()
  for (const [path, item] of Object.entries(spec.paths)) {
    for (const method of methods.filter((one) => item[one])) {
      const tag = (item[method].tags?.[0] ?? 'other').toLowerCase()
      groups.set(tag, [...(groups.get(tag) ?? []), operation(path, method, item[method], spec)])
    }
  }
  const main = document.getElementById('main')
  const nav = document.getElementById('tags')
  main.replaceChildren(node('p', {}, spec.info.description ?? ''), node('p', { id: 'none', hidden: '' }, 'Nothing matches.'))
  for (const [tag, operations] of groups) {
    nav.append(node('a', { href: `#${tag}` }, tag))
    main.append(node('section', {}, node('h2', { id: tag }, tag), ...operations))
  }
  document.getElementById('find').addEventListener('input', (event) => filter(event.target.value.trim().toLowerCase()))
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

function filter(words) {
  let shown = 0
  for (const section of document.querySelectorAll('section')) {
    let inSection = 0
    for (const one of section.querySelectorAll('details')) {
      one.hidden = !words.split(/\s+/).every((word) => one.dataset.find.includes(word))
      if (!one.hidden) inSection++
    }
    section.hidden = inSection === 0
    shown += inSection
  }
  document.getElementById('none').hidden = shown > 0
}

try {
  const answer = await fetch('/openapi/v1.json', { signal: AbortSignal.timeout(10_000) })
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
  draw(await answer.json())
} catch (error) {
  document.getElementById('state').textContent = `The document could not be read: ${error.message}`
}

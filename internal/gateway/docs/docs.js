// Draws the OpenAPI document as a page. Everything becomes text nodes, never HTML.
'use strict';

const methods = ['get', 'post', 'put', 'patch', 'delete'];

// make builds an element: make('td', {class: 'path'}, 'text', otherElement).
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function resolve(api, schema) {
  while (schema && schema.$ref) schema = api.components.schemas[schema.$ref.split('/').pop()];
  return schema || {};
}

// typeName says a schema's type in a word or a link to its schema.
function typeName(schema) {
  if (!schema) return '';
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop();
    return make('a', { href: '#schema-' + name }, name);
  }
  if (schema.type === 'array' || (Array.isArray(schema.type) && schema.type.includes('array'))) {
    return make('span', {}, 'list of ', typeName(schema.items));
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : schema.type || 'any';
  return schema.enum ? schema.enum.join(' | ') : type;
}

function table(rows) {
  const body = make('tbody', {});
  for (const cells of rows) body.append(make('tr', {}, ...cells.map((cell) => make('td', {}, cell || ''))));
  return make('table', {}, body);
}

function properties(schema) {
  const required = new Set(schema.required || []);
  return table(Object.entries(schema.properties || {}).map(([name, property]) => [
    name + (required.has(name) ? '' : '?'), typeName(property), property.description,
  ]));
}

function drawContent(api, content) {
  const parts = [];
  for (const [type, media] of Object.entries(content || {})) {
    parts.push(make('p', {}, make('code', {}, type), ' ', typeName(media.schema)));
    if (type === 'application/json') parts.push(properties(resolve(api, media.schema)));
  }
  return parts;
}

function drawOperation(api, path, method, operation) {
  const box = make('div', {}, make('p', { class: 'text' }, operation.description || ''));
  if (operation.parameters) {
    box.append(make('h4', {}, 'Parameters'), table(operation.parameters.map((p) => [p.name, p.in, p.description])));
  }
  if (operation.requestBody) {
    box.append(make('h4', {}, 'Body'), ...drawContent(api, operation.requestBody.content));
  }
  box.append(make('h4', {}, 'Answers'));
  const failures = [];
  for (const [status, response] of Object.entries(operation.responses)) {
    if (status < '400') {
      box.append(make('p', {}, make('code', {}, status), ' ', response.description), ...drawContent(api, response.content));
    } else {
      failures.push([status, response.description]);
    }
  }
  box.append(table(failures));
  const note = operation.security ? 'logged in' : '';
  return make('details', { id: operation.operationId },
    make('summary', {},
      make('span', { class: 'note' }, note),
      make('span', { class: 'method' }, method.toUpperCase()),
      make('span', { class: 'path' }, path), ' ', operation.summary),
    box);
}

function draw(api) {
  const content = document.getElementById('content');
  content.replaceChildren(make('p', { class: 'text' }, api.info.description));
  for (const tag of api.tags) {
    const section = make('section', {}, make('h2', {}, tag.name), make('p', {}, tag.description));
    for (const [path, item] of Object.entries(api.paths)) {
      for (const method of methods) {
        const operation = item[method];
        if (operation && operation.tags.includes(tag.name)) section.append(drawOperation(api, path, method, operation));
      }
    }
    content.append(section);
  }
  content.append(make('h2', {}, 'schemas'));
  for (const [name, schema] of Object.entries(api.components.schemas)) {
    content.append(make('details', { id: 'schema-' + name },
      make('summary', { class: 'path' }, name), make('div', {}, properties(schema))));
  }
  openTarget();
}

// openTarget unfolds what the address names.
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView();
  }
}

function find(event) {
  const words = event.target.value.toLowerCase();
  for (const details of document.querySelectorAll('details')) {
    details.hidden = !details.textContent.toLowerCase().includes(words);
  }
}

async function main() {
  document.getElementById('find').addEventListener('input', find);
  window.addEventListener('hashchange', openTarget);
  try {
    const response = await fetch('/openapi.json');
    if (!response.ok) throw new Error('HTTP ' + response.status);
    draw(await response.json());
  } catch (error) {
    document.getElementById('content').replaceChildren(make('p', {}, 'The API could not be described: ' + error.message));
  }
}

main();

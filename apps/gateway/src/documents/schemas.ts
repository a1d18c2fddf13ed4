/** Schemas of requests accept what they name and nothing else: an unknown field is a fault, not a wish. */
export function closedSchemas(schemas: Readonly<Record<string, object>>): Record<string, object> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema) as object]));
}

function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (!isRecord(node)) return node;
  const inner = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'allOf' ? value : closed(value)]),
  );
  // A schema composed with allOf cannot be closed part by part: each part would refuse the fields of the others.
  const closes = isRecord(inner['properties']) && !('additionalProperties' in inner) && !('allOf' in inner);
  return closes && inner['type'] === 'object' ? { ...inner, additionalProperties: false } : inner;
}

/** The same schemas, of which nothing is left but how many entries a list may have. */
export function listBounds(schemas: Readonly<Record<string, object>>): Record<string, object> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bounds(schema) as object]));
}

function bounds(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bounds);
  if (!isRecord(node)) return {};
  const { $ref, maxItems, items, allOf, properties } = node;
  return {
    ...($ref === undefined ? {} : { $ref }),
    ...(maxItems === undefined ? {} : { maxItems }),
    ...(items === undefined ? {} : { items: bounds(items) }),
    ...(allOf === undefined ? {} : { allOf: bounds(allOf) }),
    ...(isRecord(properties) ? { properties: listBounds(properties as Record<string, object>) } : {}),
  };
}

/** The same schema with its references pointing into the named document. */
export function within(document: string, schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${document}#/`)) as object;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

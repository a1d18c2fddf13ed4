import type { Edge } from '../support/edge';

export function mappingsSuite(theEdge: () => Edge): void {
  it('cross-references are previewed, imported, ended and listed; wrong ones refused', async () => {
    const edge = theEdge();
    const at = (name: string): string => `operationsMappings.${name}`;
    const mapping = { kind: 'ITEM', system: 'edge', external: 'E-1', internal: 'MUG-BLUE', validFrom: '2026-01-01' };
    const put = await edge.expect(207, at('put'), { body: { mappings: [mapping], preview: true } });
    expect(put.body).toMatchObject({ preview: true, created: 1 });
    await edge.refuses(422, 'REQUEST_INVALID', at('put'), { body: { mappings: [{ ...mapping, kind: 'COLOUR' }] } });
    const csv =
      'kind,system,external,internal,validFrom\r\nITEM,edge,E-1,MUG-BLUE,2026-01-01\r\nITEM,edge,E-2,X,2026-01-01\r\n';
    const imported = await edge.expect(207, at('importFile'), { body: { csv } });
    expect(imported.body.results.map(({ row, outcome }: Record<string, unknown>) => [row, outcome])).toEqual([
      [2, 'created'],
      [3, 'rejected'],
    ]);
    await edge.refuses(422, 'MAPPING_FILE_INVALID', at('importFile'), { body: { csv: 'kind\r\n' } });
    const end = { kind: 'ITEM', system: 'edge', external: 'E-1', lastDay: '2026-12-31' };
    expect((await edge.expect(200, at('end'), { body: end })).body.validTo).toBe('2026-12-31');
    await edge.refuses(404, 'MAPPING_UNKNOWN', at('end'), { body: { ...end, external: 'E-9' } });
    const list = await edge.expect(200, at('list'), { query: { system: 'edge', on: '2026-03-02' } });
    expect(list.body.mappings).toHaveLength(1);
    await edge.refuses(400, 'CURSOR_INVALID', at('list'), { query: { cursor: 'x' } });
    const { body } = await edge.expect(200, at('sourcesOfTruth'));
    expect(body.sources.length).toBeGreaterThan(5);
    await edge.refuses(400, 'PARAMETER_INVALID', at('sourcesOfTruth'), { query: { colour: 'blue' } });
  });
}

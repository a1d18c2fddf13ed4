import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import fc from 'fast-check';
import { CancelEdgeOrderRequest } from '#contracts/edge/edge-orders.dto';
import { OrderContent } from '#contracts/orders/orders.dto';
import type { Route } from '#contracts/api';
import { schemaCheck } from '#service/contract-check';
import { openApiDocument } from '#service/documents';
import { DOCUMENTED_APPS } from '../../apps/all-in-one/src/apps';
import { AvailabilityRequest } from '../../apps/experience/portal/src/in/http/availability.dto';
import { PlaceOrderRequest } from '../../apps/experience/portal/src/in/http/orders.dto';
import { contractsOf } from '../../tools/contracts/contracts';
import { bodiesOf, mutationsOf, type Json } from './support/bodies';

interface Input {
  readonly document: string;
  readonly dto: new () => object;
}

/** Bodies of every internal route, and what partners order and ask with. */
const INPUTS: readonly Input[] = [
  ...DOCUMENTED_APPS.flatMap((app) =>
    contractsOf(app).flatMap(({ document, routes }) =>
      Object.values(routes as Readonly<Record<string, Route>>)
        .filter((route) => hasBody(document, route))
        .map(({ input }) => ({ document, dto: input })),
    ),
  ),
  { document: 'experience/portal.v1', dto: PlaceOrderRequest },
  { document: 'experience/portal.v1', dto: CancelEdgeOrderRequest },
  { document: 'experience/portal.v1', dto: AvailabilityRequest },
  { document: 'experience/marketplace.v1', dto: OrderContent },
];

function hasBody(document: string, { verb, path }: Route): boolean {
  const operations = openApiDocument(document).paths[path.replace(/:(\w+)/g, '{$1}')];
  const operation = operations?.[verb.toLowerCase() as 'get' | 'post' | 'put' | 'delete'];
  if (!operation) throw new Error(`${document} has no ${verb} ${path}`);
  return operation.requestBody !== undefined;
}

async function acceptedByClass(dto: new () => object, body: Json): Promise<boolean> {
  const errors = await validate(plainToInstance<object, Json>(dto, body), {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
  });
  return errors.length === 0;
}

async function disagreement({ document, dto }: Input, body: Json): Promise<string | undefined> {
  const byDocument = schemaCheck(document, dto.name)(body);
  const byClass = await acceptedByClass(dto, body);
  if (byDocument === byClass || (!byDocument && hasOddCredentials(body))) return undefined;
  return `${byDocument ? 'only the class refuses' : 'only the document refuses'} ${JSON.stringify(body).slice(0, 2000)}`;
}

/** class-validator has no word for a map of texts: there the document, which is what is enforced, says more than the class. */
function hasOddCredentials(body: Json): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const { credentials } = body;
  return (
    typeof credentials === 'object' &&
    credentials !== null &&
    Object.values(credentials).some((value) => typeof value !== 'string')
  );
}

describe('the classes of the contracts and the documents emitted from them refuse the same bodies', () => {
  describe.each(INPUTS.map((input) => [`${input.document} ${input.dto.name}`, input] as const))('%s', (_, input) => {
    const schemas = openApiDocument(input.document).components.schemas ?? {};
    const bodies = bodiesOf(schemas, input.dto.name);

    it('both accept every right body', async () => {
      await fc.assert(
        fc.asyncProperty(bodies, async (body) => {
          expect(schemaCheck(input.document, input.dto.name)(body)).toBe(true);
          expect(await disagreement(input, body)).toBeUndefined();
        }),
        { numRuns: 15 },
      );
    });

    it('both refuse, or both accept, a body with one thing changed', async () => {
      await fc.assert(
        fc.asyncProperty(bodies, fc.nat(), async (body, pick) => {
          const mutations = mutationsOf(body);
          const chosen = mutations[pick % Math.max(1, mutations.length)];
          if (chosen === undefined) return;
          expect([chosen.what, await disagreement(input, chosen.body)]).toEqual([chosen.what, undefined]);
        }),
        { numRuns: 60 },
      );
    });
  });
});

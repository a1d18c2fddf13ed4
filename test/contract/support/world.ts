import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiContract, Route } from '#contracts/api';
import { availabilityContract } from '#contracts/availability/availability.api';
import {
  erpConnectionsContract,
  tmsConnectionsContract,
  wmsConnectionsContract,
} from '#contracts/connections/connections.api';
import { erpContract } from '#contracts/erp/erp.api';
import { referenceContract } from '#contracts/reference/reference.api';
import { messagingMigrations } from '#messaging/migrations';
import { ContractResponses } from '#testing/contract-responses';
import { testDatabase, type TestDatabase } from '#testing/postgres';
import type { PartnersService } from '../../../apps/gateway/src/partners/partners.service';
import { ALL_APPS, DOCUMENTED_APPS } from '../../../apps/all-in-one/src/apps';
import { installDemo, type DemoFile } from '../../../apps/all-in-one/src/demo';
import { demoAccess } from '../../../apps/all-in-one/src/demo-access';
import { startApart } from './apart';
import { PUBLIC_DOCUMENTS } from './public-documents';
import type { Installation } from './installation';
import { startTogether } from './together';

export type Shape = 'local' | 'http';

/** One running product with the demo installed, whose every answer is held to the committed documents. */
export class World {
  /** Operation ids that gave an answer. */
  readonly answered = new Set<string>();
  readonly faults: string[];
  private readonly documents = new Map(
    [...new Set([...PUBLIC_DOCUMENTS, ...DOCUMENTED_APPS.map(({ layer, name }) => `${layer}/${name}.v1`)])].map(
      (name) => [name, new ContractResponses(name)],
    ),
  );

  private constructor(
    readonly demo: DemoFile,
    readonly exchange: string,
    private readonly installation: Installation,
    private readonly test: TestDatabase,
    private readonly directory: string,
  ) {
    this.faults = installation.faults;
  }

  static async start(shape: Shape): Promise<World> {
    process.env['CROSSDOCK_SECRET_KEY'] ??= Buffer.alloc(32, 7).toString('base64');
    // Simulated warehouses and carriers work at once.
    process.env['CROSSDOCK_SANDBOX_SPEED'] = '1000';
    process.env['CROSSDOCK_EXCEPTIONS_DEAD_WORK_SECONDS'] = '1';
    process.env['CROSSDOCK_EGRESS_ALLOW'] = 'loopback';
    process.env['CROSSDOCK_SANDBOX'] = 'true';
    const directory = mkdtempSync(join(tmpdir(), 'crossdock-contract-'));
    const test = await testDatabase(messagingMigrations, ...ALL_APPS.flatMap((app) => app.migrations ?? []));
    const installation = await (shape === 'local' ? startTogether(test.database) : startApart(test.url));
    const demo = await installDemo(
      {
        reference: installation.bound(referenceContract),
        availability: installation.bound(availabilityContract),
        erp: installation.bound(erpContract),
        erpConnections: installation.bound(erpConnectionsContract),
        wmsConnections: installation.bound(wmsConnectionsContract),
        tmsConnections: installation.bound(tmsConnectionsContract),
        ...demoAccess(installation.partners, installation.people),
      },
      { url: installation.url, sandboxUrl: installation.sandboxUrl, dataDirectory: directory },
    );
    return new World(demo, join(directory, 'exchange'), installation, test, directory);
  }

  get partners(): PartnersService {
    return this.installation.partners;
  }

  /** Every event that was ever put on the outbox, as it was written there. */
  async events(): Promise<{ type: string; envelope: Record<string, unknown> }[]> {
    const { rows } = await this.test.database.query<{ type: string; envelope: Record<string, unknown> }>(
      'select type, envelope from messaging.outbox order by id',
    );
    return rows;
  }

  /** As after 30 days: what the gateway kept under idempotency keys is gone, what the apps know of them is not. */
  async forgetIdempotencyKeys(): Promise<void> {
    await this.test.database.query('delete from gateway.idempotency');
  }

  document(name: string): ContractResponses {
    const found = this.documents.get(name);
    if (found === undefined) throw new Error(`no app is documented as ${name}`);
    return found;
  }

  /** The API as another app of ours is given it; each answer is checked on its way. */
  api<Api extends object>(contract: ApiContract<Api>): Api {
    const bound = this.installation.bound(contract);
    const document = this.document(contract.document);
    const methods = Object.entries<Route>(contract.routes).map(([method, route]) => {
      const id = `${contract.name}.${method}`;
      const call = async (input: object): Promise<unknown> => {
        const answer: unknown = await (Reflect.get(bound, method) as (input: object) => Promise<unknown>)(input);
        this.answered.add(id);
        this.faults.push(...document.answerFaults(id, route.status ?? 200, answer));
        return answer;
      };
      return [method, call] as const;
    });
    return Object.fromEntries(methods) as Api;
  }

  /** Every key of a partner is dead within seconds. */
  async revokeKeys(partner: string): Promise<void> {
    await this.test.database.query(`update gateway.api_key set revoked_at = now() where partner = $1 and revoked_at is null`, [partner]); // prettier-ignore
  }

  async close(): Promise<void> {
    await this.installation.close();
    await this.test.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

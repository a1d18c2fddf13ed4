import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { AuditStore, INSTALLATION } from '../audit/audit.store';
import { gatewayConfig, type GatewayConfig } from '../config';
import type { Operation } from '../documents/operations';
import type { DatedVersions } from './dated-versions';
import { VersionStore, type OperationUseRow } from './version.store';

const LIVE_DAYS = 30;
/** Of those that are told of in one message; all of them are in the audit log. */
const NAMED_AT_MOST = 20;

/** What was served and is no more: nothing that a partner has called in the last thirty days, unless somebody says why. */
@Injectable()
export class Retirement {
  constructor(
    private readonly store: VersionStore,
    private readonly audit: AuditStore,
    private readonly database: Database,
    private readonly log: Log,
    @Inject(gatewayConfig.token) private readonly config: Pick<GatewayConfig, 'retireInUse'>,
  ) {}

  /** Throws when this start would end something that is in use, and says who uses it; with a reason it goes on, and the audit log has it. */
  async check(operations: readonly Operation[], versions: DatedVersions): Promise<void> {
    const served = operations.map(({ method, route }) => `${method} ${nameless(route)}`);
    const lost = await this.store.usesBut(served, versions.served, LIVE_DAYS);
    if (lost.length === 0) return;
    const uses = lost.map(told);
    const named = [...uses.slice(0, NAMED_AT_MOST), ...(uses.length > NAMED_AT_MOST ? ['…'] : [])].join('\n  - ');
    const reason = this.config.retireInUse;
    if (reason === '')
      throw new Error(
        `what partners called in the last ${LIVE_DAYS} days would no longer be served; CROSSDOCK_RETIRE_IN_USE=<reason> ends it anyway:\n  - ${named}`,
      );
    this.log.warn({ uses, reason }, 'what partners still call is no longer served');
    await this.database.transaction((tx) =>
      this.audit.append(tx, {
        ...INSTALLATION,
        action: 'version.retired-in-use',
        object: 'versions',
        reason,
        before: { uses },
      }),
    );
  }
}

function told({ partner, version, date, method, route, calls, lastAt }: OperationUseRow): string {
  return `${partner}: ${method} ${route} of ${version} as of ${date}, ${calls} calls, the last at ${lastAt.toISOString()}`;
}

/** What an id is called in a path is nobody's business. */
function nameless(route: string): string {
  return route.replaceAll(/\{[^}]*\}/g, '{}');
}

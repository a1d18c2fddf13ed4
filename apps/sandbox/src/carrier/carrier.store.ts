import { Injectable } from '@nestjs/common';
import { Database } from '#persistence/database';
import type { Queryable, Statement } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import type { Outcome } from '#persistence/gather';

export interface CarrierInstallation {
  readonly installation: string;
  readonly apiKey: string;
  /** Where tracking notifications go; none are sent without it. */
  readonly webhookUrl?: string;
  /** Name of the header that carries the secret. */
  readonly webhookHeader?: string;
  readonly webhookSecret?: string;
}

export interface LabelRow {
  number: string;
  externalShipmentId: string | null;
  carrierId: string;
  serviceCode: string;
  cost: string;
  parcels: { id: string; weight: number }[];
  shipTo: Record<string, unknown>;
  createdAt: Date;
  voidedAt: Date | null;
  statusCode: string;
  events: { statusCode: string; occurredAt: string }[];
}

const columns = `number, external_shipment_id as "externalShipmentId", carrier_id as "carrierId", service_code as "serviceCode",
  cost, parcels, ship_to as "shipTo", created_at as "createdAt", voided_at as "voidedAt", status_code as "statusCode", events`;

const seed: Statement = {
  name: 'sandbox-carrier-seed',
  text: `
    insert into sandbox.carrier_installation as i (installation, api_key, webhook_url, webhook_header, webhook_secret)
    values ($1, $2, $3, coalesce($4, 'x-crossdock-webhook-secret'), coalesce($5, ''))
        on conflict (installation) do update
       set api_key = excluded.api_key, webhook_url = excluded.webhook_url, webhook_header = excluded.webhook_header,
           webhook_secret = excluded.webhook_secret`,
};

const insertLabel: Statement = {
  name: 'sandbox-carrier-label-insert',
  text: `
    insert into sandbox.carrier_label (installation, external_shipment_id, carrier_id, service_code, cost, parcels, ship_to, due_at)
    values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp() + make_interval(secs => $8))
    returning ${columns}`,
};

const byExternalId: Statement = {
  name: 'sandbox-carrier-label-external',
  text: `select ${columns} from sandbox.carrier_label where installation = $1 and external_shipment_id = $2
          order by number desc limit 1`,
};

const byNumber: Statement = {
  name: 'sandbox-carrier-label-number',
  text: `select ${columns} from sandbox.carrier_label where installation = $1 and number = $2`,
};

// A label that the carrier has accepted is used: it cannot be voided.
const voidLabel: Statement = {
  name: 'sandbox-carrier-void',
  text: `
    update sandbox.carrier_label set voided_at = now(), due_at = null
     where installation = $1 and number = $2 and voided_at is null and status_code = 'NY'`,
};

const advance: Statement = {
  name: 'sandbox-carrier-advance',
  text: `
    with due as (
      select number, case status_code when 'NY' then 'AC' when 'AC' then 'IT' else 'DE' end as next
        from sandbox.carrier_label
       where installation = $1 and due_at <= clock_timestamp()
       order by due_at limit $2 for update skip locked)
    update sandbox.carrier_label l
       set status_code = due.next,
           events = l.events || jsonb_build_object('statusCode', due.next, 'occurredAt',
             to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
           due_at = case when due.next = 'DE' then null else clock_timestamp() + make_interval(secs => $3) end
      from due where l.number = due.number
    returning l.number, external_shipment_id as "externalShipmentId", carrier_id as "carrierId",
              service_code as "serviceCode", cost, parcels, ship_to as "shipTo", created_at as "createdAt",
              voided_at as "voidedAt", status_code as "statusCode", events`,
};

const nextDue: Statement = {
  name: 'sandbox-carrier-next-due',
  text: `
    select greatest(0, extract(epoch from min(due_at) - clock_timestamp()))::float8 as seconds
      from sandbox.carrier_label where installation = $1 and due_at is not null`,
};

const counts: Statement = {
  name: 'sandbox-carrier-counts',
  text: `
    select count(*)::int as labels, count(*) filter (where voided_at is null)::int as live,
           count(*) filter (where voided_at is not null)::int as voided,
           count(*) filter (where status_code = 'DE')::int as delivered,
           count(distinct external_shipment_id) filter (where voided_at is null)::int as shipments
      from sandbox.carrier_label
     where installation = $1 and ($2::text is null or external_shipment_id = $2)`,
};

const labelsOf: Statement = {
  name: 'sandbox-carrier-labels',
  text: `
    select external_shipment_id as "externalId", 'se-' || number as "documentNumber" from sandbox.carrier_label
     where installation = $1 and external_shipment_id collate "C" > $2
     order by external_shipment_id collate "C", number limit $3`,
};

export interface ListedLabel {
  readonly externalId: string;
  readonly documentNumber: string;
}

export interface CarrierCounts {
  labels: number;
  live: number;
  voided: number;
  delivered: number;
  /** Distinct external shipment ids with a live label: less than `live` when something was bought twice. */
  shipments: number;
}

/** Makes or changes a carrier account of the sandbox. */
export async function seedCarrier(db: Queryable, account: CarrierInstallation): Promise<void> {
  const { installation, apiKey, webhookUrl, webhookHeader, webhookSecret } = account;
  await db.query(seed, [installation, apiKey, webhookUrl ?? null, webhookHeader ?? null, webhookSecret ?? null]);
}

/** The simulated carrier's own books. */
@Injectable()
export class CarrierBooks {
  private readonly accounts = new Map<string, { account: CarrierInstallation; readAt: number }>();

  private readonly sales = new Gatherer<readonly unknown[], LabelRow>((sales) => this.sell(sales));

  constructor(private readonly database: Database) {}

  /** Undefined for an installation that was never seeded. Remembered for a second. */
  async account(installation: string): Promise<CarrierInstallation | undefined> {
    const known = this.accounts.get(installation);
    if (known && Date.now() - known.readAt < 1000) return known.account;
    const { rows } = await this.database.query<CarrierInstallation>(
      `select installation, api_key as "apiKey", webhook_url as "webhookUrl", webhook_header as "webhookHeader",
              webhook_secret as "webhookSecret" from sandbox.carrier_installation where installation = $1`,
      [installation],
    );
    const [account] = rows;
    if (account) this.accounts.set(installation, { account, readAt: Date.now() });
    return account;
  }

  async addLabel(
    installation: string,
    label: Pick<LabelRow, 'externalShipmentId' | 'carrierId' | 'serviceCode' | 'cost' | 'parcels' | 'shipTo'>,
    dueSeconds: number,
  ): Promise<LabelRow> {
    const { externalShipmentId, carrierId, serviceCode, cost, parcels, shipTo } = label;
    return this.sales.call([
      ...[installation, externalShipmentId, carrierId, serviceCode, cost],
      ...[JSON.stringify(parcels), JSON.stringify(shipTo), dueSeconds],
    ]);
  }

  /** Labels of one moment share a commit. */
  private sell(sales: readonly (readonly unknown[])[]): Promise<Outcome<LabelRow>[]> {
    return this.database.transaction((tx) =>
      Promise.all(
        sales.map(async (values) => {
          const [row] = (await tx.query<LabelRow>(insertLabel, values)).rows;
          return row ? { value: row } : { error: new Error('the label was not stored') };
        }),
      ),
    );
  }

  async findByExternalId(installation: string, externalShipmentId: string): Promise<LabelRow | undefined> {
    return (await this.database.query<LabelRow>(byExternalId, [installation, externalShipmentId])).rows[0];
  }

  async findByNumber(installation: string, number: string): Promise<LabelRow | undefined> {
    return (await this.database.query<LabelRow>(byNumber, [installation, number])).rows[0];
  }

  async void(installation: string, number: string): Promise<boolean> {
    return (await this.database.query(voidLabel, [installation, number])).rowCount === 1;
  }

  /** Moves what is due one step on and answers it. */
  async advance(db: Queryable, installation: string, limit: number, stepSeconds: number): Promise<LabelRow[]> {
    return (await db.query<LabelRow>(advance, [installation, limit, stepSeconds])).rows;
  }

  /** Seconds until the next label is due; undefined when none is on its way. */
  async secondsToNext(db: Queryable, installation: string): Promise<number | undefined> {
    return (await db.query<{ seconds: number | null }>(nextDue, [installation])).rows[0]?.seconds ?? undefined;
  }

  /** Installations with a parcel that still has to move. */
  async installationsUnderWay(): Promise<string[]> {
    const { rows } = await this.database.query<{ installation: string }>(
      'select distinct installation from sandbox.carrier_label where due_at is not null',
    );
    return rows.map(({ installation }) => installation);
  }

  /** Every label bought, voided ones too, by external shipment id after the one named. */
  async labels(installation: string, after: string, limit: number): Promise<ListedLabel[]> {
    return (await this.database.query<ListedLabel>(labelsOf, [installation, after, limit])).rows;
  }

  /** Of everything, or of one external shipment id. */
  async counts(installation: string, externalShipmentId?: string): Promise<CarrierCounts | undefined> {
    return (await this.database.query<CarrierCounts>(counts, [installation, externalShipmentId ?? null])).rows[0];
  }
}

import type { Queryable, Statement } from '#persistence/database';
import type { EffectName, PostedLine, Shipment } from '../confirm-shipment/shipment';
import { businessKeyOf } from '../effects/effect';
import type { Posting } from '../effects/effect';
import type { EffectKey } from './effect.store';
import { SHIPMENT_COLUMNS } from './shipment.store';

export interface EffectPosting {
  readonly shipment: Shipment;
  readonly posting: Posting;
}

interface Row extends Shipment {
  readonly name: EffectName;
  readonly effectRevision: number;
  readonly effectLines: readonly PostedLine[] | null;
  /** The shipment as it was when the backend was asked, where it has been corrected since. */
  readonly content: Pick<Shipment, 'request' | 'lines' | 'carrier'> | null;
}

// The effect and its shipment in one statement: a correction freezes the one and changes the other in one transaction.
const findPostings: Statement = {
  name: 'effect-postings',
  text: `
    select ${SHIPMENT_COLUMNS}, e.name, e.revision as "effectRevision", e.lines as "effectLines", e.content
      from unnest($1::text[], $2::int[], $3::text[]) as a (shipment_id, revision, name)
      join shipments.effect e on e.shipment_id = a.shipment_id and e.revision = a.revision and e.name = a.name
      join shipments.shipment s on s.id = e.shipment_id
      join shipments.fulfilment_order f on f.id = s.fulfilment_order
     where e.state = 'PENDING' and s.state = 'CONFIRMED'`,
};

/** Of the effects asked for those that still wait, with what they post. By name, version and shipment. */
export async function postingsOf(db: Queryable, keys: readonly EffectKey[]): Promise<Map<string, EffectPosting>> {
  const columns = [keys.map(({ shipment }) => shipment), keys.map(({ revision }) => revision), keys.map(({ name }) => name)]; // prettier-ignore
  const { rows } = await db.query<Row>(findPostings, columns);
  return new Map(
    rows.map(({ name, effectRevision: revision, effectLines, content, ...now }) => {
      const shipment = { ...now, ...content };
      const lines = effectLines ?? wholeOf(shipment, name);
      const posting = { revision, businessKey: businessKeyOf(shipment.id, revision), lines };
      return [`${name} ${revision} ${shipment.id}`, { shipment, posting }];
    }),
  );
}

/** An invoice bills what may be billed, everything else is about what left. */
function wholeOf({ lines }: Shipment, name: EffectName): PostedLine[] {
  return lines.flatMap(({ line, item, quantity, billable }) => {
    const posted = name === 'ERP_INVOICE' ? billable : quantity;
    return posted === '0' ? [] : [{ line, item, quantity: posted }];
  });
}

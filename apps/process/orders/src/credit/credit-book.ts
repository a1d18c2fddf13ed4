import { Injectable } from '@nestjs/common';
import { Decimal } from '#canonical/decimal';
import type { CustomerDto } from '#contracts/reference/reference.dto';
import { Jobs } from '#messaging/jobs';
import { Database, type Queryable, type Transaction } from '#persistence/database';
import { exposure } from '../accept-order/checks/credit';
import type { CreditPosition } from '../accept-order/credit-position';
import type { AcceptPolicy } from '../accept-order/incoming';
import type { OrderState } from '../fulfil-order/order-state';
import * as store from '../out/credit.store';
import { creditFigures } from './figures';
import { readJob } from './read-job';

/** What was agreed with the customer, and what counts when the ERP is silent. */
export interface CreditTerms {
  readonly terms: NonNullable<CustomerDto['credit']>;
  readonly policy: AcceptPolicy['credit'];
}

/** An order that was found to be within the limit, and what that was found with. */
export interface CreditClaim extends CreditTerms {
  readonly state: OrderState;
  readonly today: string;
  /** False: held for credit, or nobody minds. */
  readonly within: boolean;
}

/** What customers with a credit limit owe and have ordered: the ERP's last word, and our own orders since. */
@Injectable()
export class CreditBook {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  /** Where a customer stands now. Nothing is asked of the ERP: what it said last is read. */
  async position(customer: string, agreed: CreditTerms, db: Queryable = this.database): Promise<CreditPosition> {
    return positionOf((await store.accounts(db, [customer])).get(customer), agreed, new Date());
  }

  /**
   * Those whose credit somebody else has taken since they were found to be within the limit. Their customers' accounts are locked, so
   * what is recorded in this transaction was checked against everything that is recorded.
   */
  async overtaken(tx: Transaction, claims: readonly (CreditClaim | undefined)[]): Promise<ReadonlySet<number>> {
    const some = claims.flatMap((claim) => claim ?? []);
    if (some.length === 0) return new Set();
    const wanted = some.map(({ state: { contents } }) => ({ customer: contents.customer, connection: contents.erpConnection })); // prettier-ignore
    await this.jobs.enqueue(tx, (await store.open(tx, wanted)).map(readJob));
    const known = await store.accounts(tx, [...new Set(wanted.map(({ customer }) => customer))]);
    const taken = new Map<string, Decimal>();
    const over = claims.flatMap((claim, index) => {
      if (!claim?.within) return [];
      const { state, today } = claim;
      const { customer } = state.contents;
      const position = positionOf(known.get(customer), claim, new Date());
      const before = taken.get(customer) ?? new Decimal(0);
      const after = before.plus(creditFigures(state).open);
      if (exposure(position, today).plus(after).gt(position.limit.amount)) return [index];
      taken.set(customer, after);
      return [];
    });
    return new Set(over);
  }
}

/** Pure. The ERP's own limit counts before ours; what it says in another currency cannot be counted. */
export function positionOf(
  account: store.CreditAccount | undefined,
  { terms, policy }: CreditTerms,
  now: Date,
): CreditPosition {
  const { currency } = terms.limit;
  const said = account?.asOf != null && account.currency === currency ? account : undefined;
  const { openOrders = [], deliveredNotBilled = '0' } = account ?? {};
  return {
    limit: said?.limit == null ? terms.limit : { amount: said.limit, currency },
    ...(terms.horizonDays !== undefined && { horizonDays: terms.horizonDays }),
    ...{ openOrders, deliveredNotBilled },
    billedNotPosted: said?.billedNotPosted ?? '0',
    receivables: said?.receivables ?? '0',
    overdue: said?.overdue ?? '0',
    reported: said?.asOf != null && now.getTime() - said.asOf.getTime() <= policy.staleAfterMinutes * 60_000,
    ...(said?.asOf != null && { asOf: said.asOf.toISOString() }),
  };
}

import { Decimal } from '#canonical/decimal';
import type { CustomerReceivables } from '#contracts/erp/erp.dto';
import type { TrytonClient } from './client';
import type { Directory } from './directory';
import type { AccountRow, TrytonDecimal } from './native';
import { ACCOUNT_FIELDS, CREDIT_LIMIT } from './native';
import type { TrytonSettings } from './settings';

/**
 * What parties owe, as Tryton sums it up: posted lines that are not reconciled. Invoices that wait to be posted are ours (Tryton makes
 * them of our shipments) and not in it.
 */
export class Receivables {
  constructor(
    private readonly client: TrytonClient,
    private readonly directory: Directory,
    private readonly settings: TrytonSettings,
  ) {}

  async of(customers: readonly string[]): Promise<CustomerReceivables[]> {
    const fields = [...ACCOUNT_FIELDS, ...((await this.directory.keepsLimits()) ? [CREDIT_LIMIT] : [])];
    const domain = [['code', 'in', customers], ['active', 'in', [true, false]]]; // prettier-ignore
    const rows = await this.client.search<AccountRow>('party.party', domain, fields);
    return rows.map(({ code, receivable, receivable_today: today, credit_limit_amount: limit }) => ({
      customer: code,
      currency: this.settings.currency,
      receivables: text(receivable),
      overdue: text(today),
      ...(limit && { creditLimit: text(limit) }),
    }));
  }
}

function text({ decimal }: TrytonDecimal): string {
  return new Decimal(decimal).toFixed();
}

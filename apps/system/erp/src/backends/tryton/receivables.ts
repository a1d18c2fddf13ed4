import { Decimal } from '#canonical/decimal';
import type { CustomerReceivables } from '#contracts/erp/erp.dto';
import type { TrytonClient } from './client';
import type { AccountRow, TrytonDecimal } from './native';
import { ACCOUNT_FIELDS } from './native';
import type { TrytonSettings } from './settings';

/**
 * What parties owe, as Tryton sums it up: posted lines that are not reconciled. Invoices that wait to be posted are ours (Tryton makes
 * them of our shipments) and not in it.
 */
export class Receivables {
  private limits: Promise<boolean> | undefined;

  constructor(
    private readonly client: TrytonClient,
    private readonly settings: TrytonSettings,
  ) {}

  async of(customers: readonly string[]): Promise<CustomerReceivables[]> {
    const fields = (await this.knowsLimits()) ? [...ACCOUNT_FIELDS, 'credit_limit_amount'] : ACCOUNT_FIELDS;
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

  private knowsLimits(): Promise<boolean> {
    this.limits ??= this.askForModule().catch((error: unknown) => {
      this.limits = undefined;
      throw error;
    });
    return this.limits;
  }

  private async askForModule(): Promise<boolean> {
    const domain = [['name', '=', 'account_credit_limit'], ['state', '=', 'activated']]; // prettier-ignore
    return (await this.client.search('ir.module', domain, ['name'])).length > 0;
  }
}

function text({ decimal }: TrytonDecimal): string {
  return new Decimal(decimal).toFixed();
}

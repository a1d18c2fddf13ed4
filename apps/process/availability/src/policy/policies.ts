import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import type { ChannelQuotaPage, ChannelQuotasQuery, ItemPoliciesQuery, ItemPolicyPage, NodePoliciesQuery, NodePolicyList, PartnerCapPage, PartnerCapsQuery, PutChannelQuotasRequest, PutItemPoliciesRequest, PutNodePoliciesRequest, PutPartnerCapsRequest, PutPoliciesResponse } from '#contracts/availability/policies.dto'; // prettier-ignore
import { Database, type Transaction } from '#persistence/database';
import { touch } from '../out/item.store';
import { PolicyDirectory } from '../out/policy-directory';
import { channelQuotas, itemPolicies, nodePolicies, partnerCaps } from '../out/policy-pages.store';
import { beginToCount } from '../out/quota.store';
import { kits, nextRevision, storeChannelQuotas, storeItemPolicies, storeNodePolicies, storePartnerCaps } from '../out/policy.store'; // prettier-ignore
import { capFaults, itemFaults, nodeFaults, quotaFaults, refuseFaults } from './faults';

const DEFAULT_LIMIT = 200;

/** Keeps how items, nodes, channels and partners are to be treated. A change moves promises from the next question on. */
@Injectable()
export class Policies {
  constructor(
    private readonly database: Database,
    private readonly directory: PolicyDirectory,
  ) {}

  /** Errors: POLICY_INVALID (invalid). */
  async putItems({ policies }: PutItemPoliciesRequest): Promise<PutPoliciesResponse> {
    await this.change(async (tx, revision) => {
      refuseFaults(itemFaults(policies, await kits(tx)));
      await touch(tx, policies.map(({ item }) => item)); // prettier-ignore
      await storeItemPolicies(tx, revision, policies);
    });
    return { stored: policies.length };
  }

  /** Errors: POLICY_INVALID (invalid). */
  async putNodes({ policies }: PutNodePoliciesRequest): Promise<PutPoliciesResponse> {
    refuseFaults(nodeFaults(policies));
    await this.change((tx, revision) => storeNodePolicies(tx, revision, policies));
    return { stored: policies.length };
  }

  /** Errors: POLICY_INVALID (invalid). */
  async putChannels({ quotas }: PutChannelQuotasRequest): Promise<PutPoliciesResponse> {
    refuseFaults(quotaFaults(quotas));
    await this.change(async (tx, revision) => {
      const items = [...new Set(quotas.map(({ item }) => item))];
      await touch(tx, items);
      await beginToCount(tx, items);
      await storeChannelQuotas(tx, revision, quotas);
    });
    return { stored: quotas.length };
  }

  /** Errors: POLICY_INVALID (invalid). */
  async putPartners({ caps }: PutPartnerCapsRequest): Promise<PutPoliciesResponse> {
    refuseFaults(capFaults(caps));
    await this.change((tx, revision) => storePartnerCaps(tx, revision, caps));
    return { stored: caps.length };
  }

  /** Errors: CURSOR_INVALID (invalid). */
  async items({ item, after, limit = DEFAULT_LIMIT }: ItemPoliciesQuery): Promise<ItemPolicyPage> {
    const rows = await itemPolicies(
      this.database,
      item,
      decodeCursor(after, ['text'], 'item-policies', { item }) ?? [],
      limit + 1,
    );
    const [policies, next] = pageOf(rows, limit, (row) => encodeCursor([row.item], 'item-policies', { item }));
    return { policies, ...next };
  }

  async nodes({ node }: NodePoliciesQuery): Promise<NodePolicyList> {
    return { policies: await nodePolicies(this.database, node) };
  }

  /** Errors: CURSOR_INVALID (invalid). */
  async channels({ after, limit = DEFAULT_LIMIT, ...only }: ChannelQuotasQuery): Promise<ChannelQuotaPage> {
    const rows = await channelQuotas(
      this.database,
      only,
      decodeCursor(after, ['text', 'text', 'text'], 'channel-quotas', only) ?? [],
      limit + 1,
    );
    const [quotas, next] = pageOf(rows, limit, (row) =>
      encodeCursor([row.item, row.channel, row.node ?? ''], 'channel-quotas', only),
    );
    return { quotas, ...next };
  }

  /** Errors: CURSOR_INVALID (invalid). */
  async partners({ partner, after, limit = DEFAULT_LIMIT }: PartnerCapsQuery): Promise<PartnerCapPage> {
    const rows = await partnerCaps(
      this.database,
      partner,
      decodeCursor(after, ['text', 'text'], 'partner-caps', { partner }) ?? [],
      limit + 1,
    );
    const [caps, next] = pageOf(rows, limit, (row) =>
      encodeCursor([row.partner, row.item ?? ''], 'partner-caps', { partner }),
    );
    return { caps, ...next };
  }

  /** Changes come one after the other: so a kit cannot become part of itself by two of them at once. */
  private async change(work: (tx: Transaction, revision: string) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => work(tx, await nextRevision(tx)));
    this.directory.expire();
  }
}

/** `rows` holds one more than the page when there is another. */
function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursorAfter: (row: Row) => string,
): [Row[], { next?: string }] {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return [page, last !== undefined && rows.length > limit ? { next: cursorAfter(last) } : {}];
}

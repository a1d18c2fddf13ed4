import { Injectable } from '@nestjs/common';
import type { Finding } from '#canonical/errors';
import type { PutSourceRulesRequest, PutSourceRulesResponse, SourceRuleDto, SourceRuleList, SourceRulesQuery, SourceRuleView } from '#contracts/availability/source-rules.dto'; // prettier-ignore
import { Database } from '#persistence/database';
import { PolicyDirectory } from '../out/policy-directory';
import { SourceRuleDirectory } from '../out/source-rule-directory';
import { sourceRules, storeSourceRules, type SourceRuleRow } from '../out/source-rule.store';
import { refuseFaults } from '../policy/faults';
import { kindOf, mayState } from './authority';

/** Keeps which source speaks for a node and how old its word may be. */
@Injectable()
export class SourceRules {
  constructor(
    private readonly database: Database,
    private readonly directory: SourceRuleDirectory,
    private readonly policies: PolicyDirectory,
  ) {}

  /** Errors: POLICY_INVALID (invalid). */
  async put({ rules }: PutSourceRulesRequest): Promise<PutSourceRulesResponse> {
    refuseFaults(ruleFaults(rules));
    await this.database.transaction((tx) => storeSourceRules(tx, rules));
    this.directory.expire();
    this.policies.expire();
    return { stored: rules.length };
  }

  async list({ node }: SourceRulesQuery): Promise<SourceRuleList> {
    return { rules: (await sourceRules(this.database, node)).map(viewOf) };
  }
}

function ruleFaults(rules: readonly SourceRuleDto[]): Finding[] {
  const seen = new Set<string>();
  return rules.flatMap((rule, index) => {
    const key = JSON.stringify([rule.node, rule.source]);
    const known = seen.has(key);
    seen.add(key);
    const own = faultsOf(rule, `/rules/${index}`);
    if (!known) return own;
    const detail = `${rule.source} at ${rule.node} comes twice`;
    return [...own, { code: 'POLICY_REPEATED', detail, pointer: `/rules/${index}/source` }];
  });
}

function faultsOf({ source, facts = [], maxAgeSeconds, whenStale, floorShare }: SourceRuleDto, at: string): Finding[] {
  const kind = kindOf(source);
  const faults = facts.flatMap(
    (fact, index): Finding[] =>
    mayState(kind, fact)
      ? []
      : [{ code: 'AUTHORITY_IMPOSSIBLE', detail: `a source of kind ${kind} may not state ${fact} anywhere`, pointer: `${at}/facts/${index}`, seen: fact }], // prettier-ignore
  );
  if ((maxAgeSeconds === undefined) !== (whenStale === undefined))
    faults.push({
      code: 'FRESHNESS_INCOMPLETE',
      detail: 'a limit of age and what follows from it belong together',
      pointer: `${at}/${maxAgeSeconds === undefined ? 'maxAgeSeconds' : 'whenStale'}`,
    });
  if ((whenStale === 'FLOOR') !== (floorShare !== undefined))
    faults.push({
      code: 'FLOOR_SHARE_MISMATCH',
      detail: 'FLOOR, and only FLOOR, needs the share that may still be promised',
      pointer: `${at}/floorShare`,
    });
  return faults;
}

function viewOf({ facts, maxAgeSeconds, whenStale, floorShare, heardAt, ...row }: SourceRuleRow): SourceRuleView {
  return {
    ...row,
    facts: [...facts],
    ...(maxAgeSeconds !== null && { maxAgeSeconds }),
    ...(whenStale !== null && { whenStale }),
    ...(floorShare !== null && { floorShare }),
    ...(heardAt !== null && { heardAt }),
  };
}

import type { ExceptionRetry, ExceptionTier } from '#contracts/events/exceptions';
import type { ExceptionPolicyDto } from '#contracts/exceptions/exceptions.dto';

export type ExceptionState = 'OPEN' | 'ASSIGNED' | 'WAITING' | 'RESOLVED';

/** How it ended. CAUSE_GONE: by itself. */
export interface Resolution {
  readonly how: 'CAUSE_GONE' | 'BY_HAND';
  readonly by: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly at: string;
}

/** One trouble as it is kept. Times are RFC 3339. */
export interface Exception {
  readonly id: string;
  readonly key: string;
  readonly tier: ExceptionTier;
  readonly domain: string;
  readonly code: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly partner: string | null;
  readonly order: string | null;
  readonly line: number | null;
  readonly cause: string;
  readonly seen: string | null;
  readonly expected: string | null;
  readonly diagnostics: Readonly<Record<string, unknown>>;
  readonly suggestedAction: string;
  readonly retry: ExceptionRetry | null;
  readonly state: ExceptionState;
  readonly queue: string;
  readonly assignee: string | null;
  readonly dueAt: string;
  readonly occurrences: number;
  readonly openedAt: string;
  readonly lastSeenAt: string;
  readonly resolution: Resolution | null;
  readonly source: string;
  readonly correlationId: string;
  /** Outbox position of the last event taken: an older one that comes again changes nothing. */
  readonly sequence: string;
  readonly version: number;
}

/** Minutes from opening to due where no policy says otherwise. */
const DUE_MINUTES: Readonly<Record<ExceptionTier, number>> = { CRITICAL: 60, BUSINESS: 480, TRANSIENT: 1_440 };

/** The owner queue and the minutes until due: the policy that names most, the domain before the partner. */
export function ownerOf(
  {
    domain,
    partner,
    tier,
  }: { readonly domain: string; readonly partner?: string | null; readonly tier: ExceptionTier },
  policies: readonly ExceptionPolicyDto[],
): { readonly queue: string; readonly dueMinutes: number } {
  const fits = (policy: ExceptionPolicyDto): boolean =>
    [domain, '*'].includes(policy.domain) && [partner ?? '*', '*'].includes(policy.partner);
  const rank = (policy: ExceptionPolicyDto): number =>
    Number(policy.domain !== '*') * 2 + Number(policy.partner !== '*');
  const [best] = policies.filter(fits).sort((a, b) => rank(b) - rank(a));
  return { queue: best?.queue ?? domain, dueMinutes: best?.dueMinutes ?? DUE_MINUTES[tier] };
}

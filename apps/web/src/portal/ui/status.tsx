import { CircleAlert, CircleCheck, CirclePause, CircleX, Clock, MailOpen, Gauge, type LucideIcon } from 'lucide-react';
import type { Delivery, Endpoint, KeyView, PersonView } from '../api/types';
import { shortTime, t } from '../texts/t';

type Tone = 'good' | 'warn' | 'bad' | 'info' | 'none';
const TONES: Readonly<Record<Tone, string>> = {
  good: 'bg-good-ground text-good',
  warn: 'bg-warn-ground text-warn',
  bad: 'bg-bad-ground text-bad',
  info: 'bg-info-ground text-info',
  none: 'bg-raised text-soft',
};

/** Word, icon and tone together: none of them alone carries the meaning. */
export function Badge({ tone, icon: Icon, children }: { tone: Tone; icon: LucideIcon; children: string }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-[13px] font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      <Icon size={14} aria-hidden />
      {children}
    </span>
  );
}

export function StatusBadge({ status }: { status: number }) {
  if (status === 429) return <Badge tone="warn" icon={Gauge}>{String(status)}</Badge>; // prettier-ignore
  if (status >= 500) return <Badge tone="bad" icon={CircleX}>{String(status)}</Badge>; // prettier-ignore
  if (status >= 400) return <Badge tone="warn" icon={CircleAlert}>{String(status)}</Badge>; // prettier-ignore
  return <Badge tone="good" icon={CircleCheck}>{String(status)}</Badge>; // prettier-ignore
}

export function KeyState({ view }: { view: KeyView }) {
  if (view.revokedAt !== undefined) return <Badge tone="none" icon={CircleX}>{t('keys.state.revoked')}</Badge>; // prettier-ignore
  if (!view.living) return <Badge tone="none" icon={CircleX}>{t('keys.state.expired')}</Badge>; // prettier-ignore
  if (view.expiresAt !== undefined)
    return <Badge tone="warn" icon={Clock}>{t('keys.state.ending', { until: shortTime(view.expiresAt) })}</Badge>; // prettier-ignore
  return <Badge tone="good" icon={CircleCheck}>{t('keys.state.works')}</Badge>; // prettier-ignore
}

export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const { enabled, disabledReason = 'BY_PARTNER', failingSince } = endpoint;
  if (!enabled && disabledReason === 'BY_PARTNER')
    return <Badge tone="none" icon={CirclePause}>{t('webhooks.state.BY_PARTNER')}</Badge>; // prettier-ignore
  if (!enabled) return <Badge tone="bad" icon={CircleX}>{t(`webhooks.state.${disabledReason}`)}</Badge>; // prettier-ignore
  if (failingSince !== undefined)
    return <Badge tone="warn" icon={CircleAlert}>{t('webhooks.state.failing', { since: shortTime(failingSince) })}</Badge>; // prettier-ignore
  return (
    <Badge tone="good" icon={CircleCheck}>
      {t('webhooks.state.on')}
    </Badge>
  );
}

const DELIVERY_LOOKS = {
  PENDING: { tone: 'info', icon: Clock },
  DELIVERED: { tone: 'good', icon: CircleCheck },
  FAILED: { tone: 'bad', icon: CircleX },
} as const;

export function DeliveryState({ state }: Pick<Delivery, 'state'>) {
  return <Badge {...DELIVERY_LOOKS[state]}>{t(`deliveries.${state}`)}</Badge>;
}

export function PersonState({ person: { active, bound } }: { person: PersonView }) {
  if (!active) return <Badge tone="none" icon={CircleX}>{t('team.state.out')}</Badge>; // prettier-ignore
  if (!bound) return <Badge tone="info" icon={MailOpen}>{t('team.state.invited')}</Badge>; // prettier-ignore
  return (
    <Badge tone="good" icon={CircleCheck}>
      {t('team.state.bound')}
    </Badge>
  );
}

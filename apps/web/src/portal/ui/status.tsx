import { CircleAlert, CircleCheck, CircleX, Clock, Gauge, type LucideIcon } from 'lucide-react';
import type { KeyView } from '../api/types';
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

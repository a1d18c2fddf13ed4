import { Award, CircleCheck, CircleDashed } from 'lucide-react';
import { useCertification } from '../api/certification';
import type { CertificationView } from '../api/types';
import { Link } from '../router';
import { t } from '../texts/t';
import { Fault, PageHead, Skeleton, Time } from '../ui/parts';
import { Badge } from '../ui/status';

type Check = CertificationView['checks'][number];

/** Where calls are that meant to show it and did not. */
const TRIES: Readonly<Record<Check['check'], string>> = {
  availability: 'method=POST&route=/portal/v1/availability/query',
  order: 'method=POST&route=/portal/v2/orders',
  idempotent: 'method=POST&route=/portal/v2/orders',
  replay: 'method=POST&route=/portal/v2/orders',
  reads: 'method=GET&route=/portal/v2/orders/{id}',
  shipments: 'method=GET&route=/portal/v1/shipments',
  cancel: 'method=POST&route=/portal/v2/orders/{id}/cancel',
  refusal: 'view=problems',
  unknown: 'view=problems',
};

/** Nothing is ticked by hand: each line is proven by a request of a test key, or is not. */
export function CertificationPage() {
  const certification = useCertification();
  const checks = certification.data?.checks ?? [];
  const done = checks.filter(({ shown }) => shown).length;
  return (
    <>
      <PageHead title={t('certification.title')} lead={t('certification.lead')} />
      {certification.isPending && <Skeleton lines={9} />}
      {certification.isError && <Fault error={certification.error} retry={() => void certification.refetch()} />}
      {certification.data !== undefined && (
        <>
          <p className="mb-3 font-medium" aria-live="polite">
            {t('certification.progress', { done, all: checks.length })}
          </p>
          {certification.data.certified && (
            <p
              role="status"
              className="mb-4 flex items-center gap-2 rounded-lg bg-good-ground p-4 font-medium text-good"
            >
              <Award size={20} aria-hidden />
              {t('certification.done')}
            </p>
          )}
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
            {checks.map((check) => (
              <CheckRow key={check.check} check={check} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function CheckRow({ check: { check, shown, request, at } }: { check: Check }) {
  const text = `certification.${check}` as const;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 p-4">
      <div>
        <p className="font-medium">{t(text)}</p>
        <p className="font-mono text-[13px] text-soft">{t(`${text}.how`)}</p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        {request !== undefined && at !== undefined && (
          <Link
            to={`/requests?open=${request}`}
            className="inline-block min-h-6 text-link underline"
            aria-label={`${t('certification.proof')}: ${t(text)}`}
          >
            {t('certification.proof')} (<Time iso={at} />)
          </Link>
        )}
        {!shown && (
          <Link
            to={`/requests?mode=test&${TRIES[check]}`}
            className="inline-block min-h-6 text-link underline"
            aria-label={`${t('certification.tries')}: ${t(text)}`}
          >
            {t('certification.tries')}
          </Link>
        )}
        {!shown ? (
          <Badge tone="none" icon={CircleDashed}>
            {t('certification.open')}
          </Badge>
        ) : (
          <Badge tone="good" icon={CircleCheck}>
            {t('certification.passed')}
          </Badge>
        )}
      </div>
    </li>
  );
}

import { useQueries } from '@tanstack/react-query';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { requestPage, type RequestFilters } from '../api/queries';
import type { RequestSummary } from '../api/types';
import { Link } from '../router';
import { t, type TextKey } from '../texts/t';
import { Empty, Fault, PageHead, Skeleton, Time } from '../ui/parts';
import { Badge } from '../ui/status';

interface Check {
  readonly text: Extract<TextKey, `certification.${string}.how`> extends `${infer Name}.how` ? Name : never;
  readonly filters: RequestFilters;
  /** Beyond what the filter says. */
  readonly shows?: (request: RequestSummary) => boolean;
}

const ORDER = { method: 'POST', route: '/portal/v1/orders', status: '2xx' };
const CHECKS: readonly Check[] = [
  {
    text: 'certification.availability',
    filters: { method: 'POST', route: '/portal/v1/availability/query', status: '2xx' },
  },
  { text: 'certification.order', filters: ORDER },
  { text: 'certification.idempotent', filters: ORDER, shows: ({ idempotency }) => idempotency !== undefined },
  { text: 'certification.replay', filters: ORDER, shows: ({ idempotency }) => idempotency === 'replayed' },
  { text: 'certification.reads', filters: { method: 'GET', route: '/portal/v1/orders/{id}', status: '2xx' } },
  { text: 'certification.shipments', filters: { method: 'GET', route: '/portal/v1/shipments', status: '2xx' } },
  { text: 'certification.cancel', filters: { method: 'POST', route: '/portal/v1/orders/{id}/cancel', status: '2xx' } },
  { text: 'certification.refusal', filters: { status: '422' } },
  { text: 'certification.unknown', filters: { status: '404' } },
];
const LOOKED_AT = 200;

/** Nothing is ticked by hand: each line is proven by a request of a test key, or is not. */
export function CertificationPage() {
  const found = useQueries({
    queries: CHECKS.map(({ filters }) => ({
      queryKey: ['certification', filters],
      queryFn: () => requestPage(filters, LOOKED_AT),
      refetchInterval: 5000,
    })),
  });
  const proofs = CHECKS.map(({ shows = () => true }, index) =>
    found[index]?.data?.requests.find((request) => request.mode === 'test' && shows(request)),
  );
  const failed = found.find(({ error }) => error !== null)?.error;
  const done = proofs.filter((proof) => proof !== undefined).length;
  return (
    <>
      <PageHead title={t('certification.title')} lead={t('certification.lead')} />
      {failed !== undefined && failed !== null && <Fault error={failed} />}
      {found.some(({ isPending }) => isPending) ? (
        <Skeleton lines={CHECKS.length} />
      ) : (
        <>
          <p className="mb-3 font-medium" aria-live="polite">
            {t('certification.progress', { done, all: CHECKS.length })}
          </p>
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
            {CHECKS.map(({ text }, index) => (
              <CheckRow key={text} text={text} proof={proofs[index]} />
            ))}
          </ul>
          {done === 0 && <Empty>{t('requests.none')}</Empty>}
        </>
      )}
    </>
  );
}

function CheckRow({ text, proof }: { text: Check['text']; proof: RequestSummary | undefined }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 p-4">
      <div>
        <p className="font-medium">{t(text)}</p>
        <p className="font-mono text-[13px] text-soft">{t(`${text}.how`)}</p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        {proof !== undefined && (
          <Link
            to={`/requests?open=${proof.id}`}
            className="inline-block min-h-6 text-link underline"
            aria-label={`${t('certification.proof')}: ${t(text)}`}
          >
            {t('certification.proof')} (<Time iso={proof.at} />)
          </Link>
        )}
        {proof === undefined ? (
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

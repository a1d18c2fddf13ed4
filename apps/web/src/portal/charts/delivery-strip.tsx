import type { Delivery } from '../api/types';
import { t } from '../texts/t';

const COLOURS = { DELIVERED: 'var(--series-1)', PENDING: 'var(--series-2)', FAILED: 'var(--series-4)' };
const STEP = 9;
const HEIGHT = 20;

/** The latest deliveries as bars, newest on the right: what failed is tall, so that colour does not say it alone. */
export function DeliveryStrip({ deliveries }: { deliveries: readonly Delivery[] }) {
  if (deliveries.length === 0) return <p className="text-sm text-soft">{t('webhooks.recent.none')}</p>;
  const number = (state: Delivery['state']): number => deliveries.filter((each) => each.state === state).length;
  const finding = t('webhooks.recent', {
    all: deliveries.length,
    failed: number('FAILED'),
    pending: number('PENDING'),
  });
  const oldestFirst = [...deliveries].reverse();
  return (
    <>
      <svg role="img" aria-label={finding} width={oldestFirst.length * STEP} height={HEIGHT} className="max-w-full">
        {oldestFirst.map(({ id, state }, index) => {
          const height = { DELIVERED: 10, PENDING: 14, FAILED: HEIGHT }[state];
          return (
            <rect key={id} x={index * STEP} y={HEIGHT - height} width={STEP - 2} height={height} rx="1" fill={COLOURS[state]} /> // prettier-ignore
          );
        })}
      </svg>
      <p className="text-sm text-soft" aria-hidden>
        {finding}
      </p>
    </>
  );
}

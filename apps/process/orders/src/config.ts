import { decimal, defineConfig, integer, text, type ConfigOf, type Setting } from '#service/config';
import type { HousePolicy } from './accept-order/policy';

const DEVIATIONS: readonly HousePolicy['priceDeviation'][] = ['REJECT', 'HOLD', 'FIX'];

export const ordersConfig = defineConfig('orders', {
  defaultErpConnection: text('CROSSDOCK_DEFAULT_ERP', 'erp-main', 'ERP connection of customers that name none'),
  priceTolerancePercent: decimal(
    'CROSSDOCK_PRICE_TOLERANCE_PERCENT',
    '1',
    'percent by which a sent price may differ from ours',
  ),
  priceToleranceAbsolute: decimal(
    'CROSSDOCK_PRICE_TOLERANCE_ABSOLUTE',
    '0',
    'amount of one base unit by which it may differ',
  ),
  priceDeviation: deviation(
    'CROSSDOCK_PRICE_DEVIATION',
    'HOLD',
    'beyond the tolerance, unless a partner has a policy: REJECT (drop) the line, HOLD it, or FIX the price to ours',
  ),
  creditSeconds: integer(
    'CROSSDOCK_CREDIT_SECONDS',
    60,
    'seconds between two questions to the ERPs about what customers with a credit limit owe',
    { min: 1, max: 86400 },
  ),
  backendRetrySeconds: integer(
    'CROSSDOCK_BACKEND_RETRY_SECONDS',
    60,
    'seconds between two tries at most while a backend is away: so soon one that is back is noticed',
    { min: 1, max: 3600 },
  ),
  answerHours: integer(
    'CROSSDOCK_ANSWER_HOURS',
    72,
    'hours that a backend or a node has for an answer before the order is held',
    { min: 1, max: 8760 },
  ),
});
export type OrdersConfig = ConfigOf<typeof ordersConfig>;

export function housePolicy(config: OrdersConfig): HousePolicy {
  const { defaultErpConnection, priceDeviation } = config;
  const priceTolerance = { percent: config.priceTolerancePercent, absolute: config.priceToleranceAbsolute };
  return { defaultErpConnection, priceDeviation, priceTolerance };
}

function deviation(
  variable: string,
  fallback: HousePolicy['priceDeviation'],
  doc: string,
): Setting<HousePolicy['priceDeviation']> {
  const read = (value: string): HousePolicy['priceDeviation'] => {
    const known = DEVIATIONS.find((each) => each === value);
    if (known === undefined) throw new RangeError(`is none of ${DEVIATIONS.join(', ')}`);
    return known;
  };
  return { variable, fallback, doc, read };
}

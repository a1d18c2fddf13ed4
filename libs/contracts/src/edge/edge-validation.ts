import type { ValidatedLine, ValidateOrderResponse } from '../orders/validation.dto';
import type { EdgeValidatedLine, EdgeValidation } from './edge-validation.dto';
import { inUnit, pricePerUnit } from './quantities';

/** What the checks say, in the partner's units. */
export function edgeValidation({ lines, ...rest }: ValidateOrderResponse): EdgeValidation {
  return { ...rest, lines: lines.map(edgeLine) };
}

function edgeLine({
  line,
  verdict,
  item,
  ordered,
  unit,
  baseUnit,
  baseQuantityPerUnit,
  ...rest
}: ValidatedLine): EdgeValidatedLine {
  if (item === undefined || ordered === undefined || unit === undefined || baseUnit === undefined)
    return { line, verdict, promised: [] };
  const edge = { unit, baseUnit, baseQuantityPerUnit: baseQuantityPerUnit ?? '1' };
  const { unitPrice, promised, unpromised } = rest;
  return {
    line,
    verdict,
    item,
    ordered: inUnit(ordered, edge),
    ...(unitPrice && { unitPrice: pricePerUnit(unitPrice, edge.baseQuantityPerUnit) }),
    promised: promised.map(({ quantity, shipDate }) => ({ quantity: inUnit(quantity, edge), shipDate })),
    ...(unpromised !== undefined && { unpromised: inUnit(unpromised, edge) }),
  };
}

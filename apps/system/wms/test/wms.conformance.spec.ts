import { wmsConformance } from './wms.conformance';

describe.each(['generic-rest', 'flat-file'] as const)('%s', (product) => wmsConformance(product));

import { erpConformance } from '../../apps/system/erp/test/erp.conformance';
import { startTrytonHarness } from './tryton/harness';

erpConformance('a real Tryton 6.0', () => startTrytonHarness());

import { startSandboxCarrier } from './sandbox-harness';
import { tmsConformance } from './tms.conformance';

tmsConformance('shipengine', startSandboxCarrier);

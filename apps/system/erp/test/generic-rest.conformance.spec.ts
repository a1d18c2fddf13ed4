import { erpConformance } from './erp.conformance';
import { startSandboxErp } from './sandbox-harness';

erpConformance('generic-rest', () => startSandboxErp({ deduplicates: true }));
// The same on an ERP that makes a second document whenever it is asked twice: our ledger alone keeps it to one.
erpConformance('generic-rest on an ERP without deduplication', () => startSandboxErp({ deduplicates: false }));

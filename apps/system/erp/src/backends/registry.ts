import type { Backend } from '#connections/backend';
import type { ErpPort } from '../erp.port';
import { genericRest } from './generic-rest/adapter';
import { tryton } from './tryton/adapter';

/** Every ERP product we can talk to: one line each. */
export const registry: readonly Backend<ErpPort>[] = [genericRest, tryton];

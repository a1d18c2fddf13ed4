import { publicDocuments } from '../../../apps/gateway/src/documents/load';

/** The contracts of those outside, in every version: `experience/portal.v2`. */
export const PUBLIC_DOCUMENTS: readonly string[] = publicDocuments().map(({ name }) => name);

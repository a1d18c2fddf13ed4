import type { Check, Found } from '../incoming';
import { carrierOf, linesOf } from '../incoming';

/** 15. Dangerous goods and cold goods go with carriers that take them; what is under export control crosses no border unseen. */
export const compliance: Check = {
  name: 'COMPLIANCE',
  run: (incoming) => {
    const { snapshot, policy, homeCountries } = incoming;
    const country = snapshot.shipTo?.address.country;
    const carrier = policy.carriers.find((each) => each.carrier === carrierOf(incoming));
    return linesOf(incoming).flatMap(({ line, pointer, resolved }): Found[] => {
      const { sku = '', hazardClass, coldChain, exportControl } = resolved?.item ?? {};
      const at = { pointer: `${pointer}/item`, line: line.line };
      const found: Found[] = [];
      if (hazardClass !== undefined && carrier?.hazardous === false) {
        const detail = `${carrier.carrier} takes no dangerous goods; item ${sku} is of class ${hazardClass}`;
        found.push({ ...at, code: 'HAZARD_NOT_CARRIED', detail, seen: hazardClass });
      }
      if (coldChain !== undefined && carrier?.cold === false) {
        const detail = `${carrier.carrier} keeps no cold chain; item ${sku} travels ${coldChain.toLowerCase()}`;
        found.push({ ...at, code: 'COLD_CHAIN_BROKEN', detail, seen: coldChain });
      }
      if (exportControl !== undefined && country !== undefined && !homeCountries.includes(country)) {
        const detail = `item ${sku} (${exportControl}) goes to ${country} only after an export check`;
        found.push({ ...at, code: 'EXPORT_CONTROLLED', detail, seen: exportControl });
      }
      return found;
    });
  },
};

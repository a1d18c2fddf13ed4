import { useEffect, useRef, useState } from 'react';
import { useHeldKey } from '../held-key';
import { go, usePlace, withQuery } from '../router';
import { t } from '../texts/t';
import { useIsDark } from '../theme';
import { Select } from '../ui/field';
import { Fault, PageHead, Skeleton } from '../ui/parts';
import { mountReference, type Reference } from './scalar';

/** Contracts that partners call, by the file that the gateway serves. */
const DOCUMENTS = ['portal.v1', 'portal.v2', 'gateway.v1', 'marketplace.v1'] as const;

/** Every operation of a contract; what is tried goes out with the test key that was made in this tab. */
export default function ReferencePage() {
  const { path, query } = usePlace();
  const document = DOCUMENTS.find((each) => each === query.get('contract')) ?? 'portal.v1';
  const held = useHeldKey();
  return (
    <>
      <main>
        <PageHead title={t('reference.title')} lead={t('reference.lead')} />
        <div className="mb-4 flex flex-wrap items-end gap-4">
          <Select
            label={t('reference.document')}
            value={document}
            onChange={(event) => go(withQuery(path, query, { contract: event.target.value }), { replace: true })}
          >
            {DOCUMENTS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </Select>
          <p className="text-soft">{t(held === undefined ? 'reference.noKey' : 'reference.key')}</p>
        </div>
      </main>
      <Mounted key={`${document} ${held?.id ?? ''}`} document={document} secret={held?.key} />
    </>
  );
}

function Mounted({ document, secret }: { document: string; secret: string | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  const dark = useIsDark();
  const [state, setState] = useState<'loading' | 'shown' | Error>('loading');
  useEffect(() => {
    let mounted: Reference | undefined;
    let left = false;
    const element = place.current;
    if (element === null) return;
    mountReference(element, { document, secret, dark }).then(
      (reference) => {
        mounted = reference;
        if (left) reference.destroy();
        else setState('shown');
      },
      (error: unknown) => setState(error instanceof Error ? error : new Error(String(error))),
    );
    return () => {
      left = true;
      mounted?.destroy();
    };
  }, [document, secret, dark]);
  return (
    <>
      {state === 'loading' && <Skeleton lines={10} />}
      {state instanceof Error && <Fault error={state} />}
      {/* Its dialog covers the whole window, the menu too. */}
      <div className="relative isolate -mx-4 has-[.scalar-client--open]:z-40 sm:mx-0" ref={place} />
    </>
  );
}

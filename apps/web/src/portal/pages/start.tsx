import { useState, type ReactNode } from 'react';
import { Circle, CircleCheckBig, Play } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useIssueKey, useMayChange } from '../api/queries';
import { holdKey, useHeldKey } from '../held-key';
import { Link } from '../router';
import { t } from '../texts/t';
import { Field } from '../ui/field';
import { Button, buttonLook, Code, CopyButton, Fault, PageHead } from '../ui/parts';
import { Badge } from '../ui/status';
import { answered, shipped, useProgress, type Progress } from './start-progress';
import { curlOf, STEPS, type Sample, type Step, type StepCall } from './start-steps';

const NO_KEY = '$CROSSDOCK_KEY';

/** From nothing to a confirmed shipment: five steps that tick themselves. */
export function StartPage() {
  const held = useHeldKey();
  const progress = useProgress(held?.id);
  const [item, setItem] = useState('MUG-BLUE');
  const [shipTo, setShipTo] = useState('BRISTOL');
  const [purchaseOrder] = useState(() => `START-${crypto.randomUUID().slice(0, 8).toUpperCase()}`);
  const sample: Sample = { item, shipTo, purchaseOrder, order: answered(progress.data?.order, 'id') };
  const done = STEPS.filter(({ id }) => isDone(progress.data, id)).length + (held === undefined ? 0 : 1);
  const all = STEPS.length + 1;
  return (
    <>
      <PageHead title={t('start.title')} lead={t('start.lead')} />
      <p className="mb-2 font-medium" aria-live="polite">
        {t('start.progress', { done, all })}
      </p>
      <div className="mb-6 h-2 overflow-hidden rounded-full bg-raised" aria-hidden>
        <div className="h-full bg-accent transition-[width]" style={{ width: `${(done / all) * 100}%` }} />
      </div>
      {done === all && <AllDone keyId={held?.id ?? ''} />}
      <ol className="space-y-4">
        <KeyStep />
        {STEPS.map((step, index) => (
          <CallStep key={step.id} number={index + 2} step={step} sample={sample} progress={progress.data}>
            {step.id === 'order' && (
              <div className="grid gap-3 sm:grid-cols-2">
                <Field label={t('start.item')} value={item} onChange={(event) => setItem(event.target.value)} />
                <Field label={t('start.shipTo')} value={shipTo} onChange={(event) => setShipTo(event.target.value)} />
              </div>
            )}
            {step.id === 'ship' && <ShipStatus progress={progress.data} />}
          </CallStep>
        ))}
      </ol>
    </>
  );
}

function isDone(progress: Progress | undefined, id: Step['id']): boolean {
  const detail = progress?.[id];
  return id === 'ship' ? shipped(detail) : detail !== undefined;
}

function AllDone({ keyId }: { keyId: string }) {
  return (
    <div
      role="status"
      className="mb-6 flex flex-wrap items-center justify-between gap-3 rounded-lg bg-good-ground p-4 text-good"
    >
      <p className="flex items-center gap-2 font-medium">
        <CircleCheckBig size={20} aria-hidden />
        {t('start.done')}
      </p>
      <span className="flex flex-wrap gap-2">
        <Link to="/reference" className={buttonLook()}>
          {t('start.done.reference')}
        </Link>
        <Link to={`/requests?key=${keyId}`} className={buttonLook()}>
          {t('start.done.requests')}
        </Link>
      </span>
    </div>
  );
}

function StepBox({
  number,
  title,
  text,
  done,
  children,
}: {
  number: number;
  title: string;
  text: string;
  done: boolean;
  children: ReactNode;
}) {
  return (
    <li className="rounded-lg border border-line bg-surface p-4 sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h2>
          {number}. {title}
        </h2>
        {done ? (
          <Badge tone="good" icon={CircleCheckBig}>
            {t('start.ticked')}
          </Badge>
        ) : (
          <Badge tone="none" icon={Circle}>
            {t('start.waiting')}
          </Badge>
        )}
      </div>
      <p className="mt-1 mb-3 text-soft">{text}</p>
      <div className="space-y-3">{children}</div>
    </li>
  );
}

function KeyStep() {
  const held = useHeldKey();
  const mayChange = useMayChange();
  const issue = useIssueKey();
  const make = (): void =>
    issue.mutate(
      { body: { name: t('start.key.name'), mode: 'test', scopes: ['portal:*'] } },
      { onSuccess: ({ id, key }) => holdKey({ id, key }) },
    );
  return (
    <StepBox number={1} title={t('start.key.title')} text={t('start.key.text')} done={held !== undefined}>
      {held !== undefined && (
        <>
          <Code text={held.key} label={t('start.key.title')} />
          <CopyButton text={held.key} />
        </>
      )}
      {held === undefined && mayChange && (
        <Button look="primary" onClick={make} disabled={issue.isPending}>
          {t('start.key.button')}
        </Button>
      )}
      {!mayChange && <p>{t('start.viewer')}</p>}
      {issue.isError && <Fault error={issue.error} />}
    </StepBox>
  );
}

interface CallStepProps {
  readonly number: number;
  readonly step: Step;
  readonly sample: Sample;
  readonly progress: Progress | undefined;
  readonly children: ReactNode;
}

function CallStep({ number, step, sample, progress, children }: CallStepProps) {
  const held = useHeldKey();
  const call = step.call(sample);
  const title = t(step.title);
  const curl = curlOf(call, window.location.origin, held?.key ?? NO_KEY);
  const ready = held !== undefined && (step.id !== 'ship' || sample.order !== undefined);
  return (
    <StepBox number={number} title={title} text={t(step.text)} done={isDone(progress, step.id)}>
      {children}
      <Code text={curl} label={title} />
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={curl} />
        <RunButton call={call} secret={held?.key} ready={ready} />
      </div>
      {held === undefined && <p className="text-sm text-soft">{t('start.needsKey')}</p>}
    </StepBox>
  );
}

interface Outcome {
  readonly status: number;
  readonly ms: number;
  readonly text: string;
}

/** Makes the call from the page with the test key, as the terminal would; the session has no part in it. */
function RunButton({ call, secret, ready }: { call: StepCall; secret: string | undefined; ready: boolean }) {
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome>();
  const [running, setRunning] = useState(false);
  const run = async (): Promise<void> => {
    setRunning(true);
    const begun = performance.now();
    const response = await fetch(call.path, {
      method: call.method,
      credentials: 'omit',
      headers: { authorization: `Bearer ${secret ?? ''}`, 'content-type': 'application/json', ...call.headers },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
    const text = await response.text();
    setOutcome({ status: response.status, ms: Math.round(performance.now() - begun), text: pretty(text) });
    setRunning(false);
    await client.invalidateQueries({ queryKey: ['progress'] });
  };
  return (
    <>
      <Button look="primary" disabled={!ready || running} onClick={() => void run()}>
        <Play size={15} aria-hidden />
        {running ? t('start.running') : t('start.run')}
      </Button>
      {outcome !== undefined && (
        <div className="w-full space-y-2">
          <p role="status">{t('start.answered', { status: outcome.status, ms: outcome.ms })}</p>
          <Code text={outcome.text} label={t('requests.answered')} />
        </div>
      )}
    </>
  );
}

function ShipStatus({ progress }: { progress: Progress | undefined }) {
  const status = answered(progress?.ship, 'status');
  if (status === undefined) return null;
  return (
    <p role="status" className="font-medium">
      {t('start.ship.status', { status })}
    </p>
  );
}

export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

import { useState, type SubmitEvent, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { useIssueKey, useRevokeKey, useRotateKey, useSession } from '../api/queries';
import type { KeyView, NewKeyView } from '../api/types';
import { holdKey } from '../held-key';
import { shortTime, t } from '../texts/t';
import { Dialog } from '../ui/dialog';
import { Field, Select } from '../ui/field';
import { Button, Code, CopyButton, Fault } from '../ui/parts';

interface KeyDialogProps {
  readonly view: KeyView;
  readonly close: () => void;
}

/** Scopes that the portal's contract knows, so that a new one is offered without a change here. */
function useScopes() {
  return useQuery({
    queryKey: ['scopes'],
    staleTime: Infinity,
    queryFn: async () => {
      interface Document {
        paths: Record<string, Record<string, { security?: Record<string, string[]>[] }>>;
      }
      const { paths } = await ask<Document>('GET', '/openapi/portal.v1.json');
      const operations = Object.values(paths).flatMap((path) => Object.values(path));
      const named = operations.flatMap(({ security = [] }) => security.flatMap((each) => Object.values(each).flat()));
      return [...new Set(named)].sort();
    },
  });
}

export function NewKeyDialog({ close }: { close: () => void }) {
  const { role } = useSession();
  const issue = useIssueKey();
  const scopes = useScopes();
  const [name, setName] = useState('');
  const [mode, setMode] = useState<'test' | 'live'>('test');
  const [chosen, setChosen] = useState<readonly string[]>(['portal:*']);
  const everything = chosen.includes('portal:*');
  const toggle = (scope: string): void =>
    setChosen(chosen.includes(scope) ? chosen.filter((each) => each !== scope) : [...chosen, scope]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    issue.mutate(
      { body: { name, mode, scopes: chosen } },
      { onSuccess: ({ id, key }) => mode === 'test' && holdKey({ id, key }) },
    );
  };
  if (issue.isSuccess) return <ShownOnce made={issue.data} close={close} />;
  return (
    <Dialog open close={close} title={t('keys.new')}>
      <form onSubmit={submit} className="space-y-4">
        <Field
          label={t('keys.name')}
          hint={t('keys.name.hint')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
          maxLength={80}
          autoComplete="off"
        />
        <Select
          label={t('keys.mode')}
          value={mode}
          onChange={(event) => setMode(event.target.value === 'live' ? 'live' : 'test')}
        >
          <option value="test">{t('keys.test')}</option>
          <option value="live" disabled={role !== 'admin'}>
            {t('keys.live')}
          </option>
        </Select>
        {role !== 'admin' && <p className="-mt-2 text-sm text-soft">{t('keys.live.admin')}</p>}
        <fieldset>
          <legend className="mb-1 text-sm font-medium">{t('keys.scopes')}</legend>
          <Choice type="radio" checked={everything} change={() => setChosen(['portal:*'])}>
            {t('keys.scopes.all')}
          </Choice>
          <Choice type="radio" checked={!everything} change={() => setChosen([])}>
            {t('keys.scopes.some')}
          </Choice>
          {!everything && (
            <div className="mt-1 ml-6 grid sm:grid-cols-2">
              {(scopes.data ?? []).map((scope) => (
                <Choice key={scope} type="checkbox" checked={chosen.includes(scope)} change={() => toggle(scope)}>
                  {scope}
                </Choice>
              ))}
            </div>
          )}
        </fieldset>
        {issue.isError && <Fault error={issue.error} />}
        <Buttons close={close}>
          <Button type="submit" look="primary" disabled={issue.isPending || chosen.length === 0}>
            {t('keys.create')}
          </Button>
        </Buttons>
      </form>
    </Dialog>
  );
}

function Choice({
  type,
  checked,
  change,
  children,
}: {
  type: 'radio' | 'checkbox';
  checked: boolean;
  change: () => void;
  children: ReactNode;
}) {
  return (
    <label className="flex min-h-8 items-center gap-2">
      <input type={type} checked={checked} onChange={change} className="size-4 accent-(--accent)" />
      <span className={type === 'checkbox' ? 'font-mono text-[13px]' : ''}>{children}</span>
    </label>
  );
}

function Buttons({ close, children }: { close: () => void; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button onClick={close}>{t('app.cancel')}</Button>
      {children}
    </div>
  );
}

/** The only time that anybody sees the key. */
function ShownOnce({ made, close, until }: { made: NewKeyView; close: () => void; until?: string | undefined }) {
  return (
    <Dialog open close={close} title={t('keys.shown')} lead={t('keys.shown.text')}>
      <div className="space-y-3">
        <Code text={made.key} label={t('keys.key')} />
        {until !== undefined && <p>{t('keys.rotate.until', { until: shortTime(until) })}</p>}
        <div className="flex flex-wrap justify-end gap-2">
          <CopyButton text={made.key} />
          <Button look="primary" onClick={close}>
            {t('keys.shown.done')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const OVERLAPS = [24, 72, 168, 1];

export function RotateDialog({ view, close }: KeyDialogProps) {
  const rotate = useRotateKey();
  const [hours, setHours] = useState(24);
  if (rotate.isSuccess) {
    const until = new Date(new Date(rotate.data.createdAt).getTime() + hours * 3_600_000).toISOString();
    return <ShownOnce made={rotate.data} close={close} until={until} />;
  }
  return (
    <Dialog open close={close} title={t('keys.rotate.title', { name: view.name })} lead={t('keys.rotate.text')}>
      <div className="space-y-4">
        <Select
          label={t('keys.rotate.overlap')}
          value={hours}
          onChange={(event) => setHours(Number(event.target.value))}
        >
          {OVERLAPS.map((each) => (
            <option key={each} value={each}>
              {t('keys.rotate.hours', { hours: each })}
            </option>
          ))}
          <option value={0}>{t('keys.rotate.0')}</option>
        </Select>
        {rotate.isError && <Fault error={rotate.error} />}
        <Buttons close={close}>
          <Button
            look="primary"
            disabled={rotate.isPending}
            onClick={() => rotate.mutate({ id: view.id, body: { overlapHours: hours } })}
          >
            {t('keys.rotate.button')}
          </Button>
        </Buttons>
      </div>
    </Dialog>
  );
}

export function RevokeDialog({ view, close }: KeyDialogProps) {
  const revoke = useRevokeKey();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    revoke.mutate({ id: view.id, body: { reason } }, { onSuccess: close });
  };
  return (
    <Dialog open close={close} title={t('keys.revoke.title', { name: view.name })} lead={t('keys.revoke.text')}>
      <form onSubmit={submit} className="space-y-4">
        <Field
          label={t('keys.revoke.type', { name: view.name })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
        />
        <Field
          label={t('keys.reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          required
          maxLength={500}
          autoComplete="off"
        />
        {revoke.isError && <Fault error={revoke.error} />}
        <Buttons close={close}>
          <Button type="submit" look="danger" disabled={typed !== view.name || reason === '' || revoke.isPending}>
            {t('keys.revoke.button')}
          </Button>
        </Buttons>
      </form>
    </Dialog>
  );
}

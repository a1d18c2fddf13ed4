import { useState, type SubmitEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { useIssueKey, useRevokeKey, useRotateKey, useSession } from '../api/queries';
import type { KeyView, NewKeyView } from '../api/types';
import { holdKey } from '../held-key';
import { shortTime, t } from '../texts/t';
import { Dialog, DialogButtons, ShownOnce } from '../ui/dialog';
import { Choice, Field, Select } from '../ui/field';
import { OverlapSelect } from '../ui/overlap';
import { Button, Fault } from '../ui/parts';

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
  if (issue.isSuccess) return <KeyShown made={issue.data} close={close} />;
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
        <DialogButtons close={close}>
          <Button type="submit" look="primary" disabled={issue.isPending || chosen.length === 0}>
            {t('keys.create')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

/** The only time that anybody sees the key. */
function KeyShown({ made, close, until }: { made: NewKeyView; close: () => void; until?: string | undefined }) {
  return (
    <ShownOnce secret={made.key} label={t('keys.key')} lead={t('keys.shown.text')} close={close}>
      {until !== undefined && <p>{t('keys.rotate.until', { until: shortTime(until) })}</p>}
    </ShownOnce>
  );
}

export function RotateDialog({ view, close }: KeyDialogProps) {
  const rotate = useRotateKey();
  const [hours, setHours] = useState(24);
  if (rotate.isSuccess) {
    const until = new Date(new Date(rotate.data.createdAt).getTime() + hours * 3_600_000).toISOString();
    return <KeyShown made={rotate.data} close={close} until={until} />;
  }
  return (
    <Dialog open close={close} title={t('keys.rotate.title', { name: view.name })} lead={t('keys.rotate.text')}>
      <div className="space-y-4">
        <OverlapSelect label={t('keys.rotate.overlap')} none={t('keys.rotate.0')} hours={hours} change={setHours} />
        {rotate.isError && <Fault error={rotate.error} />}
        <DialogButtons close={close}>
          <Button
            look="primary"
            disabled={rotate.isPending}
            onClick={() => rotate.mutate({ id: view.id, body: { overlapHours: hours } })}
          >
            {t('keys.rotate.button')}
          </Button>
        </DialogButtons>
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
        <DialogButtons close={close}>
          <Button type="submit" look="danger" disabled={typed !== view.name || reason === '' || revoke.isPending}>
            {t('keys.revoke.button')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

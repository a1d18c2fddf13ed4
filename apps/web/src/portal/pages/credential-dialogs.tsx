import { useState, type SubmitEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { useSession } from '../api/queries';
import { t } from '../texts/t';
import { Dialog, DialogButtons } from '../ui/dialog';
import { Choice, Field, Select } from '../ui/field';
import { Button, Fault } from '../ui/parts';

export interface Credential {
  readonly name: string;
  readonly mode: 'test' | 'live';
  readonly scopes: readonly string[];
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

interface CredentialDialogProps {
  readonly title: string;
  readonly button: string;
  readonly close: () => void;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly make: (credential: Credential) => void;
}

/** What a key or a client is called, whether it is live, and what it may do. */
export function CredentialDialog({ title, button, close, isPending, error, make }: CredentialDialogProps) {
  const { role } = useSession();
  const scopes = useScopes();
  const [name, setName] = useState('');
  const [mode, setMode] = useState<'test' | 'live'>('test');
  const [chosen, setChosen] = useState<readonly string[]>(['portal:*']);
  const everything = chosen.includes('portal:*');
  const toggle = (scope: string): void =>
    setChosen(chosen.includes(scope) ? chosen.filter((each) => each !== scope) : [...chosen, scope]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    make({ name, mode, scopes: chosen });
  };
  return (
    <Dialog open close={close} title={title}>
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
        {error !== null && <Fault error={error} />}
        <DialogButtons close={close}>
          <Button type="submit" look="primary" disabled={isPending || chosen.length === 0}>
            {button}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

interface RevokeDialogProps {
  readonly name: string;
  readonly lead: string;
  readonly button: string;
  readonly close: () => void;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly revoke: (reason: string) => void;
}

/** Its name is typed, so that it is not another one. */
export function RevokeCredentialDialog({ name, lead, button, close, isPending, error, revoke }: RevokeDialogProps) {
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    revoke(reason);
  };
  return (
    <Dialog open close={close} title={t('keys.revoke.title', { name })} lead={lead}>
      <form onSubmit={submit} className="space-y-4">
        <Field
          label={t('keys.revoke.type', { name })}
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
        {error !== null && <Fault error={error} />}
        <DialogButtons close={close}>
          <Button type="submit" look="danger" disabled={typed !== name || reason === '' || isPending}>
            {button}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

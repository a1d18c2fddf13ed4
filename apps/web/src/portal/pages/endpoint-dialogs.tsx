import { useState, type SubmitEvent } from 'react';
import { contentOf, useCreateEndpoint, useDeleteEndpoint, useEventTypes, useRotateSecret, useTestEvent, useUpdateEndpoint } from '../api/webhooks'; // prettier-ignore
import type { Endpoint, EndpointContent, NewEndpoint } from '../api/types';
import { go } from '../router';
import { shortTime, t } from '../texts/t';
import { Dialog, DialogButtons, ShownOnce } from '../ui/dialog';
import { Choice, Field } from '../ui/field';
import { OverlapSelect } from '../ui/overlap';
import { Button, Fault } from '../ui/parts';

interface EndpointDialogProps {
  readonly endpoint: Endpoint;
  readonly close: () => void;
}

/** A new endpoint, or the settings of one that is there. */
export function EndpointDialog({ endpoint, close }: { endpoint?: Endpoint; close: () => void }) {
  const create = useCreateEndpoint();
  const update = useUpdateEndpoint();
  const types = useEventTypes();
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [chosen, setChosen] = useState<readonly string[] | undefined>(endpoint?.eventTypes);
  const toggle = (type: string): void =>
    setChosen(chosen?.includes(type) ? chosen.filter((each) => each !== type) : [...(chosen ?? []), type]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const content = {
      url,
      ...(description !== '' && { description }),
      ...(chosen !== undefined && { eventTypes: chosen }),
    } as EndpointContent;
    if (endpoint === undefined) create.mutate(content);
    else update.mutate({ endpoint, content: { ...content, enabled: endpoint.enabled } }, { onSuccess: close });
  };
  if (create.isSuccess) return <EndpointMade made={create.data} close={close} />;
  const error = create.error ?? update.error;
  return (
    <Dialog open close={close} title={t(endpoint === undefined ? 'webhooks.new' : 'webhooks.edit.title')}>
      <form onSubmit={submit} className="space-y-4">
        <Field
          label={t('webhooks.url')}
          hint={t('webhooks.url.hint')}
          type="url"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          required
          maxLength={2000}
          autoComplete="off"
        />
        <Field
          label={t('webhooks.description')}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          maxLength={200}
          autoComplete="off"
        />
        <fieldset>
          <legend className="mb-1 text-sm font-medium">{t('webhooks.types')}</legend>
          <Choice type="radio" checked={chosen === undefined} change={() => setChosen(undefined)}>
            {t('webhooks.types.choice.all')}
          </Choice>
          <Choice type="radio" checked={chosen !== undefined} change={() => setChosen([])}>
            {t('webhooks.types.choice.some')}
          </Choice>
          {chosen !== undefined && (
            <div className="mt-1 ml-6 grid sm:grid-cols-2">
              {types.data?.eventTypes.map(({ type }) => (
                <Choice key={type} type="checkbox" checked={chosen.includes(type)} change={() => toggle(type)}>
                  {type}
                </Choice>
              ))}
            </div>
          )}
        </fieldset>
        {error !== null && <Fault error={error} />}
        <DialogButtons close={close}>
          <Button type="submit" look="primary" disabled={create.isPending || update.isPending || chosen?.length === 0}>
            {t(endpoint === undefined ? 'webhooks.create' : 'webhooks.save')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

/** The secret, once, and the first event to try it with. */
function EndpointMade({ made, close }: { made: NewEndpoint; close: () => void }) {
  const test = useTestEvent();
  const look = (): void => {
    close();
    go(`/webhooks?endpoint=${made.id}`);
  };
  return (
    <ShownOnce
      secret={made.secret}
      label={t('webhooks.secret')}
      lead={t('webhooks.shown.text')}
      close={look}
      actions={
        <Button disabled={test.isPending || test.isSuccess} onClick={() => test.mutate(made)}>
          {t('webhooks.test')}
        </Button>
      }
    >
      <p role="status">{test.isSuccess && t('webhooks.test.sent')}</p>
      {test.isError && <Fault error={test.error} />}
    </ShownOnce>
  );
}

export function PauseDialog({ endpoint, close }: EndpointDialogProps) {
  const update = useUpdateEndpoint();
  const pause = (): void =>
    update.mutate({ endpoint, content: { ...contentOf(endpoint), enabled: false } }, { onSuccess: close });
  return (
    <Dialog open close={close} title={t('webhooks.pause.title')} lead={t('webhooks.pause.text')}>
      <div className="space-y-4">
        {update.isError && <Fault error={update.error} />}
        <DialogButtons close={close}>
          <Button look="primary" disabled={update.isPending} onClick={pause}>
            {t('webhooks.pause')}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}

export function RotateSecretDialog({ endpoint, close }: EndpointDialogProps) {
  const rotate = useRotateSecret();
  const [hours, setHours] = useState(24);
  if (rotate.isSuccess) {
    const { secret, previousSecretUntil: until } = rotate.data;
    return (
      <ShownOnce secret={secret} label={t('webhooks.secret')} lead={t('webhooks.shown.text')} close={close}>
        {until !== undefined && <p>{t('webhooks.rotating', { until: shortTime(until) })}</p>}
      </ShownOnce>
    );
  }
  return (
    <Dialog open close={close} title={t('webhooks.rotate')} lead={t('webhooks.rotate.text')}>
      <div className="space-y-4">
        <OverlapSelect
          label={t('webhooks.rotate.overlap')}
          none={t('webhooks.rotate.0')}
          hours={hours}
          change={setHours}
        />
        {rotate.isError && <Fault error={rotate.error} />}
        <DialogButtons close={close}>
          <Button
            look="primary"
            disabled={rotate.isPending}
            onClick={() => rotate.mutate({ id: endpoint.id, overlapHours: hours })}
          >
            {t('webhooks.rotate.button')}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}

export function DeleteEndpointDialog({ endpoint, close }: EndpointDialogProps) {
  const remove = useDeleteEndpoint();
  const [typed, setTyped] = useState('');
  const { host } = new URL(endpoint.url);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    // A refusal is shown by the dialog; after success the dialog is gone with the endpoint.
    remove.mutateAsync(endpoint).then(
      () => go('/webhooks', { replace: true }),
      () => undefined,
    );
  };
  return (
    <Dialog open close={close} title={t('webhooks.delete.title')} lead={t('webhooks.delete.text')}>
      <form onSubmit={submit} className="space-y-4">
        <Field
          label={t('webhooks.delete.type', { name: host })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
        />
        {remove.isError && <Fault error={remove.error} />}
        <DialogButtons close={close}>
          <Button type="submit" look="danger" disabled={typed !== host || remove.isPending}>
            {t('webhooks.delete.button')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

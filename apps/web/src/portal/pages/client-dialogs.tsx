import { useState } from 'react';
import { useCreateClient, useRevokeClient, useRotateClient } from '../api/clients';
import type { ClientView, NewClientView } from '../api/types';
import { t } from '../texts/t';
import { Dialog, DialogButtons, ShownOnce } from '../ui/dialog';
import { OverlapSelect } from '../ui/overlap';
import { Button, Fault } from '../ui/parts';
import { CredentialDialog, RevokeCredentialDialog } from './credential-dialogs';

interface ClientDialogProps {
  readonly view: ClientView;
  readonly close: () => void;
}

export function NewClientDialog({ close }: { close: () => void }) {
  const create = useCreateClient();
  if (create.isSuccess) return <SecretShown made={create.data} close={close} />;
  return (
    <CredentialDialog
      title={t('clients.new')}
      button={t('clients.create')}
      close={close}
      isPending={create.isPending}
      error={create.error}
      make={(body) => create.mutate({ body })}
    />
  );
}

/** The only time that anybody sees the secret. */
function SecretShown({ made: { id, secret = '' }, close }: { made: NewClientView; close: () => void }) {
  return <ShownOnce secret={secret} label={t('clients.secret')} lead={t('clients.shown.text', { id })} close={close} />;
}

export function RotateClientDialog({ view: { id, name }, close }: ClientDialogProps) {
  const rotate = useRotateClient();
  const [hours, setHours] = useState(24);
  if (rotate.isSuccess) return <SecretShown made={rotate.data} close={close} />;
  return (
    <Dialog open close={close} title={t('keys.rotate.title', { name })} lead={t('clients.rotate.text')}>
      <div className="space-y-4">
        <OverlapSelect label={t('clients.rotate.overlap')} none={t('keys.rotate.0')} hours={hours} change={setHours} />
        {rotate.isError && <Fault error={rotate.error} />}
        <DialogButtons close={close}>
          <Button
            look="primary"
            disabled={rotate.isPending}
            onClick={() => rotate.mutate({ id, body: { overlapHours: hours } })}
          >
            {t('clients.rotate.button')}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}

export function RevokeClientDialog({ view: { id, name }, close }: ClientDialogProps) {
  const revoke = useRevokeClient();
  return (
    <RevokeCredentialDialog
      name={name}
      lead={t('clients.revoke.text')}
      button={t('clients.revoke.button')}
      close={close}
      isPending={revoke.isPending}
      error={revoke.error}
      revoke={(reason) => revoke.mutate({ id, body: { reason } }, { onSuccess: close })}
    />
  );
}

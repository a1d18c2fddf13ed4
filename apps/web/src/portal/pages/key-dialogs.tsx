import { useState } from 'react';
import { useIssueKey, useRevokeKey, useRotateKey } from '../api/queries';
import type { KeyView, NewKeyView } from '../api/types';
import { holdKey } from '../held-key';
import { shortTime, t } from '../texts/t';
import { Dialog, DialogButtons, ShownOnce } from '../ui/dialog';
import { OverlapSelect } from '../ui/overlap';
import { Button, Fault } from '../ui/parts';
import { CredentialDialog, RevokeCredentialDialog } from './credential-dialogs';

interface KeyDialogProps {
  readonly view: KeyView;
  readonly close: () => void;
}

export function NewKeyDialog({ close }: { close: () => void }) {
  const issue = useIssueKey();
  if (issue.isSuccess) return <KeyShown made={issue.data} close={close} />;
  return (
    <CredentialDialog
      title={t('keys.new')}
      button={t('keys.create')}
      close={close}
      isPending={issue.isPending}
      error={issue.error}
      make={(body) =>
        issue.mutate({ body }, { onSuccess: ({ id, key }) => body.mode === 'test' && holdKey({ id, key }) })
      }
    />
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

export function RevokeDialog({ view: { id, name }, close }: KeyDialogProps) {
  const revoke = useRevokeKey();
  return (
    <RevokeCredentialDialog
      name={name}
      lead={t('keys.revoke.text')}
      button={t('keys.revoke.button')}
      close={close}
      isPending={revoke.isPending}
      error={revoke.error}
      revoke={(reason) => revoke.mutate({ id, body: { reason } }, { onSuccess: close })}
    />
  );
}

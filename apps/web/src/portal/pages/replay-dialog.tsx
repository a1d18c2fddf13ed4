import { useState } from 'react';
import { useReplay } from '../api/webhooks';
import type { Endpoint } from '../api/types';
import { count, shortTime, t } from '../texts/t';
import { Dialog, DialogButtons } from '../ui/dialog';
import { Select } from '../ui/field';
import { Button, Fault } from '../ui/parts';

const HOURS = [1, 24, 72, 168, 720];

/** Sends again what failed, or all, of the last hours; what is more than one request takes goes on from there. */
export function ReplayDialog({ endpoint: { id }, close }: { endpoint: Endpoint; close: () => void }) {
  const replay = useReplay();
  const [what, setWhat] = useState<'FAILED' | 'ALL'>('FAILED');
  const [hours, setHours] = useState(24);
  const next = replay.data?.continueFrom;
  const send = (): void => {
    const from = next ?? new Date(Date.now() - hours * 3_600_000).toISOString();
    replay.mutate({ id, what, from });
  };
  return (
    <Dialog open close={close} title={t('webhooks.replay.title')} lead={t('webhooks.replay.text')}>
      <div className="space-y-4">
        <Select
          label={t('webhooks.replay.what')}
          value={what}
          disabled={replay.isSuccess}
          onChange={(event) => setWhat(event.target.value === 'ALL' ? 'ALL' : 'FAILED')}
        >
          <option value="FAILED">{t('webhooks.replay.FAILED')}</option>
          <option value="ALL">{t('webhooks.replay.ALL')}</option>
        </Select>
        <Select
          label={t('webhooks.replay.from')}
          value={hours}
          disabled={replay.isSuccess}
          onChange={(event) => setHours(Number(event.target.value))}
        >
          {HOURS.map((each) => (
            <option key={each} value={each}>
              {t('webhooks.replay.hours', { hours: each })}
            </option>
          ))}
        </Select>
        <div role="status">
          {replay.isSuccess && <p>{t('webhooks.replay.done', { queued: count(replay.data.queued) })}</p>}
          {next !== undefined && <p>{t('webhooks.replay.more', { from: shortTime(next) })}</p>}
        </div>
        {replay.isError && <Fault error={replay.error} />}
        {replay.isSuccess && next === undefined ? (
          <div className="text-right">
            <Button look="primary" onClick={close}>
              {t('app.close')}
            </Button>
          </div>
        ) : (
          <DialogButtons close={close}>
            <Button look="primary" disabled={replay.isPending} onClick={send}>
              {t(next === undefined ? 'webhooks.replay.button' : 'webhooks.replay.continue')}
            </Button>
          </DialogButtons>
        )}
      </div>
    </Dialog>
  );
}

import { useState } from 'react';
import { useReplay } from '../api/webhooks';
import type { Endpoint } from '../api/types';
import { count, shortTime, t } from '../texts/t';
import { Dialog, DialogButtons } from '../ui/dialog';
import { Field, Select } from '../ui/field';
import { Button, Fault } from '../ui/parts';

const HOURS = [1, 24, 72, 168, 720];
/** Instead of so many hours: from one moment to another. */
const RANGE = 0;

/** Sends again what failed, or all, of the last hours; what is more than one request takes goes on from there. */
export function ReplayDialog({ endpoint: { id }, close }: { endpoint: Endpoint; close: () => void }) {
  const replay = useReplay();
  const [what, setWhat] = useState<'FAILED' | 'ALL'>('FAILED');
  const [hours, setHours] = useState(24);
  const next = replay.data?.continueFrom;
  const [range, setRange] = useState({ from: '', to: '' });
  const isRange = hours === RANGE;
  const send = (): void => {
    const since = isRange ? new Date(range.from) : new Date(Date.now() - hours * 3_600_000);
    const to = isRange && range.to !== '' ? { to: new Date(range.to).toISOString() } : {};
    replay.mutate({ id, what, from: next ?? since.toISOString(), ...to });
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
          <option value={RANGE}>{t('webhooks.replay.range')}</option>
        </Select>
        {isRange && (
          <div className="grid gap-3 sm:grid-cols-2">
            {(['from', 'to'] as const).map((end) => (
              <Field
                key={end}
                type="datetime-local"
                label={t(`webhooks.replay.range.${end}`)}
                value={range[end]}
                disabled={replay.isSuccess}
                onChange={(event) => setRange({ ...range, [end]: event.target.value })}
              />
            ))}
          </div>
        )}
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
            <Button look="primary" disabled={replay.isPending || (isRange && range.from === '')} onClick={send}>
              {t(next === undefined ? 'webhooks.replay.button' : 'webhooks.replay.continue')}
            </Button>
          </DialogButtons>
        )}
      </div>
    </Dialog>
  );
}

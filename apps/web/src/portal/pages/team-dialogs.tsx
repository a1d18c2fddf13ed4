import { useState, type SubmitEvent } from 'react';
import { usePutPerson } from '../api/team';
import type { PersonView } from '../api/types';
import { t } from '../texts/t';
import { Dialog, DialogButtons } from '../ui/dialog';
import { Field, Select } from '../ui/field';
import { Button, Fault } from '../ui/parts';

const ROLES = ['viewer', 'developer', 'admin'] as const;

/** Somebody new, or another name or role for somebody who is there. */
export function PersonDialog({ person, close }: { person?: PersonView; close: () => void }) {
  const put = usePutPerson();
  const [email, setEmail] = useState(person?.email ?? '');
  const [name, setName] = useState(person?.name ?? '');
  const [role, setRole] = useState(person?.role ?? 'developer');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    put.mutate({ email: email.trim(), name, role }, { onSuccess: close });
  };
  const title = person === undefined ? t('team.invite') : t('team.change.title', { name: person.name });
  return (
    <Dialog open close={close} title={title}>
      <form onSubmit={submit} className="space-y-4">
        {person === undefined && (
          <Field
            label={t('team.email')}
            hint={t('team.email.hint')}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            required
            maxLength={254}
            autoComplete="off"
          />
        )}
        <Field
          label={t('team.name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
          maxLength={120}
          autoComplete="off"
        />
        <div>
          <Select
            label={t('team.role')}
            value={role}
            onChange={(event) => setRole(ROLES.find((each) => each === event.target.value) ?? 'viewer')}
          >
            {ROLES.map((each) => (
              <option key={each} value={each}>
                {t(`role.${each}`)}
              </option>
            ))}
          </Select>
          <p className="mt-1 text-sm text-soft">{t(`team.role.${role}`)}</p>
        </div>
        {put.isError && <Fault error={put.error} />}
        <DialogButtons close={close}>
          <Button type="submit" look="primary" disabled={put.isPending}>
            {t(person === undefined ? 'team.invite' : 'team.save')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

export function RemoveDialog({ person, close }: { person: PersonView; close: () => void }) {
  const put = usePutPerson();
  const [reason, setReason] = useState('');
  const { email, name, role } = person;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    put.mutate({ email, name, role, active: false, reason }, { onSuccess: close });
  };
  return (
    <Dialog open close={close} title={t('team.remove.title', { name })} lead={t('team.remove.text')}>
      <form onSubmit={submit} className="space-y-4">
        <Field
          label={t('team.reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          required
          maxLength={500}
          autoComplete="off"
        />
        {put.isError && <Fault error={put.error} />}
        <DialogButtons close={close}>
          <Button type="submit" look="danger" disabled={reason === '' || put.isPending}>
            {t('team.remove')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

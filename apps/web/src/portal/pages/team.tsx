import { useState } from 'react';
import { UserPlus } from 'lucide-react';
import { useSession } from '../api/queries';
import { usePutPerson, useTeam } from '../api/team';
import type { PersonView } from '../api/types';
import { t } from '../texts/t';
import { Button, Empty, Fault, PageHead, Skeleton } from '../ui/parts';
import { RowTable } from '../ui/rows';
import { PersonState } from '../ui/status';
import { OwnAudit } from './own-audit';
import { PersonDialog, RemoveDialog } from './team-dialogs';

type Acting = { readonly what: 'invite' } | { readonly what: 'change' | 'remove'; readonly person: PersonView };
const HEADS = ['team.name', 'team.email', 'team.role', 'team.state'] as const;

/** People of the partner. Everybody sees them; an admin says who they are. */
export function TeamPage() {
  const team = useTeam();
  const { role, partner } = useSession();
  const [acting, setActing] = useState<Acting>();
  const close = (): void => setActing(undefined);
  const isAdmin = role === 'admin';
  const people = team.data?.people ?? [];
  return (
    <>
      <PageHead
        title={t('team.title')}
        lead={t('team.lead')}
        actions={
          isAdmin && (
            <Button look="primary" onClick={() => setActing({ what: 'invite' })}>
              <UserPlus size={16} aria-hidden />
              {t('team.invite')}
            </Button>
          )
        }
      />
      {!isAdmin && <p className="mb-4 text-soft">{t('team.others')}</p>}
      {team.isPending && <Skeleton />}
      {team.isError && <Fault error={team.error} retry={() => void team.refetch()} />}
      {team.isSuccess && people.length === 0 && <Empty>{t('team.none')}</Empty>}
      {people.length > 0 && (
        <RowTable
          label={t('team.list', { partner: partner.name })}
          heads={isAdmin ? [...HEADS, 'team.actions'] : HEADS}
        >
          {people.map((person) => (
            <PersonRow key={person.id} person={person} act={isAdmin ? setActing : undefined} />
          ))}
        </RowTable>
      )}
      <OwnAudit />
      {acting?.what === 'invite' && <PersonDialog close={close} />}
      {acting?.what === 'change' && <PersonDialog person={acting.person} close={close} />}
      {acting?.what === 'remove' && <RemoveDialog person={acting.person} close={close} />}
    </>
  );
}

const CELL = 'px-3 py-2 max-sm:block max-sm:p-0';

function PersonRow({ person, act }: { person: PersonView; act: ((acting: Acting) => void) | undefined }) {
  const { name, email, role } = person;
  const session = useSession();
  return (
    <tr className="border-b border-line last:border-0 max-sm:block max-sm:space-y-1.5 max-sm:p-3">
      <th scope="row" className={`${CELL} font-medium`}>
        {name} {email === session.email && <span className="font-normal text-soft">({t('team.you')})</span>}
      </th>
      <td className={`${CELL} break-words`}>{email}</td>
      <td className={CELL}>
        {t(`role.${role}`)} <span className="block text-sm text-soft">{t(`team.role.${role}`)}</span>
      </td>
      <td className={CELL}>
        <PersonState person={person} />
      </td>
      {act !== undefined && (
        <td className={CELL}>
          <PersonActions person={person} act={act} />
        </td>
      )}
    </tr>
  );
}

function PersonActions({ person, act }: { person: PersonView; act: (acting: Acting) => void }) {
  const put = usePutPerson();
  const { name, email, role, active } = person;
  if (!active)
    return (
      <Button
        disabled={put.isPending}
        onClick={() => put.mutate({ email, name, role, active: true })}
        aria-label={`${t('team.let')}: ${name}`}
      >
        {t('team.let')}
      </Button>
    );
  return (
    <div className="flex gap-1.5">
      <Button onClick={() => act({ what: 'change', person })} aria-label={`${t('team.change')}: ${name}`}>
        {t('team.change')}
      </Button>
      <Button look="danger" onClick={() => act({ what: 'remove', person })} aria-label={`${t('team.remove')}: ${name}`}>
        {t('team.remove')}
      </Button>
    </div>
  );
}

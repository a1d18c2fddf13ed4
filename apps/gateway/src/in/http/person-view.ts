import type { PersonRow } from '../../people/people.store';
import type { PersonView } from './people.dto';

export function personView({ id, email, name, role, active, bound }: PersonRow): PersonView {
  return { id, email, name, role, active, bound };
}

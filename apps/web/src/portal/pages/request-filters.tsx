import { useEffect, useState } from 'react';
import { REQUEST_FILTERS, useKeys, type RequestFilters } from '../api/queries';
import { useClients } from '../api/clients';
import { t, type TextKey } from '../texts/t';
import { Field, Select } from '../ui/field';
import { Button } from '../ui/parts';

const STATUSES = ['2xx', '4xx', '429', '5xx'] as const;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const CONTRACTS = ['portal.v1', 'portal.v2', 'marketplace.v1', 'gateway.v1'];

interface FiltersProps {
  readonly filters: RequestFilters;
  readonly set: (change: Readonly<Record<string, string>>) => void;
}

/** All that the list can be narrowed by; each change is in the address at once. */
export function Filters({ filters, set }: FiltersProps) {
  const keys = useKeys();
  // On a phone the list comes first, unless it is narrowed.
  const [open, setOpen] = useState(Object.keys(filters).length > 0);
  const clients = useClients();
  const credentials = [
    ...(keys.data?.keys ?? []).map(({ id, name, hint }) => ({ id, text: `${name} ${hint}` })),
    ...(clients.data?.clients ?? []).map(({ id, name }) => ({ id, text: `${name} (OAuth)` })),
  ];
  const none = Object.fromEntries(REQUEST_FILTERS.map((name) => [name, '']));
  const choice = (name: 'status' | 'method' | 'version' | 'key', label: TextKey, options: readonly Option[]) => (
    <Choice label={label} value={filters[name] ?? ''} options={options} change={(value) => set({ [name]: value })} />
  );
  const typed = (name: 'code' | 'route' | 'requestId', label: TextKey) => (
    <Typed label={label} value={filters[name] ?? ''} change={(value) => set({ [name]: value })} />
  );
  const time = (name: 'from' | 'to', label: TextKey) => (
    <Moment label={label} iso={filters[name] ?? ''} change={(value) => set({ [name]: value })} />
  );
  return (
    <>
      <Button className="mb-3 sm:hidden" aria-expanded={open} aria-controls="filters" onClick={() => setOpen(!open)}>
        {t('requests.filter')}
      </Button>
      <div
        id="filters"
        data-filter
        className={`${open ? 'grid' : 'hidden sm:grid'} mb-4 grid-cols-2 items-end gap-3 lg:grid-cols-5`}
      >
        {choice(
          'status',
          'requests.status',
          STATUSES.map((id) => ({ id, text: t(`requests.status.${id}`) })),
        )}
        {choice('method', 'requests.method', METHODS.map(asItIs))}
        {choice('version', 'requests.contract', CONTRACTS.map(asItIs))}
        {choice('key', 'requests.key', credentials)}
        {typed('code', 'requests.code')}
        {typed('route', 'requests.route')}
        {typed('requestId', 'requests.id')}
        {time('from', 'requests.from')}
        {time('to', 'requests.to')}
        <Button disabled={Object.keys(filters).length === 0} onClick={() => set(none)}>
          {t('requests.clear')}
        </Button>
      </div>
    </>
  );
}

interface Option {
  readonly id: string;
  readonly text: string;
}
const asItIs = (id: string): Option => ({ id, text: id });

interface ChoiceProps {
  readonly label: TextKey;
  readonly value: string;
  readonly options: readonly Option[];
  readonly change: (value: string) => void;
}

/** What the address asks for can be chosen, also when it is none of the usual. */
function Choice({ label, value, options, change }: ChoiceProps) {
  const all = value === '' || options.some(({ id }) => id === value) ? options : [...options, asItIs(value)];
  return (
    <Select label={t(label)} value={value} onChange={(event) => change(event.target.value)}>
      <option value="">{t('app.all')}</option>
      {all.map(({ id, text }) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </Select>
  );
}

interface TypedProps {
  readonly label: TextKey;
  readonly value: string;
  readonly change: (value: string) => void;
}

/** Takes effect when it is left or confirmed: half an id finds nothing. */
function Typed({ label, value, change }: TypedProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const take = (): void => {
    if (text.trim() !== value) change(text.trim());
  };
  return (
    <Field
      label={t(label)}
      value={text}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}

/** A moment of the clock of whoever reads; the address has it with its zone. */
function Moment({ label, iso, change }: { label: TextKey; iso: string; change: (iso: string) => void }) {
  const [text, setText] = useState(localOf(iso));
  useEffect(() => setText(localOf(iso)), [iso]);
  const take = (): void => {
    if (text === localOf(iso)) return;
    const moment = new Date(text);
    change(Number.isNaN(moment.getTime()) ? '' : moment.toISOString());
  };
  return (
    <Field
      type="datetime-local"
      label={t(label)}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}

function localOf(iso: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return '';
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

import { useState } from 'react';
import type { UsageView } from '../api/types';
import { count, shortTime, t } from '../texts/t';
import { Button, Empty } from '../ui/parts';

const SERIES = ['succeeded', 'refused', 'limited', 'failed'] as const;
const COLOURS = {
  succeeded: 'var(--series-1)',
  refused: 'var(--series-2)',
  limited: 'var(--series-3)',
  failed: 'var(--series-4)',
};
const WIDTH = 720;
const HEIGHT = 170;
const BASE = HEIGHT - 22;

type Bar = UsageView['points'][number];

/** Calls by time as stacked bars; the finding is in its label, and the same numbers can be had as a table. */
export function UsageBars({ usage }: { usage: UsageView }) {
  const [table, setTable] = useState(false);
  const sum = (name: (typeof SERIES)[number]): number => usage.points.reduce((all, point) => all + point[name], 0);
  const total = SERIES.reduce((all, name) => all + sum(name), 0);
  if (total === 0) return <Empty>{t('usage.none')}</Empty>;
  const finding = t('usage.plot', { total, refused: sum('refused'), limited: sum('limited'), failed: sum('failed') });
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
        {SERIES.map((name) => (
          <span key={name} className="flex items-center gap-1.5 text-sm">
            <span className="size-3 rounded-sm" style={{ background: COLOURS[name] }} aria-hidden />
            {t(`usage.${name}`)} <strong className="tabular-nums">{count(sum(name))}</strong>
          </span>
        ))}
        <Button look="quiet" className="ml-auto" aria-pressed={table} onClick={() => setTable(!table)}>
          {t(table ? 'usage.asPlot' : 'usage.asTable')}
        </Button>
      </div>
      {table ? <PointTable points={usage.points} /> : <Plot usage={usage} finding={finding} />}
    </>
  );
}

function Plot({ usage, finding }: { usage: UsageView; finding: string }) {
  const step = usage.minutes * 60_000;
  const end = Math.floor(new Date(usage.asOf).getTime() / step) * step;
  const bars = { hour: 60, day: 96, week: 168 }[usage.window];
  const begin = end - (bars - 1) * step;
  const most = Math.max(...usage.points.map((point) => SERIES.reduce((all, name) => all + point[name], 0)));
  const place = (iso: string): number => ((new Date(iso).getTime() - begin) / step) * (WIDTH / bars);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={finding} className="w-full">
      <line x1="0" x2={WIDTH} y1={BASE} y2={BASE} stroke="var(--line)" />
      <line x1="0" x2={WIDTH} y1="8" y2="8" stroke="var(--line)" strokeDasharray="3 4" />
      <text x="0" y="20" fontSize="11" fill="var(--soft)">
        {count(most)}
      </text>
      {usage.points.map((point) => (
        <Stack key={point.start} point={point} x={place(point.start)} width={WIDTH / bars} most={most} />
      ))}
      {[0, 0.25, 0.5, 0.75, 1].map((part) => (
        <text
          key={part}
          x={part * WIDTH}
          y={HEIGHT - 4}
          fontSize="11"
          fill="var(--soft)"
          textAnchor={part === 0 ? 'start' : part === 1 ? 'end' : 'middle'}
        >
          {shortTime(new Date(begin + part * (end - begin)).toISOString())}
        </text>
      ))}
    </svg>
  );
}

function Stack({ point, x, width, most }: { point: Bar; x: number; width: number; most: number }) {
  let top = BASE;
  return (
    <g>
      {SERIES.map((name) => {
        const height = (point[name] / most) * (BASE - 8);
        top -= height;
        return (
          <rect key={name} x={x + 0.5} y={top} width={Math.max(1, width - 1)} height={height} fill={COLOURS[name]} />
        );
      })}
    </g>
  );
}

function PointTable({ points }: { points: readonly Bar[] }) {
  return (
    <div className="max-h-72 overflow-auto" tabIndex={0} role="region" aria-label={t('usage.calls')}>
      <table className="w-full text-left">
        <thead className="text-sm text-soft">
          <tr>
            <th scope="col" className="py-1 font-medium">
              {t('usage.from')}
            </th>
            {SERIES.map((name) => (
              <th key={name} scope="col" className="py-1 text-right font-medium">
                {t(`usage.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.start} className="border-t border-line">
              <th scope="row" className="py-1 font-normal">
                {shortTime(point.start)}
              </th>
              {SERIES.map((name) => (
                <td key={name} className="py-1 text-right tabular-nums">
                  {count(point[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

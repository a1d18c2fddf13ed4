import {
  Award,
  BookOpen,
  CalendarClock,
  Gauge,
  Home,
  KeyRound,
  List,
  Rocket,
  ScrollText,
  Users,
  Webhook,
  type LucideIcon,
} from 'lucide-react';
import type { TextKey } from '../texts/t';

export interface Page {
  readonly path: string;
  readonly text: TextKey;
  readonly icon: LucideIcon;
  /** After `g`. */
  readonly letter: string;
}

export const PAGES: readonly Page[] = [
  { path: '/', text: 'nav.home', icon: Home, letter: 'h' },
  { path: '/start', text: 'nav.start', icon: Rocket, letter: 's' },
  { path: '/reference', text: 'nav.reference', icon: BookOpen, letter: 'r' },
  { path: '/keys', text: 'nav.keys', icon: KeyRound, letter: 'k' },
  { path: '/requests', text: 'nav.requests', icon: List, letter: 'q' },
  { path: '/usage', text: 'nav.usage', icon: Gauge, letter: 'u' },
  { path: '/webhooks', text: 'nav.webhooks', icon: Webhook, letter: 'w' },
  { path: '/events', text: 'nav.events', icon: ScrollText, letter: 'e' },
  { path: '/certification', text: 'nav.certification', icon: Award, letter: 'c' },
  { path: '/changelog', text: 'nav.changelog', icon: CalendarClock, letter: 'l' },
  { path: '/team', text: 'nav.team', icon: Users, letter: 't' },
];

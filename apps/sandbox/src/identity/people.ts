/** Accounts at the simulated identity provider. Whether one of them is let in is for the installation to say, not for the provider. */
export interface DemoAccount {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  /** What the sign-in page says of it. */
  readonly note: string;
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { subject: 'ada', email: 'ada@harbour.example', name: 'Ada Admin', note: 'admin of Harbour' },
  { subject: 'dev', email: 'dev@harbour.example', name: 'Dev Developer', note: 'developer of Harbour' },
  { subject: 'vera', email: 'vera@harbour.example', name: 'Vera Viewer', note: 'may look, but not change' },
  {
    subject: 'sam',
    email: 'sam@stranger.example',
    name: 'Sam Stranger',
    note: 'has an account, but nobody invited him',
  },
];

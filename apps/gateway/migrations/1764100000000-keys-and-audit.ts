import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that replace each other, and who did what to partners, plans and keys. */
export class KeysAndAudit1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table gateway.api_key
        add column replaces text references gateway.api_key (id),
        -- set when it is rotated: until then the old key and the new one both work
        add column expires_at timestamptz;

      create table gateway.audit (
        seq bigint primary key,
        at timestamptz not null,
        actor text not null,
        action text not null,
        object text not null,
        reason text,
        before jsonb,
        after jsonb,
        -- hash of the entry before: who alters, removes or inserts one has to make all that follow anew
        previous text not null,
        hash text not null
      );
      create index audit_object on gateway.audit (object, seq);
      -- one row: appending takes turns here, and its loss or a cut end of the log is seen
      create table gateway.audit_head (
        one boolean primary key default true check (one),
        seq bigint not null,
        hash text not null
      );
      insert into gateway.audit_head (seq, hash) values (0, repeat('0', 64));

      create function gateway.audit_hash(
        previous text, seq bigint, at timestamptz, actor text, action text, object text, reason text, before jsonb, after jsonb
      ) returns text language sql stable as $$
        select encode(sha256(convert_to(
          jsonb_build_array(previous, seq, extract(epoch from at), actor, action, object, reason, before, after)::text, 'UTF8')), 'hex')
      $$;
      create function gateway.audit_is_append_only() returns trigger language plpgsql as $$
        begin raise exception 'the audit log is append-only'; end $$;
      create trigger append_only before update or delete or truncate on gateway.audit
        for each statement execute function gateway.audit_is_append_only();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table gateway.audit, gateway.audit_head;
      drop function gateway.audit_hash, gateway.audit_is_append_only;
      alter table gateway.api_key drop column replaces, drop column expires_at;`);
  }
}

// Written by `npm run contracts` from the documents under openapi/. Not edited by hand.

export interface components {
    schemas: {
        AccountView: {
            /** @example harbour */
            partner: string;
            /** @example Harbour Gifts Ltd */
            name: string;
            /** @description The key that was sent. */
            key: components["schemas"]["KeyView"];
            /** @description What its plan gives, all at once. */
            quotas: components["schemas"]["PolicyDto"][];
        };
        CertificationCheckView: {
            /**
             * @description What a good integration does.
             * @example replay
             * @enum {string}
             */
            check: "availability" | "cancel" | "idempotent" | "order" | "reads" | "refusal" | "replay" | "shipments" | "unknown";
            /** @description A request with a test key has shown it. */
            shown: boolean;
            /**
             * @description That request, in the log for as long as it is kept.
             * @example log_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70
             */
            request?: string;
            /** @description RFC 3339: when it was asked. */
            at?: string;
        };
        CertificationView: {
            /** @description Every check is shown. */
            certified: boolean;
            /** @description In the order in which an integration is written. */
            checks: components["schemas"]["CertificationCheckView"][];
        };
        ChangelogEntry: {
            /**
             * @description Never changes.
             * @example webhooks-of-stopped-partners
             */
            slug: string;
            /** @example 2026-11-22 */
            publishedOn: string;
            /** @enum {string} */
            kind: "ADDED" | "CHANGED" | "DEPRECATED" | "FIXED";
            title: string;
            /** @description What to do about it, if anything. */
            detail: string;
            /**
             * @description Whose callers it touches.
             * @example [
             *       "POST /portal/v1/orders"
             *     ]
             */
            routes: string[];
            /** @description Your keys or clients have called one of them. */
            touchesYou: boolean;
            /** @description How often they did, since calls are counted. */
            calls: number;
            /**
             * Format: date-time
             * @description RFC 3339, to the minute.
             */
            lastCalledAt?: string;
        };
        ChangelogView: {
            /** @description RFC 3339: calls of the last second may be missing. */
            asOf: string;
            /** @description Newest first. */
            entries: components["schemas"]["ChangelogEntry"][];
            /** @description What will end: what you use first, and of that what ends first. */
            deprecations: components["schemas"]["DeprecationNotice"][];
            /** @description Versions that your keys and clients called. */
            versions: components["schemas"]["VersionUse"][];
        };
        ClientList: {
            /** @description Oldest first, also those that were revoked. */
            clients: components["schemas"]["ListedClient"][];
        };
        ClientSecretView: {
            /**
             * @description Beginning and end of the secret, to recognise it by.
             * @example cds_live_Ab3d…9XyZ
             */
            hint: string;
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description RFC 3339: works until then, because it has a successor.
             */
            expiresAt?: string;
        };
        ClientView: {
            /**
             * @description What OAuth calls `client_id`.
             * @example app_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70
             */
            id: string;
            /**
             * @description What its owner calls it.
             * @example warehouse sync
             */
            name: string;
            /** @enum {string} */
            mode: "live" | "test";
            /**
             * @description What its tokens may do at most.
             * @example [
             *       "portal:orders:read"
             *     ]
             */
            scopes: string[];
            /**
             * @description The plan whose quotas it takes from.
             * @example standard
             */
            plan: string;
            /**
             * @description The issuer that makes its tokens; absent when we do.
             * @example https://login.example.com
             */
            issuer?: string;
            /**
             * @description What it is called there.
             * @example harbour-sync
             */
            externalId?: string;
            /** @description Secrets that work, oldest first: one, or two while they are exchanged; none where another issuer makes the tokens. */
            secrets: components["schemas"]["ClientSecretView"][];
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description RFC 3339: its tokens work no longer.
             */
            revokedAt?: string;
        };
        CreateClientBody: {
            /**
             * @description What you call it.
             * @example warehouse sync
             */
            name: string;
            /**
             * @description A test key can make test clients only.
             * @example test
             * @enum {string}
             */
            mode: "live" | "test";
            /**
             * @description `portal:orders:read`, `portal:orders:*` or `portal:*`; none that the caller does not have.
             * @example [
             *       "portal:orders:read"
             *     ]
             */
            scopes: string[];
            /**
             * @description Why, for the audit log.
             * @example nightly synchronisation
             */
            reason?: string;
        };
        CredentialUse: {
            /**
             * Format: date-time
             * @description RFC 3339, to the minute.
             */
            lastCalledAt: string;
            /** @description Of the last 14 days those with calls, oldest first. */
            days: components["schemas"]["DayOfCalls"][];
        };
        DayOfCalls: {
            /**
             * @description Of UTC.
             * @example 2026-11-22
             */
            day: string;
            calls: number;
        };
        DeprecatedCaller: {
            /**
             * @description A key or an OAuth client of yours.
             * @example key_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70
             */
            id: string;
            calls: number;
            /**
             * Format: date-time
             * @description RFC 3339, to the minute.
             */
            lastCalledAt: string;
        };
        DeprecationNotice: {
            /**
             * @description Of an operation: its contract.
             * @example portal.v1
             */
            version?: string;
            /**
             * @description Of an operation.
             * @example POST
             */
            method?: string;
            /**
             * @description Of an operation.
             * @example /portal/v1/orders
             */
            route?: string;
            /**
             * @description Of a dated version: the `Crossdock-Version` that ends.
             * @example 2026-06-01
             */
            date?: string;
            /** Format: date-time */
            deprecatedAt: string;
            /**
             * Format: date-time
             * @description It is served until then, at least.
             */
            sunsetAt: string;
            /**
             * @description What to call instead.
             * @example /portal/v2/orders
             */
            successor?: string;
            /** @description Your keys or clients call it. */
            touchesYou: boolean;
            /** @description How often they did, since calls are counted. */
            calls: number;
            /**
             * Format: date-time
             * @description RFC 3339, to the minute.
             */
            lastCalledAt?: string;
            /** @description By whom, within the days for which calls are kept: the latest first. */
            callers: components["schemas"]["DeprecatedCaller"][];
        };
        IssueKeyBody: {
            /**
             * @description What you call it.
             * @example warehouse sync
             */
            name: string;
            /**
             * @description A test key can make test keys only.
             * @example test
             * @enum {string}
             */
            mode: "live" | "test";
            /**
             * @description `portal:orders:read`, `portal:orders:*` or `portal:*`; none that the calling key does not have.
             * @example [
             *       "portal:orders:read"
             *     ]
             */
            scopes: string[];
            /**
             * @description Why, for the audit log.
             * @example nightly synchronisation
             */
            reason?: string;
        };
        KeyList: {
            /** @description Oldest first, also those that work no longer. */
            keys: components["schemas"]["ListedKey"][];
        };
        KeyView: {
            /** @example key_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70 */
            id: string;
            /**
             * @description What its owner calls it.
             * @example warehouse sync
             */
            name: string;
            /** @enum {string} */
            mode: "live" | "test";
            /**
             * @description What it may do.
             * @example [
             *       "portal:orders:read"
             *     ]
             */
            scopes: string[];
            /**
             * @description The plan whose quotas it takes from.
             * @example standard
             */
            plan: string;
            /**
             * @description The `Crossdock-Version` it is served as unless a request asks for another; absent until its first use.
             * @example 2026-11-01
             */
            version?: string;
            /**
             * @description Beginning and end of the key, to recognise it by.
             * @example cdk_live_Ab3d…9XyZ
             */
            hint: string;
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            createdAt: string;
            /** @description Works now. */
            living: boolean;
            /** @description The key that it took over from. */
            replaces?: string;
            /**
             * Format: date-time
             * @description RFC 3339: works until then, because it has a successor.
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            revokedAt?: string;
        };
        ListedClient: {
            /** @description Absent while it has not called, or not for as long as calls are kept (90 days unless the installation says otherwise). */
            use?: components["schemas"]["CredentialUse"];
            /**
             * @description What OAuth calls `client_id`.
             * @example app_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70
             */
            id: string;
            /**
             * @description What its owner calls it.
             * @example warehouse sync
             */
            name: string;
            /** @enum {string} */
            mode: "live" | "test";
            /**
             * @description What its tokens may do at most.
             * @example [
             *       "portal:orders:read"
             *     ]
             */
            scopes: string[];
            /**
             * @description The plan whose quotas it takes from.
             * @example standard
             */
            plan: string;
            /**
             * @description The issuer that makes its tokens; absent when we do.
             * @example https://login.example.com
             */
            issuer?: string;
            /**
             * @description What it is called there.
             * @example harbour-sync
             */
            externalId?: string;
            /** @description Secrets that work, oldest first: one, or two while they are exchanged; none where another issuer makes the tokens. */
            secrets: components["schemas"]["ClientSecretView"][];
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description RFC 3339: its tokens work no longer.
             */
            revokedAt?: string;
        };
        ListedKey: {
            /** @example key_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70 */
            id: string;
            /**
             * @description What its owner calls it.
             * @example warehouse sync
             */
            name: string;
            /** @enum {string} */
            mode: "live" | "test";
            /**
             * @description What it may do.
             * @example [
             *       "portal:orders:read"
             *     ]
             */
            scopes: string[];
            /**
             * @description The plan whose quotas it takes from.
             * @example standard
             */
            plan: string;
            /**
             * @description The `Crossdock-Version` it is served as unless a request asks for another; absent until its first use.
             * @example 2026-11-01
             */
            version?: string;
            /**
             * @description Beginning and end of the key, to recognise it by.
             * @example cdk_live_Ab3d…9XyZ
             */
            hint: string;
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            createdAt: string;
            /** @description Works now. */
            living: boolean;
            /** @description The key that it took over from. */
            replaces?: string;
            /**
             * Format: date-time
             * @description RFC 3339: works until then, because it has a successor.
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            revokedAt?: string;
            /** @description Absent while it has not called, or not for as long as calls are kept (90 days unless the installation says otherwise). */
            use?: components["schemas"]["CredentialUse"];
        };
        LoggedBody: {
            /** @description As it was on the wire. */
            bytes: number;
            /** @description With credentials and what says who a person is masked. Absent when it was larger than 16 KB. */
            text?: string;
        };
        LoggedKey: {
            /** @example key_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70 */
            id: string;
            /** @description What its owner calls it. */
            name?: string;
            /** @example cdk_test_Ab3d…9XyZ */
            hint?: string;
        };
        NewClientView: {
            /** @description The secret itself. It is shown here and never again: only its hash is kept. Absent where another issuer makes the tokens. */
            secret?: string;
            /**
             * @description What OAuth calls `client_id`.
             * @example app_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70
             */
            id: string;
            /**
             * @description What its owner calls it.
             * @example warehouse sync
             */
            name: string;
            /** @enum {string} */
            mode: "live" | "test";
            /**
             * @description What its tokens may do at most.
             * @example [
             *       "portal:orders:read"
             *     ]
             */
            scopes: string[];
            /**
             * @description The plan whose quotas it takes from.
             * @example standard
             */
            plan: string;
            /**
             * @description The issuer that makes its tokens; absent when we do.
             * @example https://login.example.com
             */
            issuer?: string;
            /**
             * @description What it is called there.
             * @example harbour-sync
             */
            externalId?: string;
            /** @description Secrets that work, oldest first: one, or two while they are exchanged; none where another issuer makes the tokens. */
            secrets: components["schemas"]["ClientSecretView"][];
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description RFC 3339: its tokens work no longer.
             */
            revokedAt?: string;
        };
        NewKeyView: {
            /** @example key_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70 */
            id: string;
            /**
             * @description What its owner calls it.
             * @example warehouse sync
             */
            name: string;
            /** @enum {string} */
            mode: "live" | "test";
            /**
             * @description What it may do.
             * @example [
             *       "portal:orders:read"
             *     ]
             */
            scopes: string[];
            /**
             * @description The plan whose quotas it takes from.
             * @example standard
             */
            plan: string;
            /**
             * @description The `Crossdock-Version` it is served as unless a request asks for another; absent until its first use.
             * @example 2026-11-01
             */
            version?: string;
            /**
             * @description Beginning and end of the key, to recognise it by.
             * @example cdk_live_Ab3d…9XyZ
             */
            hint: string;
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            createdAt: string;
            /** @description Works now. */
            living: boolean;
            /** @description The key that it took over from. */
            replaces?: string;
            /**
             * Format: date-time
             * @description RFC 3339: works until then, because it has a successor.
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            revokedAt?: string;
            /** @description The key itself. It is shown here and never again: only its hash is kept. */
            key: string;
        };
        OwnAuditActor: {
            /** @description A key, an OAuth client or a person of yours. Absent when whoever runs the installation did it. */
            id?: string;
            /** @description What you call it. */
            name?: string;
        };
        OwnAuditEntry: {
            /**
             * @description Counts up; between two of yours are those of others.
             * @example 17
             */
            seq: number;
            /** @description RFC 3339, by the database's clock. */
            at: string;
            by: components["schemas"]["OwnAuditActor"];
            /** @example key.revoked */
            action: string;
            /** @example partner/harbour/key/key_019a0f3e */
            object: string;
            reason?: string;
            /** @description As it was; absent when there was nothing. */
            before?: {
                [key: string]: unknown;
            };
            /** @description As it is since; absent when nothing is left. */
            after?: {
                [key: string]: unknown;
            };
        };
        OwnAuditPage: {
            /** @description Newest first. */
            entries: components["schemas"]["OwnAuditEntry"][];
            /** @description Cursor of the next page; absent on the last. */
            next?: string;
        };
        PeopleList: {
            /** @description By address. */
            people: components["schemas"]["PersonView"][];
        };
        PersonView: {
            /** @example person_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70 */
            id: string;
            /**
             * @description The address that the identity provider has verified.
             * @example dora@harbour.example
             */
            email: string;
            name: string;
            /**
             * @description viewer sees; developer also makes and stops test keys; admin also live keys.
             * @enum {string}
             */
            role: "admin" | "developer" | "viewer";
            /** @description Is let in. */
            active: boolean;
            /** @description Has signed in before; from then on only that account is let in under this address. */
            bound: boolean;
        };
        PlanUsage: {
            /** @example standard */
            plan: string;
            /** @enum {string} */
            mode: "live" | "test";
            policies: components["schemas"]["PolicyUsage"][];
        };
        PolicyDto: {
            /**
             * @description As in the RateLimit headers.
             * @example burst
             */
            name: string;
            /**
             * @description Units that the window gives; most calls take one.
             * @example 600
             */
            quota: number;
            /** @example 60 */
            windowSeconds: number;
        };
        PolicyUsage: {
            /**
             * @description As in the RateLimit headers.
             * @example burst
             */
            name: string;
            /** @description Units that the window gives. */
            quota: number;
            windowSeconds: number;
            /** @description Units left now. */
            remaining: number;
            /** @description Seconds until the whole quota is there again. */
            resetSeconds: number;
        };
        ProblemCount: {
            /** @example ITEM_UNKNOWN */
            code: string;
            method: string;
            /** @example /portal/v1/orders */
            route: string;
            status: number;
            calls: number;
            /**
             * Format: date-time
             * @description RFC 3339.
             */
            lastAt: string;
            /**
             * @description The newest of them in the log.
             * @example log_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70
             */
            lastRequest: string;
        };
        ProblemDto: {
            /** @example https://crossdock.dev/problems#order-invalid */
            type: string;
            /** @example Order invalid */
            title: string;
            /**
             * @description The HTTP status.
             * @example 422
             */
            status: number;
            /**
             * @description Stable code of the registry under /docs/errors.
             * @example ORDER_INVALID
             */
            code: string;
            detail?: string;
            /**
             * @description Path of the request.
             * @example /portal/v1/orders
             */
            instance?: string;
            /** @description As in the Request-Id header. */
            request_id?: string;
            errors?: components["schemas"]["ProblemFaultDto"][];
            /**
             * @description Quotas that the request would have broken; with QUOTA_EXCEEDED only.
             * @example [
             *       "burst"
             *     ]
             */
            "violated-policies"?: string[];
        };
        ProblemFaultDto: {
            /**
             * @description RFC 6901 pointer into the request body; absent for a parameter or header.
             * @example /lines/0/item
             */
            pointer?: string;
            /** @example ITEM_UNKNOWN */
            code: string;
            /** @example item 9X is not known */
            detail: string;
            /**
             * @description REJECT is why the request was refused; WARN and FIX only came along.
             * @example REJECT
             * @enum {string}
             */
            severity?: "FIX" | "HOLD" | "REJECT" | "WARN";
            /**
             * @description What was sent.
             * @example 9X
             */
            seen?: string;
            /** @description What would have been accepted. */
            expected?: string;
            /**
             * @description The next day on which the same would work; with INSUFFICIENT_AVAILABILITY only.
             * @example 2026-03-09
             */
            nextDate?: string;
            /**
             * @description The day by which what is missing could be bought, of items that may be; with INSUFFICIENT_AVAILABILITY only.
             * @example 2026-03-12
             */
            leadTimeDate?: string;
        };
        PutOwnPersonBody: {
            /** @example Dora Developer */
            name: string;
            /**
             * @description viewer sees; developer also makes and stops test keys; admin also live keys.
             * @example developer
             * @enum {string}
             */
            role: "admin" | "developer" | "viewer";
            /** @description False: out within five seconds. Default true. */
            active?: boolean;
            /** @description Why, for the audit log. */
            reason?: string;
        };
        RequestDetail: {
            /** @example log_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70 */
            id: string;
            /**
             * @description As in the Request-Id header.
             * @example req_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70
             */
            requestId: string;
            /** @description RFC 3339: when it arrived. */
            at: string;
            /**
             * @description The contract that answered.
             * @example portal.v1
             */
            version: string;
            method: string;
            /** @example /portal/v1/orders/{id} */
            route: string;
            /** @description Path and query as they were sent; what looks like a key or an address of a person is masked. */
            target: string;
            status: number;
            /**
             * @description Code of the problem, when it is one.
             * @example ITEM_UNKNOWN
             */
            code?: string;
            /**
             * @description Milliseconds between its arrival and the end of the answer.
             * @example 12.5
             */
            durationMs: number;
            /** @enum {string} */
            mode: "live" | "test";
            /** @description The key it was made with. */
            key: components["schemas"]["LoggedKey"];
            /**
             * @description first: ran under its Idempotency-Key; replayed: answered from memory.
             * @enum {string}
             */
            idempotency?: "first" | "replayed";
            /**
             * @description Policies of the plan that refused it (429).
             * @example [
             *       "burst"
             *     ]
             */
            violatedPolicies?: string[];
            /** @description Absent when it had none. */
            requestBody?: components["schemas"]["LoggedBody"];
            /** @description Absent when it had none. */
            responseBody?: components["schemas"]["LoggedBody"];
        };
        RequestPage: {
            /** @description Newest first. */
            requests: components["schemas"]["RequestSummary"][];
            /** @description Cursor of the next page; absent on the last. */
            next?: string;
        };
        RequestSummary: {
            /** @example log_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70 */
            id: string;
            /**
             * @description As in the Request-Id header.
             * @example req_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70
             */
            requestId: string;
            /** @description RFC 3339: when it arrived. */
            at: string;
            /**
             * @description The contract that answered.
             * @example portal.v1
             */
            version: string;
            method: string;
            /** @example /portal/v1/orders/{id} */
            route: string;
            /** @description Path and query as they were sent; what looks like a key or an address of a person is masked. */
            target: string;
            status: number;
            /**
             * @description Code of the problem, when it is one.
             * @example ITEM_UNKNOWN
             */
            code?: string;
            /**
             * @description Milliseconds between its arrival and the end of the answer.
             * @example 12.5
             */
            durationMs: number;
            /** @enum {string} */
            mode: "live" | "test";
            /** @description The key it was made with. */
            key: components["schemas"]["LoggedKey"];
            /**
             * @description first: ran under its Idempotency-Key; replayed: answered from memory.
             * @enum {string}
             */
            idempotency?: "first" | "replayed";
            /**
             * @description Policies of the plan that refused it (429).
             * @example [
             *       "burst"
             *     ]
             */
            violatedPolicies?: string[];
        };
        RevokeClientBody: {
            /**
             * @description Why, for the audit log.
             * @example was in a log file
             */
            reason: string;
        };
        RevokeKeyBody: {
            /**
             * @description Why, for the audit log.
             * @example was in a log file
             */
            reason: string;
        };
        RotateClientBody: {
            /**
             * @description Hours for which the old secret still works: 0 to 168, default 24.
             * @example 24
             */
            overlapHours?: number;
            /** @description Why, for the audit log. */
            reason?: string;
        };
        RotateKeyBody: {
            /**
             * @description Hours for which the old key still works: 0 to 168, default 24.
             * @example 24
             */
            overlapHours?: number;
            /** @description Why, for the audit log. */
            reason?: string;
        };
        UsageByRoute: {
            method: string;
            /** @example /portal/v1/orders/{id} */
            route: string;
            /** @example portal.v1 */
            version: string;
            status: number;
            calls: number;
            /** @description Average, in milliseconds. */
            durationMs: number;
            /** @description Milliseconds within which 95 of 100 were answered. Absent where the log keeps none of them. */
            p95Ms?: number;
        };
        UsagePoint: {
            /** @description RFC 3339: where the stretch begins. */
            start: string;
            /** @description Answered with 2xx or 3xx. */
            succeeded: number;
            /** @description Answered with 4xx, but not 429. */
            refused: number;
            /** @description Answered with 429. */
            limited: number;
            /** @description Answered with 5xx. */
            failed: number;
        };
        UsageView: {
            /** @description RFC 3339: the numbers are those of this moment; calls of the last second may be missing. */
            asOf: string;
            /** @enum {string} */
            window: "day" | "hour" | "week";
            /**
             * @description Minutes that one point stands for.
             * @example 15
             */
            minutes: number;
            /** @description Calls by time and class of status; stretches without any are left out. */
            points: components["schemas"]["UsagePoint"][];
            /** @description The same calls by operation and status, most first. */
            routes: components["schemas"]["UsageByRoute"][];
            /**
             * @description Milliseconds within which 95 of 100 were answered: of the newest 20,000 that the log keeps. Absent without any.
             * @example 12.5
             */
            p95Ms?: number;
            /** @description What was refused or failed, by code and operation, most first: at most 50, of the newest 20,000 that the log keeps. */
            problems: components["schemas"]["ProblemCount"][];
            /** @description Contracts and dates that the partner called, since calls are counted: not of the window alone. */
            versions: components["schemas"]["VersionUse"][];
            /** @description What is left of each plan that a key of the partner is on. */
            plans: components["schemas"]["PlanUsage"][];
        };
        VersionUse: {
            /**
             * @description The contract that answered.
             * @example portal.v1
             */
            version: string;
            /**
             * @description The `Crossdock-Version` it was answered as.
             * @example 2026-11-01
             */
            date: string;
            calls: number;
            /**
             * Format: date-time
             * @description RFC 3339, to the minute.
             */
            firstCalledAt: string;
            /** Format: date-time */
            lastCalledAt: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export interface operations {
    "ownAudit.list": {
        parameters: {
            query?: {
                /** @description Opaque: `next` of the page before. */
                cursor?: string;
                /** @description 1 to 200, default 50; more is taken as 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnAuditPage"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "certification.own": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificationView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "changelog.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangelogView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "clients.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientList"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "clients.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "warehouse sync",
                 *       "mode": "test",
                 *       "scopes": [
                 *         "portal:orders:read",
                 *         "portal:shipments:read"
                 *       ],
                 *       "reason": "nightly synchronisation"
                 *     }
                 */
                "application/json": components["schemas"]["CreateClientBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewClientView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "clients.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "was in a log file"
                 *     }
                 */
                "application/json": components["schemas"]["RevokeClientBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "clients.rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapHours": 24,
                 *       "reason": "yearly exchange"
                 *     }
                 */
                "application/json": components["schemas"]["RotateClientBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewClientView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "account.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "account.issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "warehouse sync",
                 *       "mode": "test",
                 *       "scopes": [
                 *         "portal:orders:read",
                 *         "portal:shipments:read"
                 *       ],
                 *       "reason": "nightly synchronisation"
                 *     }
                 */
                "application/json": components["schemas"]["IssueKeyBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKeyView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "account.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "was in a log file"
                 *     }
                 */
                "application/json": components["schemas"]["RevokeKeyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "account.rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapHours": 24,
                 *       "reason": "yearly exchange"
                 *     }
                 */
                "application/json": components["schemas"]["RotateKeyBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKeyView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "ownPeople.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleList"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "ownPeople.put": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                email: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Dora Developer",
                 *       "role": "developer",
                 *       "reason": "new in the team"
                 *     }
                 */
                "application/json": components["schemas"]["PutOwnPersonBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "requests.list": {
        parameters: {
            query?: {
                /** @description `next` of the page before, with the same filters. */
                cursor?: string;
                /** @description 1 to 200, default 50; more is taken as 200. */
                limit?: number;
                /** @description One status, or all of a class. */
                status?: string;
                method?: "DELETE" | "GET" | "PATCH" | "POST" | "PUT";
                /** @description As the contract writes it. */
                route?: string;
                /** @description Made with this key, or by this OAuth client. */
                key?: string;
                /** @description Refused with this code. */
                code?: string;
                /** @description Answered by this contract. */
                version?: string;
                /** @description Made with keys of this kind. */
                mode?: "live" | "test";
                /** @description With this Request-Id. */
                requestId?: string;
                /** @description RFC 3339: not before. */
                from?: string;
                /** @description RFC 3339: before. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPage"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "requests.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestDetail"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "account.self": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    "usage.get": {
        parameters: {
            query?: {
                /** @description The last hour by minutes, the last day by quarters of an hour, or the last week by hours. Default day. */
                window?: "day" | "hour" | "week";
                /** @description Only calls made with keys of this kind, and their plans. */
                mode?: "live" | "test";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageView"];
                };
            };
            /** @description Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
}

-- SPDX-License-Identifier: GPL-3.0-or-later
-- The tables of Punctual. Everything that writes to them is a function of the later files.

-- Roles belong to the whole PostgreSQL cluster, so another database of it may have made them already.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['punctual_viewer', 'punctual_operator', 'punctual_admin', 'punctual_node'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- made at the same moment by somebody else
            END;
        END IF;
    END LOOP;
END $$;

CREATE SCHEMA punctual;
GRANT USAGE ON SCHEMA punctual TO punctual_viewer, punctual_operator, punctual_admin, punctual_node;

-- Programs exchange instants as microseconds since 1970; infinity and null are null.
-- (Stable like the functions they call: what is declared stricter than its body is not inlined. A double
-- holds the microseconds of the next two centuries exactly.)
CREATE FUNCTION punctual.micros(timestamptz) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN isfinite($1) THEN (date_part('epoch', $1) * 1000000)::bigint END;

CREATE FUNCTION punctual.instant(bigint) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN to_timestamp($1::float8 / 1000000);

CREATE FUNCTION punctual.is_waiting(state text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN state IN ('scheduled', 'retrying');

-- An error without what is of the single case alone, so that failures of one kind look alike: ids, addresses and
-- numbers are replaced.
CREATE FUNCTION punctual.error_shape(p_error text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(left(p_error, 500),
                               '\m[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\M', '<id>', 'gi'),
                '\[[0-9a-f:.]*:[0-9a-f:.]*\](:[0-9]+)?|\m[0-9]{1,3}(\.[0-9]{1,3}){3}(:[0-9]+)?\M', '<address>', 'gi'),
            '\m(?=[0-9a-z_]*[0-9])[0-9a-z_]{8,}\M', '<id>', 'gi'),
        '[0-9]+', '<n>', 'g');

-- What dead letters are grouped by: where it was to go, the status and the shape of the error.
CREATE FUNCTION punctual.fingerprint(p_destination text, p_status integer, p_error text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lpad(to_hex(hashtextextended(
        p_destination || E'\n' || coalesce(p_status::text, '') || E'\n' || coalesce(punctual.error_shape(p_error), ''),
        0)), 16, '0');

-- What holds for the whole installation, so that all nodes agree: one row.
CREATE TABLE punctual.settings (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    retention_days integer NOT NULL DEFAULT 30
        CONSTRAINT retention_in_range CHECK (retention_days BETWEEN 1 AND 36500),
    audit_days integer -- null: the audit is kept for ever
        CONSTRAINT audit_retention_in_range CHECK (audit_days BETWEEN 1 AND 36500)
);
INSERT INTO punctual.settings DEFAULT VALUES;

-- What clients set is kept as the JSON that they write (core/destination_json.h), but for what is secret: that
-- is sealed by the programs (store/secret_box.h) and nothing here can open it. What statements ask for stands in
-- columns of its own.
CREATE TABLE punctual.destinations (
    name text PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
    settings jsonb NOT NULL,
    secrets bytea,
    timeout_ms integer NOT NULL GENERATED ALWAYS AS ((settings ->> 'timeout_ms')::integer) STORED
        CHECK (timeout_ms > 0),
    max_attempts integer NOT NULL GENERATED ALWAYS AS ((settings #>> '{retry,max_attempts}')::integer) STORED
        CHECK (max_attempts > 0),
    on_unknown text NOT NULL GENERATED ALWAYS AS (settings ->> 'on_unknown') STORED
        CHECK (on_unknown IN ('retry', 'hold')),
    batch_wait_ms integer NOT NULL
        GENERATED ALWAYS AS (coalesce((settings #>> '{batch,max_wait_ms}')::integer, 0)) STORED,
    -- What the failing head of a key does to those behind it, and after how many attempts it is skipped.
    on_head_failure text NOT NULL
        GENERATED ALWAYS AS (coalesce(settings #>> '{order,on_failure}', 'block')) STORED
        CHECK (on_head_failure IN ('block', 'skip', 'park')),
    skip_after integer GENERATED ALWAYS AS ((settings #>> '{order,skip_after}')::integer) STORED
        CHECK (skip_after > 0),
    paused_until timestamptz, -- infinity: until somebody resumes it
    pause_reason text,
    paused_by text,
    built_in boolean NOT NULL DEFAULT false,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- What all nodes share of a destination's lane: what its limiter, its quota and its circuit breaker remember
-- (core/lane_state.h has their meaning), and until when the third party asked to be left alone. A node works
-- out the next state from the one it knows, and writes it if nobody else did meanwhile: the version tells.
CREATE TABLE punctual.lanes (
    destination text PRIMARY KEY REFERENCES punctual.destinations ON DELETE CASCADE,
    version bigint NOT NULL DEFAULT 0,
    limiter bigint[] NOT NULL DEFAULT '{}',
    quota bigint[] NOT NULL DEFAULT '{}',
    breaker bigint[] NOT NULL DEFAULT '{}',
    -- For people and lists; null where the destination has no such rule.
    quota_used bigint,
    quota_resets_at timestamptz,
    breaker_state text CHECK (breaker_state IN ('closed', 'open', 'half_open')),
    breaker_until timestamptz, -- when it is tried again
    breaker_cause text,
    held_until timestamptz,    -- nothing leaves before: Retry-After, or nothing remains by the third party's count
    held_because text,
    provider_limit bigint,     -- what the third party said last
    provider_remaining bigint,
    provider_resets_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Live rows have finished_at = infinity and sit in messages_live, a small partition that has the hot
-- indexes; finishing a row moves it into the partition of its day.
-- A claim changes no column that an index mentions, in its predicate neither: so it is a heap-only update,
-- which leaves the indexes alone. That is why next_attempt_at stays until the attempt has ended, and why more
-- than half of a page is left free: a claim takes all messages of a page at once, and each needs room for its
-- second version beside the first (with less, three of four claims changed the indexes after all).
-- What a claim changes stands together, with the content behind it: so the log of an update holds that part
-- alone.
CREATE TABLE punctual.messages (
    id uuid NOT NULL,
    due_at timestamptz NOT NULL CONSTRAINT due_is_finite CHECK (isfinite(due_at)),
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz NOT NULL DEFAULT 'infinity',
    max_attempts integer NOT NULL CONSTRAINT some_attempts CHECK (max_attempts > 0),
    shard smallint NOT NULL CONSTRAINT shard_in_range CHECK (shard BETWEEN 0 AND 63),
    attempts integer NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    next_attempt_at timestamptz,
    claimed_at timestamptz,
    claim_deadline timestamptz,
    claimed_by uuid,
    state text NOT NULL DEFAULT 'scheduled'
        CONSTRAINT state_is_known CHECK (state IN ('scheduled', 'retrying', 'delivering', 'unknown',
                                                   'delivered', 'dead', 'cancelled', 'expired')),
    destination text NOT NULL,
    priority text NOT NULL DEFAULT 'normal'
        CONSTRAINT priority_is_known CHECK (priority IN ('high', 'normal', 'low')),
    content_type text NOT NULL,
    headers jsonb,
    body bytea NOT NULL,
    key text,
    tags text[] NOT NULL DEFAULT '{}',
    expires_at timestamptz,
    expires_after_ms bigint,
    retry jsonb CONSTRAINT retry_is_an_object CHECK (jsonb_typeof(retry) = 'object'), -- the parts of a retry policy that go before the destination's
    replay_of uuid,
    last_status integer,
    last_error text,
    cancelled_by text,
    fingerprint text, -- of a dead one, when it died
    CONSTRAINT finished_when_final
        CHECK ((finished_at = 'infinity') = (state IN ('scheduled', 'retrying', 'delivering', 'unknown'))),
    CONSTRAINT claimed_while_delivering CHECK ((claimed_by IS NOT NULL) = (state = 'delivering')),
    CONSTRAINT planned_until_sent
        CHECK ((next_attempt_at IS NOT NULL) = (state IN ('scheduled', 'retrying', 'delivering'))),
    PRIMARY KEY (id, finished_at)
) PARTITION BY RANGE (finished_at);

-- For lists, in the order of (due_at, id). The id's bytes and not the id: a planner that is misled by stale
-- statistics would walk through this whole index to look up an id.
CREATE INDEX messages_by_due ON punctual.messages (due_at DESC, uuid_send(id) DESC);
-- The same for a filter. What has no key and no tag costs nothing in the last two; a query has to repeat that it has
-- some. Without fastupdate nobody has to wait while a list of what is to be added is worked off.
CREATE INDEX messages_by_destination ON punctual.messages (destination, due_at DESC, uuid_send(id) DESC);
CREATE INDEX messages_by_key ON punctual.messages (key, due_at DESC, uuid_send(id) DESC) WHERE key IS NOT NULL;
CREATE INDEX messages_by_tag ON punctual.messages USING gin (tags) WITH (fastupdate = off) WHERE tags <> '{}';
-- A replay is found from its original. No statement changes this column.
CREATE INDEX messages_by_original ON punctual.messages (replay_of) WHERE replay_of IS NOT NULL;

CREATE TABLE punctual.messages_live PARTITION OF punctual.messages
    FOR VALUES FROM ('infinity') TO (MAXVALUE)
    WITH (fillfactor = 45, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
          autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

-- What a lane reads: the next messages of one destination and priority.
CREATE INDEX messages_live_waiting ON punctual.messages_live (destination, priority, next_attempt_at, id)
    WHERE next_attempt_at IS NOT NULL;
-- What stands before what, of one key. A message behind another one of its key is planned for infinity until
-- the other one is over: advance_keys() sees to that, and finds them here.
CREATE INDEX messages_live_by_key ON punctual.messages_live (destination, key, due_at, id) WHERE key IS NOT NULL;
CREATE INDEX messages_live_behind ON punctual.messages_live (destination, key)
    WHERE key IS NOT NULL AND next_attempt_at = 'infinity';
-- For lists of what is retried or unknown: a claim does not change these columns either, give_back() may.
CREATE INDEX messages_live_tried ON punctual.messages_live (due_at DESC, uuid_send(id) DESC)
    WHERE last_status IS NOT NULL OR last_error IS NOT NULL;
CREATE INDEX messages_live_expiring ON punctual.messages_live (expires_at)
    WHERE expires_at IS NOT NULL AND next_attempt_at IS NOT NULL;

-- What is claimed, a row a call of claim(), until nothing of it is being delivered any more. rescue() looks
-- here when a deadline has passed: an index of the messages would have to change with every claim.
CREATE TABLE punctual.claims (
    node uuid NOT NULL,
    claimed_at timestamptz NOT NULL,
    deadline timestamptz NOT NULL, -- of the message whose claim ends first
    ids uuid[] NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
ALTER TABLE punctual.claims ALTER COLUMN ids SET STORAGE EXTERNAL; -- ids do not compress
CREATE INDEX claims_by_node ON punctual.claims (node, deadline);

-- Keys whose head failed for good and whose destination wants a person to look: nothing of them leaves.
CREATE TABLE punctual.parked_keys (
    destination text NOT NULL REFERENCES punctual.destinations ON DELETE CASCADE,
    key text NOT NULL,
    message_id uuid NOT NULL, -- the head
    parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (destination, key)
);

-- Takes what finishes on a day that has no partition yet, so that nothing is ever refused.
CREATE TABLE punctual.messages_default PARTITION OF punctual.messages DEFAULT;
CREATE INDEX ON punctual.messages_default (fingerprint, finished_at, destination) WHERE fingerprint IS NOT NULL;
CREATE INDEX ON punctual.messages_default (state, due_at DESC, uuid_send(id) DESC) WHERE state <> 'delivered';

-- What an attempt came to, as in core/attempt_result.h.
CREATE FUNCTION punctual.attempt_result(p_outcome text, p_status integer) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN p_outcome IN ('delivered', 'refused') THEN p_outcome WHEN p_outcome = 'unknown' THEN 'no_answer'
                WHEN coalesce(p_status, 0) = 0 THEN 'no_connection' WHEN p_status = 429 THEN 'too_many_requests'
                WHEN p_status >= 500 THEN 'server_error' ELSE 'other_answer' END;

CREATE TABLE punctual.attempts (
    message_id uuid NOT NULL,
    number integer NOT NULL,
    node uuid NOT NULL,
    outcome text NOT NULL
        CONSTRAINT outcome_is_known CHECK (outcome IN ('delivered', 'failed', 'refused', 'unknown')),
    status integer,
    error text,
    response bytea,
    lateness_us bigint NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    PRIMARY KEY (message_id, number, started_at)
) PARTITION BY RANGE (started_at);
-- What left more than a minute late: hardly ever any (core/missed_message.h).
CREATE INDEX attempts_missed ON punctual.attempts (started_at) WHERE lateness_us > 60000000;
-- When attempts ended, which is the order they come in: next to nothing to keep. None ends a week after it began:
-- what a node left behind is ended by the rescue, when one runs again.
CREATE INDEX attempts_by_end ON punctual.attempts USING brin (finished_at) WITH (autosummarize = on);
CREATE INDEX attempts_failed ON punctual.attempts (punctual.attempt_result(outcome, status), finished_at)
    WHERE outcome <> 'delivered';
CREATE TABLE punctual.attempts_default PARTITION OF punctual.attempts DEFAULT;

-- What attempts came to, a row for a second, destination and node. The parts of the lateness are those of
-- core/lateness.h, the counts its histogram, both in its order.
CREATE TABLE punctual.delivery_statistics (
    second timestamptz NOT NULL,
    destination text NOT NULL,
    node uuid NOT NULL,
    attempts bigint NOT NULL,
    delivered bigint NOT NULL,
    retrying bigint NOT NULL,
    dead bigint NOT NULL,
    unknown bigint NOT NULL,
    lateness_us bigint NOT NULL, -- the sum
    most_late_us bigint NOT NULL,
    parts_us bigint[] NOT NULL,  -- the sums
    counts bigint[] NOT NULL
) PARTITION BY RANGE (second);
CREATE INDEX delivery_statistics_by_second ON punctual.delivery_statistics (second, destination);
CREATE TABLE punctual.delivery_statistics_default PARTITION OF punctual.delivery_statistics DEFAULT;

-- The same since the installation began, a row for a destination: retention takes nothing away here, so that
-- whoever watches sees counters that only grow.
CREATE TABLE punctual.delivery_totals (
    destination text PRIMARY KEY,
    delivered bigint NOT NULL,
    retrying bigint NOT NULL,
    dead bigint NOT NULL,
    unknown bigint NOT NULL,
    lateness_us bigint NOT NULL,
    parts_us bigint[] NOT NULL,
    counts bigint[] NOT NULL
) WITH (fillfactor = 50);

-- The same by minute, for what looks back over days: add_statistics() keeps both.
CREATE TABLE punctual.delivery_minutes (
    minute timestamptz NOT NULL,
    destination text NOT NULL,
    node uuid NOT NULL,
    attempts bigint NOT NULL,
    delivered bigint NOT NULL,
    retrying bigint NOT NULL,
    dead bigint NOT NULL,
    unknown bigint NOT NULL,
    most_late_us bigint NOT NULL,
    counts bigint[] NOT NULL,
    PRIMARY KEY (minute, destination, node)
) PARTITION BY RANGE (minute);
CREATE TABLE punctual.delivery_minutes_default PARTITION OF punctual.delivery_minutes DEFAULT;

-- What was used of the quotas, a row for a minute and destination.
CREATE TABLE punctual.quota_statistics (
    minute timestamptz NOT NULL,
    destination text NOT NULL,
    used bigint NOT NULL,           -- of the period, at the end of the minute
    quota bigint NOT NULL,          -- what was allowed in the period
    resets_at timestamptz NOT NULL, -- when the period ends
    PRIMARY KEY (minute, destination)
) PARTITION BY RANGE (minute);
CREATE TABLE punctual.quota_statistics_default PARTITION OF punctual.quota_statistics DEFAULT;

-- Bulk operations (0005_operations.sql): what was asked for, by whom and why, and how far it has got.
CREATE TABLE punctual.operations (
    id uuid PRIMARY KEY,
    action text NOT NULL
        CONSTRAINT action_is_known CHECK (action IN ('cancel', 'replay', 'reschedule', 'resolve', 'restore')),
    filter jsonb NOT NULL,
    options jsonb NOT NULL,
    state text NOT NULL DEFAULT 'running'
        CONSTRAINT operation_state_is_known CHECK (state IN ('running', 'done', 'aborted', 'stopped')),
    actor text NOT NULL,
    origin text NOT NULL,
    address inet, -- of who asked for it; null for one on this machine's socket
    reason text,
    undo_of uuid,
    first_due_at timestamptz, -- of a replay or reschedule: that of the first message
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    finished_at timestamptz,
    next_at timestamptz NOT NULL, -- when its next items may be worked off
    total bigint NOT NULL,
    done bigint NOT NULL DEFAULT 0,
    verdicts jsonb NOT NULL DEFAULT '{}',
    -- Of a canary: the ordinals of what it scheduled and was not seen delivered yet.
    undelivered bigint[] NOT NULL DEFAULT '{}',
    node uuid,            -- that worked at it last
    stopped_because text,
    last_error text,      -- why the last try to go on failed; it is tried again
    CONSTRAINT finished_when_over CHECK ((finished_at IS NULL) = (state = 'running'))
) WITH (fillfactor = 50);
CREATE INDEX operations_running ON punctual.operations (next_at) WHERE state = 'running';

-- What an operation matched when it was created, from 1 to its total: nothing comes to that later. All of the
-- same moment as the operation, so that they go with its day.
CREATE TABLE punctual.operation_items (
    operation uuid NOT NULL,
    created_at timestamptz NOT NULL, -- of the operation
    ordinal bigint NOT NULL,
    message_id uuid NOT NULL,
    finished_at timestamptz NOT NULL, -- of the message, as it was matched
    verdict text,
    changed_at timestamptz, -- null: this operation did not change it
    replay uuid,
    -- Of a reschedule: when the message was due before. Of its undo: when it is to be due again.
    due_at timestamptz,
    PRIMARY KEY (operation, ordinal, created_at)
) PARTITION BY RANGE (created_at);
CREATE TABLE punctual.operation_items_default PARTITION OF punctual.operation_items DEFAULT;

CREATE TABLE punctual.nodes (
    id uuid PRIMARY KEY,
    epoch bigint NOT NULL,
    name text NOT NULL,
    version text NOT NULL,
    started_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    lease_until timestamptz NOT NULL,
    stopped_at timestamptz,
    clock_offset_us bigint, -- how far its machine's clock is ahead of the database's
    locked jsonb NOT NULL DEFAULT '{}' -- destinations to which it sends nothing, and why: it has not their key, say
) WITH (fillfactor = 50);
CREATE SEQUENCE punctual.node_epochs;

CREATE TABLE punctual.shards (
    shard smallint PRIMARY KEY CHECK (shard BETWEEN 0 AND 63),
    node uuid,
    epoch bigint
) WITH (fillfactor = 50);
INSERT INTO punctual.shards (shard) SELECT generate_series(0, 63);

-- How many messages there are by destination and state; those that retention has dropped count on in the
-- final states, as telling which they were would be to read them all. Every change appends what it moved; the owner
-- of shard 0 folds that into the totals. Appending never waits for another transaction.
CREATE TABLE punctual.counters (
    destination text NOT NULL,
    state text NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (destination, state)
) WITH (fillfactor = 50);
CREATE TABLE punctual.counter_changes (
    destination text NOT NULL,
    state text NOT NULL,
    change bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);

-- What changed, for those who follow along (GET /v1/events): a row for each destination and state of a batch, and
-- none a message. It is written only while somebody follows, and for a quarter of an hour after that, so that
-- whoever was cut off finds what he missed.
--
-- Ids are given before their transactions commit, so it is read in the order of (transaction, id) and only as far
-- as no transaction is under way any more: then nothing can appear behind a reader.
CREATE TABLE punctual.changes (
    id bigint GENERATED ALWAYS AS IDENTITY,
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    destination text NOT NULL,
    state text NOT NULL, -- that they have now
    ids uuid[] NOT NULL,
    PRIMARY KEY (transaction, id)
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
ALTER TABLE punctual.changes ALTER COLUMN ids SET STORAGE EXTERNAL; -- ids do not compress

CREATE TABLE punctual.change_history (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    wanted_until timestamptz NOT NULL DEFAULT '-infinity',
    complete_from xid8 NOT NULL DEFAULT '0' -- all that transactions from this one on changed is there
) WITH (fillfactor = 50);
INSERT INTO punctual.change_history DEFAULT VALUES;

-- (In plpgsql, which keeps its plan: an SQL function would be planned anew by every batch.)
CREATE FUNCTION punctual.changes_wanted() RETURNS boolean
    LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT h.wanted_until > now() FROM punctual.change_history h);
END $$;

CREATE TABLE punctual.audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,  -- who it says it is: a token's name, a person
    login text NOT NULL,  -- the PostgreSQL login, which cannot be made up
    origin text NOT NULL, -- rest, window, command line, sql
    address inet,         -- of the caller's machine; null for one on this machine's socket
    action text NOT NULL,
    kind text NOT NULL,   -- message, destination, token, settings
    object text NOT NULL,
    before jsonb,
    after jsonb,
    reason text
);
CREATE INDEX audit_by_object ON punctual.audit (kind, object, id DESC);
-- A small batch by any of its messages.
CREATE INDEX audit_by_batch ON punctual.audit USING gin ((after -> 'ids') jsonb_path_ops)
    WHERE jsonb_typeof(after -> 'ids') = 'array';
CREATE INDEX audit_by_time ON punctual.audit USING brin (at); -- next to nothing to keep

CREATE TABLE punctual.api_tokens (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    hash bytea NOT NULL UNIQUE, -- SHA-256 of the token
    destinations text[] CHECK (destinations <> '{}'), -- it reaches these only; null: all
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by text,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz -- to about a minute
);
CREATE UNIQUE INDEX api_tokens_by_name ON punctual.api_tokens (name) WHERE revoked_at IS NULL;

CREATE TABLE punctual.idempotency_keys (
    actor text NOT NULL,
    key text NOT NULL,
    content_hash bytea NOT NULL,
    -- {"created_us": …, "items": [[id, due_us, max_attempts], …]} of schedule(), {"state": …, "replay": id} of
    -- replay(), {"operation": id} of start_operation().
    answer jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (actor, key)
);

-- What is older than this goes.
CREATE FUNCTION punctual.oldest_kept() RETURNS timestamptz
    LANGUAGE sql STABLE
    RETURN now() - (SELECT s.retention_days FROM punctual.settings s) * interval '1 day';

-- Partitions for today and the days after it. Harmless to repeat. Each is made beside its table and attached, which
-- holds up nobody but who reads the default partition; where that takes more than a moment, the next call makes it.
CREATE FUNCTION punctual.make_partitions(p_days integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp SET timezone = 'UTC'
    SET lock_timeout = '50ms'
AS $$
DECLARE
    parent text;
    partition text;
    day date;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('punctual.make_partitions')) THEN
        RETURN;
    END IF;
    FOREACH parent IN ARRAY ARRAY['messages', 'attempts', 'delivery_statistics', 'delivery_minutes',
                                 'quota_statistics', 'operation_items'] LOOP
        FOR i IN 0 .. p_days LOOP
            day := current_date + i;
            partition := format('%s_%s', parent, to_char(day, 'YYYYMMDD'));
            CONTINUE WHEN to_regclass(partition) IS NOT NULL;
            BEGIN
                EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', partition, parent);
                EXECUTE format('GRANT SELECT ON %I TO punctual_viewer', partition);
                IF parent = 'operation_items' THEN -- each gets its verdict once, beside where it stands
                    EXECUTE format('ALTER TABLE %I SET (fillfactor = 50)', partition);
                END IF;
                -- Not on the whole table: an index of the live part that mentions the state would make every
                -- claim dear.
                IF parent = 'messages' THEN
                    EXECUTE format('CREATE INDEX ON %I (finished_at) WHERE state = ''expired''', partition);
                    -- Of dead letters; all that groups of them are made of.
                    EXECUTE format('CREATE INDEX ON %I (fingerprint, finished_at, destination) '
                                   'WHERE fingerprint IS NOT NULL', partition);
                    -- For lists of what ended otherwise than most.
                    EXECUTE format('CREATE INDEX ON %I (state, due_at DESC, uuid_send(id) DESC) '
                                   'WHERE state <> ''delivered''', partition);
                END IF;
                EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                               parent, partition, day::timestamptz, (day + 1)::timestamptz);
            EXCEPTION WHEN check_violation OR lock_not_available OR deadlock_detected THEN
                -- Rows of that day are in the default partition already, where they stay, or somebody reads it.
                CONTINUE;
            END;
        END LOOP;
    END LOOP;
END $$;

-- Drops up to p_limit partitions, the oldest first, of which every row is older than the retention; those of
-- a day that has any younger row stay whole. Gives how many: the next call, in a transaction of its own, goes
-- on. Harmless to repeat.
--
-- The bounds decide, so neither the live partition nor a default one is ever meant. To drop one, its table has
-- to be locked against everything for a moment, and whoever comes behind has to wait: so nothing waits for
-- somebody who reads an old day, and next to nothing for the table. What cannot be had stays for the next time.
CREATE FUNCTION punctual.drop_old_partitions(p_limit integer DEFAULT 3) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp SET timezone = 'UTC'
    SET lock_timeout = '50ms'
AS $$
DECLARE
    old record;
    had_partition boolean;
    busy_tables oid[] := '{}';
    dropped integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('punctual.drop_old_partitions')) THEN
        RETURN 0;
    END IF;
    FOR old IN
        SELECT i.inhparent AS parent, c.oid::regclass AS partition
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        CROSS JOIN LATERAL (
            SELECT substring(pg_get_expr(c.relpartbound, c.oid) FROM $re$ TO \('([^']+)'\)$re$)::timestamptz
        ) AS b (upper_bound)
        WHERE i.inhparent IN ('messages'::regclass, 'attempts'::regclass, 'delivery_statistics'::regclass,
                              'delivery_minutes'::regclass, 'quota_statistics'::regclass,
                              'operation_items'::regclass)
          AND b.upper_bound <= oldest_kept()
        ORDER BY b.upper_bound, c.oid
    LOOP
        EXIT WHEN dropped >= p_limit;
        CONTINUE WHEN old.parent = ANY (busy_tables);
        had_partition := false;
        BEGIN
            EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE NOWAIT', old.partition);
            had_partition := true;
            EXECUTE format('DROP TABLE %s', old.partition);
            dropped := dropped + 1;
        EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
            IF had_partition THEN -- it was the table: asking again for another day would hold up everybody
                busy_tables := busy_tables || old.parent;
            END IF;
        END;
    END LOOP;
    RETURN dropped;
END $$;

SELECT punctual.make_partitions(7);

-- SPDX-License-Identifier: GPL-3.0-or-later
-- What nodes do: keep their shards, read ahead, claim, record, rescue.
--
-- The hot statements take arrays and reach every row by its id, and the planner is left no other way:
-- statistics of a queue table are stale by nature, and a plan that follows them turns a batch into a scan for
-- every row. So rows are looked up by `id = ANY (array)`, which is a condition and not a join that might be
-- turned round; what is joined to them stands in a LATERAL with OFFSET 0, which is not; no condition implies the
-- predicate of a partial index; and each function pins the plan that it was written for.

-- Enters a node, or enters it again after its lease ran out: what it owned before is free.
CREATE FUNCTION punctual.join_node(p_node uuid, p_name text, p_version text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    fresh bigint := nextval('node_epochs');
BEGIN
    INSERT INTO nodes AS n (id, epoch, name, version, started_at, last_seen_at, lease_until)
    VALUES (p_node, fresh, p_name, p_version, clock_timestamp(), clock_timestamp(),
            clock_timestamp() + interval '2 seconds') -- until keep_shards() renews it for the first time
    ON CONFLICT (id) DO UPDATE SET epoch = fresh, stopped_at = NULL, last_seen_at = clock_timestamp(),
                                   lease_until = excluded.lease_until;
    UPDATE shards s SET node = NULL, epoch = NULL WHERE s.node = p_node;
    PERFORM pg_notify('punctual_shards', ''); -- the others make room
    PERFORM make_partitions(7); -- after a week without a node there are none for today
    RETURN fresh;
END $$;

-- Renews the lease, takes free shards up to a fair share and gives back what is over it; all of them, if the
-- node is leaving and only has to finish what it claimed. Gives the shards that the node owns now; null when
-- the lease had run out and the node has to join again.
CREATE FUNCTION punctual.keep_shards(p_node uuid, p_epoch bigint, p_lease interval,
                                     p_clock_offset_us bigint DEFAULT NULL, p_leaving boolean DEFAULT false,
                                     p_locked jsonb DEFAULT NULL) -- as before
    RETURNS smallint[]
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    fair integer;
    owned integer;
BEGIN
    -- A lease that ran out is never revived in its epoch: others may have what was claimed in it.
    UPDATE nodes n
    SET last_seen_at = clock_timestamp(), lease_until = clock_timestamp() + p_lease,
        clock_offset_us = coalesce(p_clock_offset_us, n.clock_offset_us), locked = coalesce(p_locked, n.locked),
        stopped_at = CASE WHEN p_leaving THEN coalesce(n.stopped_at, clock_timestamp()) END
    WHERE n.id = p_node AND n.epoch = p_epoch AND (n.stopped_at IS NULL OR p_leaving)
      AND n.lease_until > clock_timestamp();
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    -- After the clock was set back the lease of a node that has died meanwhile would run for long. Those that
    -- live renew theirs before this one ends.
    UPDATE nodes n SET lease_until = clock_timestamp() + p_lease
    WHERE n.id IN (SELECT o.id FROM nodes o
                   WHERE o.lease_until > clock_timestamp() + p_lease AND o.last_seen_at > clock_timestamp()
                     AND o.id <> p_node
                   FOR UPDATE SKIP LOCKED);
    SELECT CASE WHEN p_leaving THEN 0 ELSE ceil(64.0 / count(*)) END INTO fair
    FROM nodes n WHERE n.lease_until > clock_timestamp() AND n.stopped_at IS NULL;
    SELECT count(*) INTO owned FROM shards s WHERE s.node = p_node AND s.epoch = p_epoch;
    IF owned > fair THEN
        UPDATE shards s SET node = NULL, epoch = NULL
        WHERE s.shard IN (SELECT o.shard FROM shards o WHERE o.node = p_node ORDER BY o.shard DESC
                          LIMIT owned - fair);
        PERFORM pg_notify('punctual_shards', ''); -- there are some to take
    ELSIF owned < fair THEN
        UPDATE shards s SET node = p_node, epoch = p_epoch
        WHERE s.shard IN (
            SELECT f.shard FROM shards f
            WHERE f.node IS NULL
               OR NOT EXISTS (SELECT FROM nodes n WHERE n.id = f.node AND n.epoch = f.epoch
                                                    AND n.lease_until > clock_timestamp())
            ORDER BY f.shard LIMIT fair - owned FOR UPDATE SKIP LOCKED);
    END IF;
    RETURN array(SELECT s.shard FROM shards s WHERE s.node = p_node AND s.epoch = p_epoch ORDER BY 1);
END $$;

CREATE FUNCTION punctual.leave_node(p_node uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
BEGIN
    UPDATE nodes n SET stopped_at = clock_timestamp(), lease_until = clock_timestamp() WHERE n.id = p_node;
    UPDATE shards s SET node = NULL, epoch = NULL WHERE s.node = p_node;
    PERFORM pg_notify('punctual_shards', '');
END $$;

-- The shards of a node whose lease runs and whose place no other epoch has taken: none, if it may not act.
CREATE FUNCTION punctual.shards_of(p_node uuid, p_epoch bigint) RETURNS smallint[]
    LANGUAGE plpgsql STABLE SET search_path = punctual, pg_temp
AS $$
BEGIN
    RETURN array(SELECT s.shard FROM shards s JOIN nodes n ON n.id = s.node AND n.epoch = s.epoch
                 WHERE s.node = p_node AND s.epoch = p_epoch AND n.lease_until > clock_timestamp());
END $$;

-- The next messages of each asked lane (destination and priority) that are due before p_until_us, at
-- most p_limits[i] of them, from shards that the node owns. `lane` is the position in these arrays, from 0.
CREATE FUNCTION punctual.read_ahead(p_node uuid, p_until_us bigint, p_destinations text[], p_priorities text[],
                                    p_limits integer[])
    RETURNS TABLE (lane bigint, id uuid, next_attempt_us bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
    SET search_path = punctual, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    mine smallint[] := array(SELECT s.shard FROM shards s WHERE s.node = p_node);
    until timestamptz := instant(p_until_us);
BEGIN
    RETURN QUERY
        SELECT l.position - 1, m.id, micros(m.next_attempt_at)
        FROM unnest(p_destinations, p_priorities, p_limits)
             WITH ORDINALITY AS l (destination, priority, most, position)
        CROSS JOIN LATERAL (
            SELECT w.id, w.next_attempt_at
            FROM messages_live w
            WHERE w.destination = l.destination AND w.priority = l.priority AND w.next_attempt_at < until
              AND w.state IN ('scheduled', 'retrying') AND w.shard = ANY (mine)
            ORDER BY w.destination, w.priority, w.next_attempt_at, w.id
            LIMIT l.most
        ) AS m;
END $$;

-- Claims what the node may send now: waiting, due (or due within p_ahead_us), not too late, of a shard
-- that it owns in this epoch, of a destination that is not paused, and not behind another unfinished one of its
-- key: that is put back until the other one is over. It stops after 8 MiB of bodies, which a node has to have room
-- for. What does not come back must not be sent. Each row tells
-- when it was claimed, so that a node learns at once of a clock that was set back. The destination comes with
-- headers: it is part of what their secrets are sealed for.
CREATE FUNCTION punctual.claim(p_node uuid, p_epoch bigint, p_ids uuid[], p_ahead_us bigint)
    RETURNS TABLE (id uuid, attempt integer, max_attempts integer, due_us bigint, planned_us bigint,
                   deadline_us bigint, key text, headers text, content_type text, body bytea, claimed_us bigint, retry text,
                   destination text)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 500
    SET search_path = punctual, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off
    SET enable_memoize = off
AS $$
#variable_conflict use_column
DECLARE
    now_is timestamptz := clock_timestamp();
    due_before timestamptz := now_is + p_ahead_us * interval '1 microsecond';
    mine smallint[] := shards_of(p_node, p_epoch);
BEGIN
    IF mine = '{}' THEN
        RETURN;
    END IF;
    RETURN QUERY
        WITH asked AS MATERIALIZED (
            SELECT m.ctid AS place, m.state, d.timeout_ms + d.batch_wait_ms AS takes_ms, m.destination,
                   octet_length(m.body) AS bytes,
                   m.key IS NOT NULL AND (
                       EXISTS (SELECT FROM messages_live e
                               WHERE e.destination = m.destination AND e.key = m.key AND e.id <> m.id
                                 AND (e.state = 'delivering' -- one at a time, even beside a head that is skipped
                                      OR ((e.due_at, e.id) < (m.due_at, m.id)
                                          AND (NOT is_skipped(e.state, e.attempts, d.on_head_failure, d.skip_after)
                                               OR (e.id = ANY (p_ids) AND e.next_attempt_at <= due_before)))))
                       OR EXISTS (SELECT FROM parked_keys p WHERE p.destination = m.destination AND p.key = m.key)
                   ) AS is_behind
            FROM messages_live m
            CROSS JOIN LATERAL (
                SELECT d.timeout_ms, d.batch_wait_ms, d.on_head_failure, d.skip_after FROM destinations d
                WHERE d.name = m.destination AND (d.paused_until IS NULL OR d.paused_until <= now_is)
                OFFSET 0
            ) AS d
            WHERE m.id = ANY (p_ids) AND m.finished_at = 'infinity'
              AND (m.state || '') IN ('scheduled', 'retrying') AND m.shard = ANY (mine)
              AND coalesce(m.next_attempt_at, 'infinity') <= due_before
              AND (m.expires_at IS NULL OR m.expires_at > now_is)
            FOR UPDATE OF m SKIP LOCKED -- somebody is changing it: read_ahead() will show what became of it
        ), claimed AS (
            UPDATE messages_live m
            SET state = 'delivering', attempts = m.attempts + 1, claimed_by = p_node, claimed_at = now_is,
                updated_at = now_is,
                claim_deadline = greatest(now_is, m.next_attempt_at)
                                 + a.takes_ms * interval '1 millisecond' + interval '10 seconds'
            FROM (SELECT s.*, sum(s.bytes) OVER (ROWS UNBOUNDED PRECEDING) - s.bytes AS bytes_before
                  FROM asked s) AS a
            WHERE m.ctid = a.place AND NOT a.is_behind -- locked above: it cannot move away
              AND a.bytes_before < 8388608
            RETURNING m.id, m.attempts, m.max_attempts, m.due_at, m.next_attempt_at, m.claim_deadline, m.key,
                      m.headers, m.content_type, m.body, m.retry, m.destination, a.state AS was
        ), put_back AS (
            UPDATE messages_live m SET next_attempt_at = 'infinity', updated_at = now_is
            FROM asked a
            WHERE m.ctid = a.place AND a.is_behind
        ), kept AS (
            INSERT INTO claims (node, claimed_at, deadline, ids)
            SELECT p_node, now_is, min(c.claim_deadline), array_agg(c.id) FROM claimed c HAVING count(*) > 0
        ), counted AS (
            INSERT INTO counter_changes (destination, state, change)
            SELECT c.destination, x.state, x.change
            FROM (SELECT destination, was, count(*) AS count FROM claimed GROUP BY 1, 2) AS c
            CROSS JOIN LATERAL (VALUES (c.was, -c.count), ('delivering', c.count)) AS x (state, change)
        ), told AS (
            INSERT INTO changes (destination, state, ids)
            SELECT c.destination, 'delivering', array_agg(c.id) FROM claimed c WHERE changes_wanted() GROUP BY 1
        )
        SELECT c.id, c.attempts, c.max_attempts, micros(c.due_at), micros(c.next_attempt_at),
               micros(c.claim_deadline), c.key, c.headers::text, c.content_type, c.body, micros(now_is),
               c.retry::text, CASE WHEN c.headers IS NOT NULL THEN c.destination END
        FROM claimed c;
END $$;

-- Writes what came of attempts. Only a claim that the node still has is moved; what does not come back
-- had been given up by then. p_states is what the message becomes, p_next_us when a retry goes. p_keys and
-- p_destinations are null if none of them has a key.
CREATE FUNCTION punctual.record(
    p_node uuid, p_ids uuid[], p_attempts integer[], p_states text[], p_next_us bigint[], p_outcomes text[],
    p_statuses integer[], p_errors text[], p_responses bytea[], p_lateness_us bigint[], p_started_us bigint[],
    p_finished_us bigint[], p_destinations text[] DEFAULT NULL, p_keys text[] DEFAULT NULL) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER ROWS 500
    SET search_path = punctual, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off SET enable_bitmapscan = off
    SET enable_hashjoin = on -- rescue() calls this with its own settings
AS $$
DECLARE
    now_is timestamptz := clock_timestamp();
BEGIN
    IF NOT p_states <@ ARRAY['delivered', 'retrying', 'dead', 'unknown'] THEN
        RAISE EXCEPTION 'record: an outcome cannot lead to one of these states: %', p_states;
    END IF;
    RETURN QUERY
        WITH outcomes AS MATERIALIZED (
            SELECT o.* FROM unnest(p_ids, p_attempts, p_states, p_next_us, p_outcomes, p_statuses, p_errors,
                                   p_responses, p_lateness_us, p_started_us, p_finished_us)
                 AS o (id, attempt, state, next_us, outcome, status, error, response, lateness_us, started_us,
                       finished_us)
            ORDER BY o.id
        ), moved AS (
            UPDATE messages m
            SET state = o.state, updated_at = now_is, claimed_by = NULL, claimed_at = NULL, claim_deadline = NULL,
                next_attempt_at = CASE WHEN o.state = 'retrying' THEN instant(o.next_us) END,
                finished_at = CASE WHEN o.state IN ('delivered', 'dead') THEN now_is
                                   ELSE 'infinity'::timestamptz END,
                -- Whatever is retried or unknown says why: messages_live_tried finds it by that.
                last_status = o.status,
                last_error = coalesce(o.error, CASE WHEN o.status IS NULL AND o.state IN ('retrying', 'unknown')
                                                    THEN o.outcome END),
                fingerprint = CASE WHEN o.state = 'dead' THEN fingerprint(m.destination, o.status, o.error) END
            FROM outcomes o
            WHERE m.id = ANY (p_ids) AND m.id = o.id AND m.finished_at = 'infinity'
              AND (m.state || '') = 'delivering' AND m.claimed_by = p_node AND m.attempts = o.attempt
            RETURNING m.id, m.destination, o.attempt, o.state, o.outcome, o.status, o.error, o.response,
                      o.lateness_us, o.started_us, o.finished_us
        ), kept AS (
            INSERT INTO attempts (message_id, number, node, outcome, status, error, response, lateness_us,
                                  started_at, finished_at)
            SELECT v.id, v.attempt, p_node, v.outcome, v.status, v.error, v.response, v.lateness_us,
                   instant(v.started_us), instant(v.finished_us)
            FROM moved v
        ), counted AS (
            INSERT INTO counter_changes (destination, state, change)
            SELECT v.destination, x.state, x.change
            FROM (SELECT destination, state, count(*) AS count FROM moved GROUP BY 1, 2) AS v
            CROSS JOIN LATERAL (VALUES ('delivering', -v.count), (v.state, v.count)) AS x (state, change)
        ), told AS (
            INSERT INTO changes (destination, state, ids)
            SELECT v.destination, v.state, array_agg(v.id) FROM moved v WHERE changes_wanted() GROUP BY 1, 2
        )
        SELECT v.id FROM moved v;
    IF p_keys IS NOT NULL THEN
        INSERT INTO parked_keys (destination, key, message_id)
        SELECT o.destination, o.key, o.id
        FROM unnest(p_ids, p_states, p_destinations, p_keys) AS o (id, state, destination, key)
        JOIN destinations d ON d.name = o.destination AND d.on_head_failure = 'park'
        WHERE o.key IS NOT NULL AND o.state = 'dead' AND state_of(o.id) = 'dead'
        ON CONFLICT DO NOTHING;
        PERFORM advance_keys(p_destinations, p_keys);
    END IF;
END $$;

-- Gives back claims that the node did not use, because it has not seen their answer, its lease ran out or they may
-- not leave yet: what is there of them was not sent and waits again, as if it had not been claimed. The node claims
-- nothing while it asks. Gives how many it moved.
CREATE FUNCTION punctual.give_back(p_node uuid, p_ids uuid[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = punctual, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off
    SET enable_memoize = off SET lock_timeout = '500ms' -- it is asked again
AS $$
DECLARE
    now_is timestamptz := clock_timestamp();
    given_back integer;
BEGIN
    -- Of whatever state: a claim that is still under way on a lost connection is waited for, and seen by the
    -- next statement.
    PERFORM FROM messages_live m WHERE m.id = ANY (p_ids) AND m.finished_at = 'infinity' FOR UPDATE;
    WITH asked AS MATERIALIZED (
        SELECT m.ctid AS place, m.state, m.claimed_by
        FROM messages_live m WHERE m.id = ANY (p_ids) AND m.finished_at = 'infinity'
        FOR UPDATE
    ), moved AS (
        UPDATE messages_live m
        SET state = 'retrying', updated_at = now_is, claimed_by = NULL, claimed_at = NULL, claim_deadline = NULL,
            attempts = m.attempts - 1,
            last_error = coalesce(m.last_error, CASE WHEN m.last_status IS NULL
                                                     THEN 'its node gave it back before it was sent' END)
        FROM asked a
        WHERE m.ctid = a.place AND a.state = 'delivering' AND a.claimed_by = p_node -- locked: it cannot move away
        RETURNING m.id, m.destination
    ), told AS (
        INSERT INTO changes (destination, state, ids)
        SELECT v.destination, 'retrying', array_agg(v.id) FROM moved v WHERE changes_wanted() GROUP BY 1
    ), counted AS (
        INSERT INTO counter_changes (destination, state, change)
        SELECT v.destination, x.state, x.change
        FROM (SELECT destination, count(*) AS count FROM moved GROUP BY 1) AS v
        CROSS JOIN LATERAL (VALUES ('delivering', -v.count), ('retrying', v.count)) AS x (state, change)
    )
    SELECT count(*) INTO given_back FROM moved;
    RETURN given_back;
END $$;

-- Looks at up to p_limit rows of the node's own claims whose deadline has passed and, with p_others, of those of
-- other nodes: whose deadline has passed, or whose node is dead, as its lease ran out more than a second ago. Messages of them that are still being delivered become attempts with
-- the outcome unknown and go by their destination's policy, if the asking node owns their shard. p_in_flight
-- are claims of this very node that it still works on. Gives how many rows it looked at, how many of them
-- are over now, and how many messages it moved.
CREATE FUNCTION punctual.rescue(p_node uuid, p_epoch bigint, p_in_flight uuid[], p_others boolean, p_limit integer)
    RETURNS TABLE (looked_at integer, over integer, rescued integer)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path = punctual, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off
    SET enable_memoize = off
AS $$
DECLARE
    now_is timestamptz := clock_timestamp();
    mine smallint[] := shards_of(p_node, p_epoch);
    call record;
    lost record;
    lost_count integer;
    moved record;
BEGIN
    looked_at := 0;
    over := 0;
    rescued := 0;
    IF mine = '{}' THEN
        RETURN NEXT;
        RETURN;
    END IF;
    FOR call IN
        SELECT c.ctid AS place, c.node, c.claimed_at, c.ids, l.until
        FROM nodes n
        CROSS JOIN LATERAL (
            SELECT CASE WHEN n.id = p_node THEN now_is
                        WHEN NOT p_others THEN '-infinity'
                        WHEN n.lease_until < now_is - interval '1 second' THEN 'infinity'
                        ELSE now_is END AS until
        ) AS l
        JOIN claims c ON c.node = n.id AND c.deadline < l.until
        ORDER BY c.deadline DESC LIMIT p_limit -- what a dead node claimed last is what is lost
        FOR UPDATE OF c SKIP LOCKED
    LOOP
        -- Of what is still being delivered by this claim: the lost ones, and when to look after the others,
        -- which are in flight, of another node's shard or not at their own deadline yet.
        SELECT array_agg(h.id) FILTER (WHERE h.is_lost) AS ids,
               array_agg(h.attempts) FILTER (WHERE h.is_lost) AS attempts,
               array_agg(h.state) FILTER (WHERE h.is_lost) AS states,
               array_agg(h.destination) FILTER (WHERE h.is_lost) AS destinations,
               array_agg(h.key) FILTER (WHERE h.is_lost) AS keys,
               min(h.claim_deadline) FILTER (WHERE NOT h.is_lost) AS others
        INTO lost
        FROM (
            SELECT m.id, m.attempts, m.claim_deadline, m.destination, m.key,
                   CASE WHEN d.on_unknown = 'hold' THEN 'unknown'
                        WHEN m.attempts >= m.max_attempts
                             OR now_is > m.due_at + interval '1 millisecond'
                                * coalesce(m.retry ->> 'max_age_ms', d.settings -> 'retry' ->> 'max_age_ms')::float8
                        THEN 'dead'
                        ELSE 'retrying' END AS state,
                   m.claim_deadline < call.until AND m.shard = ANY (mine)
                       AND NOT (call.node = p_node AND m.id = ANY (p_in_flight)) AS is_lost
            FROM messages_live m
            CROSS JOIN LATERAL (
                SELECT d.on_unknown, d.settings FROM destinations d WHERE d.name = m.destination OFFSET 0
            ) AS d
            WHERE m.id = ANY (call.ids) AND m.finished_at = 'infinity' AND (m.state || '') = 'delivering'
              AND m.claimed_by = call.node AND m.claimed_at = call.claimed_at
        ) AS h;
        looked_at := looked_at + 1;
        IF lost.ids IS NOT NULL THEN
            lost_count := cardinality(lost.ids);
            WITH recorded AS MATERIALIZED (SELECT r.id FROM record(
                call.node, lost.ids, lost.attempts, lost.states,
                array_fill(micros(now_is), ARRAY[lost_count]), array_fill('unknown'::text, ARRAY[lost_count]),
                array_fill(NULL::integer, ARRAY[lost_count]),
                array_fill('its node ended before it recorded an outcome'::text, ARRAY[lost_count]),
                array_fill(NULL::bytea, ARRAY[lost_count]), array_fill(0::bigint, ARRAY[lost_count]),
                array_fill(micros(call.claimed_at), ARRAY[lost_count]),
                array_fill(micros(now_is), ARRAY[lost_count]), lost.destinations,
                CASE WHEN array_remove(lost.keys, NULL) <> '{}' THEN lost.keys END) AS r (id)
            ), counted AS (
                SELECT u.destination, count(*) AS attempts, count(*) FILTER (WHERE u.state = 'retrying') AS retrying,
                       count(*) FILTER (WHERE u.state = 'dead') AS dead,
                       count(*) FILTER (WHERE u.state = 'unknown') AS unknown
                FROM recorded r
                JOIN unnest(lost.ids, lost.states, lost.destinations) AS u (id, state, destination) USING (id)
                GROUP BY 1
            )
            SELECT coalesce(sum(c.attempts), 0) AS messages, array_agg(c.destination) AS destinations,
                   array_agg(c.attempts) AS attempts, array_agg(c.retrying) AS retrying, array_agg(c.dead) AS dead,
                   array_agg(c.unknown) AS unknown, array_fill(0::bigint, ARRAY[count(*)::integer]) AS zeros
            INTO moved FROM counted c;
            rescued := rescued + moved.messages;
            IF moved.messages > 0 THEN -- how late they left nobody knows: they are in no histogram
                PERFORM add_statistics(
                    call.node, array_fill(extract(epoch FROM now_is)::bigint, ARRAY[cardinality(moved.zeros)]),
                    moved.destinations, moved.attempts, moved.zeros, moved.retrying, moved.dead, moved.unknown,
                    moved.zeros, moved.zeros, array_fill('{0}'::text, ARRAY[cardinality(moved.zeros)]),
                    array_fill('{0}'::text, ARRAY[cardinality(moved.zeros)]));
            END IF;
        END IF;
        IF lost.others IS NULL THEN
            DELETE FROM claims c WHERE c.ctid = call.place;
            over := over + 1;
        ELSE
            UPDATE claims c SET deadline = greatest(lost.others, now_is + interval '1 second')
            WHERE c.ctid = call.place;
        END IF;
    END LOOP;
    IF rescued > 0 THEN
        PERFORM pg_notify('punctual_due', '');
    END IF;
    RETURN NEXT;
END $$;

-- Waiting messages of the node's shards that are too late by their own limit. Gives how many.
CREATE FUNCTION punctual.expire(p_node uuid, p_epoch bigint, p_limit integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = punctual, pg_temp SET jit = off SET enable_seqscan = off
AS $$
DECLARE
    mine smallint[] := shards_of(p_node, p_epoch);
    expired integer;
    destinations text[];
    keys text[];
BEGIN
    IF mine = '{}' THEN
        RETURN 0;
    END IF;
    WITH late AS MATERIALIZED (
        SELECT m.id, m.destination, m.state, m.key
        FROM messages_live m
        WHERE m.expires_at <= clock_timestamp() AND m.next_attempt_at IS NOT NULL
          AND m.state IN ('scheduled', 'retrying') AND m.shard = ANY (mine)
        ORDER BY m.expires_at
        LIMIT p_limit
        FOR UPDATE OF m SKIP LOCKED
    ), moved AS (
        UPDATE messages m
        SET state = 'expired', updated_at = clock_timestamp(), finished_at = clock_timestamp(),
            next_attempt_at = NULL
        WHERE m.id = ANY (array(SELECT l.id FROM late l)) AND m.finished_at = 'infinity'
    ), told AS (
        INSERT INTO changes (destination, state, ids)
        SELECT l.destination, 'expired', array_agg(l.id) FROM late l WHERE changes_wanted() GROUP BY 1
    ), counted AS (
        INSERT INTO counter_changes (destination, state, change)
        SELECT v.destination, x.state, x.change
        FROM (SELECT destination, state, count(*) AS count FROM late GROUP BY 1, 2) AS v
        CROSS JOIN LATERAL (VALUES (v.state, -v.count), ('expired', v.count)) AS x (state, change)
    )
    SELECT count(*), array_agg(l.destination) FILTER (WHERE l.key IS NOT NULL),
           array_agg(l.key) FILTER (WHERE l.key IS NOT NULL)
    INTO expired, destinations, keys FROM late l;
    IF keys IS NOT NULL THEN
        PERFORM advance_keys(destinations, keys);
    END IF;
    RETURN expired;
END $$;

-- The sums of two arrays, place by place.
CREATE FUNCTION punctual.added(p_some bigint[], p_others bigint[]) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN array(SELECT coalesce(a, 0) + coalesce(b, 0) FROM unnest(p_some, p_others) WITH ORDINALITY AS n (a, b, i)
                 ORDER BY i);
CREATE AGGREGATE punctual.added_up(bigint[]) (SFUNC = punctual.added, STYPE = bigint[], PARALLEL = SAFE);

-- Adds what a node has counted; p_parts and p_counts hold array literals.
CREATE FUNCTION punctual.add_statistics(
    p_node uuid, p_seconds bigint[], p_destinations text[], p_attempts bigint[], p_delivered bigint[],
    p_retrying bigint[], p_dead bigint[], p_unknown bigint[], p_lateness_us bigint[], p_most_late_us bigint[],
    p_parts text[], p_counts text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = punctual, pg_temp AS $$
    INSERT INTO delivery_statistics (second, destination, node, attempts, delivered, retrying, dead, unknown,
                                     lateness_us, most_late_us, parts_us, counts)
    SELECT to_timestamp(n.second), n.destination, p_node, n.attempts, n.delivered, n.retrying, n.dead, n.unknown,
           n.lateness_us, n.most_late_us, n.parts::bigint[], n.counts::bigint[]
    FROM unnest(p_seconds, p_destinations, p_attempts, p_delivered, p_retrying, p_dead, p_unknown, p_lateness_us,
                p_most_late_us, p_parts, p_counts)
         AS n (second, destination, attempts, delivered, retrying, dead, unknown, lateness_us, most_late_us, parts,
               counts);
    INSERT INTO delivery_totals AS t (destination, delivered, retrying, dead, unknown, lateness_us, parts_us, counts)
    SELECT n.destination, sum(n.delivered), sum(n.retrying), sum(n.dead), sum(n.unknown), sum(n.lateness_us),
           added_up(n.parts::bigint[]), added_up(n.counts::bigint[])
    FROM unnest(p_destinations, p_delivered, p_retrying, p_dead, p_unknown, p_lateness_us, p_parts, p_counts)
         AS n (destination, delivered, retrying, dead, unknown, lateness_us, parts, counts)
    GROUP BY 1
    ORDER BY 1 -- so that two nodes never wait for each other
    ON CONFLICT (destination) DO UPDATE
    SET delivered = t.delivered + excluded.delivered, retrying = t.retrying + excluded.retrying,
        dead = t.dead + excluded.dead, unknown = t.unknown + excluded.unknown,
        lateness_us = t.lateness_us + excluded.lateness_us, parts_us = added(t.parts_us, excluded.parts_us),
        counts = added(t.counts, excluded.counts);
    INSERT INTO delivery_minutes AS m (minute, destination, node, attempts, delivered, retrying, dead, unknown,
                                       most_late_us, counts)
    SELECT to_timestamp(n.second / 60 * 60), n.destination, p_node, sum(n.attempts), sum(n.delivered),
           sum(n.retrying), sum(n.dead), sum(n.unknown), max(n.most_late_us), added_up(n.counts::bigint[])
    FROM unnest(p_seconds, p_destinations, p_attempts, p_delivered, p_retrying, p_dead, p_unknown, p_most_late_us,
                p_counts)
         AS n (second, destination, attempts, delivered, retrying, dead, unknown, most_late_us, counts)
    GROUP BY 1, 2
    ON CONFLICT (minute, destination, node) DO UPDATE
    SET attempts = m.attempts + excluded.attempts, delivered = m.delivered + excluded.delivered,
        retrying = m.retrying + excluded.retrying, dead = m.dead + excluded.dead,
        unknown = m.unknown + excluded.unknown, most_late_us = greatest(m.most_late_us, excluded.most_late_us),
        counts = added(m.counts, excluded.counts);
$$;

-- Folds the appended changes into the totals. Only one node does this at a time.
CREATE FUNCTION punctual.fold_counters() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('punctual.fold_counters')) THEN
        RETURN;
    END IF;
    WITH folded AS (
        DELETE FROM counter_changes RETURNING destination, state, change
    )
    INSERT INTO counters AS c (destination, state, count)
    SELECT f.destination, f.state, sum(f.change) FROM folded f GROUP BY 1, 2
    ON CONFLICT (destination, state) DO UPDATE SET count = c.count + excluded.count;
END $$;

-- Forgets idempotency keys after a day and nodes that ended more than a week ago.
CREATE FUNCTION punctual.tidy() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = punctual, pg_temp AS $$
    DELETE FROM idempotency_keys k WHERE k.created_at < now() - interval '1 day';
    DELETE FROM nodes n WHERE n.last_seen_at < now() - interval '7 days'
                          AND NOT EXISTS (SELECT FROM claims c WHERE c.node = n.id);
    -- What came on a day without a partition.
    DELETE FROM messages_default m WHERE m.finished_at < oldest_kept();
    DELETE FROM attempts_default a WHERE a.started_at < oldest_kept();
    DELETE FROM delivery_statistics_default s WHERE s.second < oldest_kept();
    DELETE FROM delivery_minutes_default s WHERE s.minute < oldest_kept();
    DELETE FROM quota_statistics_default s WHERE s.minute < oldest_kept();
    DELETE FROM operation_items_default i WHERE i.created_at < oldest_kept();
$$;

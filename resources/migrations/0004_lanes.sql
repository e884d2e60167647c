-- SPDX-License-Identifier: GPL-3.0-or-later
-- What may go and what has to wait: the order of keys, and what nodes share of a destination's lane.

-- Whether a message that was attempted so often lets those behind it of its key go first: not while it is being
-- attempted.
CREATE FUNCTION punctual.is_skipped(p_state text, p_attempts integer, p_on_head_failure text, p_skip_after integer)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN p_on_head_failure = 'skip' AND p_state = 'retrying' AND p_attempts >= coalesce(p_skip_after, 1);

-- Lets the first unfinished message of each key go, and those that it skips, if they stood behind another one until
-- now. claim() is what keeps the order: it puts back whatever stands behind another; so calling this too often does
-- no harm. While one of a key is being delivered nothing moves: what comes of it calls this again.
CREATE FUNCTION punctual.advance_keys(p_destinations text[], p_keys text[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = punctual, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off
    SET enable_memoize = off
AS $$
DECLARE
    now_is timestamptz := clock_timestamp();
    told text;
    advanced integer;
BEGIN
    WITH first_ones AS MATERIALIZED (
        SELECT w.id
        FROM (SELECT DISTINCT n.destination, n.key FROM unnest(p_destinations, p_keys) AS n (destination, key)
              WHERE n.key IS NOT NULL) AS k
        CROSS JOIN LATERAL (
            SELECT d.on_head_failure, d.skip_after FROM destinations d WHERE d.name = k.destination OFFSET 0
        ) AS d
        LEFT JOIN LATERAL (
            SELECT e.due_at, e.id FROM messages_live e
            WHERE e.destination = k.destination AND e.key = k.key
              AND NOT is_skipped(e.state, e.attempts, d.on_head_failure, d.skip_after)
            ORDER BY e.destination, e.key, e.due_at, e.id LIMIT 1
        ) AS h ON true
        CROSS JOIN LATERAL (
            SELECT w.id FROM messages_live w
            WHERE w.destination = k.destination AND w.key = k.key AND w.next_attempt_at = 'infinity'
              AND (h.id IS NULL OR (w.due_at, w.id) <= (h.due_at, h.id))
            ORDER BY w.destination, w.key, w.due_at, w.id LIMIT 100
        ) AS w
        WHERE NOT EXISTS (SELECT FROM parked_keys p WHERE p.destination = k.destination AND p.key = k.key)
          AND NOT EXISTS (SELECT FROM messages_live e
                          WHERE e.destination = k.destination AND e.key = k.key AND (e.state || '') = 'delivering')
    ), moved AS (
        UPDATE messages_live m SET next_attempt_at = greatest(m.due_at, now_is), updated_at = now_is
        WHERE m.id = ANY (array(SELECT f.id FROM first_ones f)) AND m.finished_at = 'infinity'
          AND is_waiting(m.state || '') AND m.next_attempt_at = 'infinity'
        RETURNING m.id, m.shard, m.next_attempt_at, m.priority, m.destination
    )
    SELECT count(*), string_agg(concat_ws(' ', v.shard, micros(v.next_attempt_at), v.priority, v.id, v.destination),
                                E'\n')
    INTO advanced, told FROM moved v;
    IF advanced > 0 THEN
        PERFORM pg_notify('punctual_due', CASE WHEN advanced <= 16 THEN told ELSE '' END);
    END IF;
    RETURN advanced;
END $$;

-- Lets a key go on that was parked when its head failed for good. Gives whether it was parked.
CREATE FUNCTION punctual.release_key(p_destination text, p_key text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    parked parked_keys;
BEGIN
    PERFORM check_reach(ARRAY[p_destination]);
    DELETE FROM parked_keys p WHERE p.destination = p_destination AND p.key = p_key RETURNING p.* INTO parked;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM advance_keys(ARRAY[p_destination], ARRAY[p_key]);
    PERFORM write_audit('release', 'key', p_destination || ' ' || p_key, to_jsonb(parked), NULL);
    RETURN true;
END $$;

-- Lets go what stands behind nothing any more, of up to p_limit keys after the given one: a message was put back
-- at the very moment when the one before it ended, or that one expired or was moved. Gives the last key that
-- it looked at, where the next call goes on; nothing at the end.
CREATE FUNCTION punctual.advance_some_keys(p_destination text, p_key text, p_limit integer)
    RETURNS TABLE (destination text, key text)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1 SET search_path = punctual, pg_temp SET jit = off SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    destinations text[] := '{}';
    keys text[] := '{}';
    next record;
BEGIN
    FOR i IN 1 .. p_limit LOOP
        SELECT m.destination, m.key INTO next
        FROM messages_live m
        WHERE m.key IS NOT NULL AND m.next_attempt_at = 'infinity' AND (m.destination, m.key) > (p_destination, p_key)
        ORDER BY m.destination, m.key LIMIT 1;
        EXIT WHEN NOT FOUND;
        p_destination := next.destination;
        p_key := next.key;
        destinations := destinations || p_destination;
        keys := keys || p_key;
    END LOOP;
    PERFORM advance_keys(destinations, keys);
    IF cardinality(keys) = p_limit THEN
        RETURN QUERY SELECT p_destination, p_key;
    END IF;
END $$;

-- Writes what nodes worked out for lanes, where the lane still has the version that they knew, and gives what
-- is there now in any case: a node that came second works it out again from that. A version that no lane has
-- only asks. The other nodes hear of a breaker that moved and of a lane that is held.
CREATE FUNCTION punctual.exchange_lanes(
    p_destinations text[], p_versions bigint[], p_limiters text[], p_quotas text[], p_breakers text[],
    p_quota_used bigint[], p_quota_limits bigint[], p_quota_resets_us bigint[], p_breaker_states text[],
    p_breaker_until_us bigint[], p_breaker_causes text[], p_held_until_us bigint[], p_held_because text[],
    p_provider_limits bigint[], p_provider_remaining bigint[], p_provider_resets_us bigint[])
    RETURNS TABLE (destination text, written boolean, version bigint, limiter text, quota text, breaker text, breaker_cause text,
                   held_until_us bigint, held_because text, provider_limit bigint, provider_remaining bigint,
                   provider_resets_us bigint)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = punctual, pg_temp SET jit = off
    SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    lane record;
    written text[] := '{}';
    moved text[] := '{}';
BEGIN
    FOR lane IN -- in an order, so that two nodes never wait for each other
        SELECT n.*, l.version AS version_now, l.updated_at, l.quota_used AS used_before,
               l.quota_resets_at AS resets_before, l.breaker_state AS state_before, l.held_until AS held_before
        FROM unnest(p_destinations, p_versions, p_limiters, p_quotas, p_breakers, p_quota_used, p_quota_limits,
                    p_quota_resets_us, p_breaker_states, p_breaker_until_us, p_breaker_causes, p_held_until_us,
                    p_held_because, p_provider_limits, p_provider_remaining, p_provider_resets_us)
             AS n (name, known_version, limiter, quota, breaker, quota_used, quota_limit, quota_resets_us,
                   breaker_state, breaker_until_us, breaker_cause, held_until_us, held_because, provider_limit,
                   provider_remaining, provider_resets_us)
        JOIN lanes l ON l.destination = n.name
        WHERE n.known_version >= 0
        ORDER BY n.name FOR UPDATE OF l
    LOOP
        CONTINUE WHEN lane.known_version <> lane.version_now;
        IF lane.resets_before IS NOT NULL
           AND date_trunc('minute', lane.updated_at) < date_trunc('minute', clock_timestamp()) THEN
            INSERT INTO quota_statistics (minute, destination, used, quota, resets_at)
            VALUES (date_trunc('minute', lane.updated_at), lane.name, lane.used_before,
                    coalesce(lane.quota_limit, 0), lane.resets_before)
            ON CONFLICT DO NOTHING;
        END IF;
        UPDATE lanes l
        SET version = l.version + 1, limiter = lane.limiter::bigint[], quota = lane.quota::bigint[],
            breaker = lane.breaker::bigint[], quota_used = lane.quota_used,
            quota_resets_at = instant(lane.quota_resets_us), breaker_state = lane.breaker_state,
            breaker_until = instant(lane.breaker_until_us), breaker_cause = lane.breaker_cause,
            held_until = instant(lane.held_until_us), held_because = lane.held_because,
            provider_limit = lane.provider_limit, provider_remaining = lane.provider_remaining,
            provider_resets_at = instant(lane.provider_resets_us), updated_at = clock_timestamp()
        WHERE l.destination = lane.name;
        written := written || lane.name;
        IF (lane.state_before, lane.held_before)
           IS DISTINCT FROM (lane.breaker_state, instant(lane.held_until_us)) THEN
            moved := moved || lane.name;
        END IF;
    END LOOP;
    IF moved <> '{}' THEN
        -- A notification holds 8,000 bytes; without names it means all lanes.
        PERFORM pg_notify('punctual_lanes', CASE WHEN cardinality(moved) <= 100 THEN array_to_string(moved, ' ')
                                                 ELSE '' END);
    END IF;
    RETURN QUERY
        SELECT l.destination, l.destination = ANY (written), l.version, l.limiter::text, l.quota::text, l.breaker::text, l.breaker_cause,
               micros(l.held_until), l.held_because, l.provider_limit, l.provider_remaining,
               micros(l.provider_resets_at)
        FROM lanes l WHERE l.destination = ANY (p_destinations);
END $$;

-- The third party said that nothing is to be sent there any more: pauses the destination until a person resumes it.
CREATE FUNCTION punctual.stop_destination(p_name text, p_reason text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    before destinations;
    after destinations;
BEGIN
    SELECT d.* INTO before FROM destinations d
    WHERE d.name = p_name AND (d.paused_until IS NULL OR d.paused_until <= clock_timestamp()) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE destinations d
    SET paused_until = 'infinity', pause_reason = p_reason, paused_by = 'the third party', version = d.version + 1,
        updated_at = clock_timestamp()
    WHERE d.name = p_name
    RETURNING d.* INTO after;
    PERFORM write_audit('pause', 'destination', p_name, audited(before), audited(after));
    PERFORM pg_notify('punctual_destinations', '');
END $$;

-- What there is to know about why a message has not gone yet: core/why.h decides which of it is the cause. No row
-- if there is no such message.
CREATE FUNCTION punctual.why_facts(p_id uuid)
    RETURNS TABLE (now_us bigint, state text, destination text, due_us bigint, next_attempt_us bigint,
                   is_behind boolean, attempts integer, last_status integer, last_error text, claimed_us bigint,
                   is_paused boolean, paused_until_us bigint, paused_by text, pause_reason text,
                   head uuid, is_parked boolean, has_node boolean, held_until_us bigint, held_because text,
                   breaker_state text, breaker_until_us bigint, breaker_cause text, quota_used bigint,
                   quota_resets_us bigint, settings text, ahead bigint, delivering bigint, live_nodes bigint,
                   per_second double precision, claim_us bigint, share double precision, locked_because text)
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp
AS $$
    SELECT micros(now()), m.state, m.destination, micros(m.due_at), micros(m.next_attempt_at),
           coalesce(m.next_attempt_at = 'infinity', false), m.attempts, m.last_status, m.last_error,
           micros(m.claimed_at), coalesce(d.paused_until > now(), false), micros(d.paused_until), d.paused_by,
           d.pause_reason,
           (SELECT e.id FROM messages_live e
            WHERE m.finished_at = 'infinity' AND e.destination = m.destination AND e.key = m.key
              AND (e.due_at, e.id) < (m.due_at, m.id)
              AND NOT is_skipped(e.state, e.attempts, d.on_head_failure, d.skip_after)
            ORDER BY e.due_at, e.id LIMIT 1),
           EXISTS (SELECT FROM parked_keys p WHERE p.destination = m.destination AND p.key = m.key),
           EXISTS (SELECT FROM shards s JOIN nodes n ON n.id = s.node AND n.epoch = s.epoch
                   WHERE s.shard = m.shard AND n.lease_until > now()),
           micros(l.held_until), l.held_because, l.breaker_state, micros(l.breaker_until), l.breaker_cause,
           l.quota_used, micros(l.quota_resets_at), d.settings::text,
           -- Counted no further than it matters.
           (SELECT count(*) FROM (
                SELECT FROM messages_live w
                WHERE m.finished_at = 'infinity' AND w.destination = m.destination AND w.priority = m.priority
                  AND w.next_attempt_at < m.next_attempt_at AND w.state IN ('scheduled', 'retrying')
                LIMIT 100000) AS earlier),
           (SELECT coalesce(sum(c.count), 0)::bigint FROM (
                SELECT c.count FROM counters c WHERE c.destination = m.destination AND c.state = 'delivering'
                UNION ALL
                SELECT c.change FROM counter_changes c WHERE c.destination = m.destination AND c.state = 'delivering'
            ) AS c),
           (SELECT count(*) FROM nodes n WHERE n.lease_until > now() AND n.stopped_at IS NULL),
           s.per_second, s.claim_us,
           -- Of what goes, by the weights of the priorities of which something is due.
           (SELECT sum(p.weight) FILTER (WHERE p.priority = m.priority)::float8 / sum(p.weight)
            FROM (VALUES ('high', 5), ('normal', 3), ('low', 1)) AS p (priority, weight)
            WHERE p.priority = m.priority
               OR EXISTS (SELECT FROM messages_live w
                          WHERE w.destination = m.destination AND w.priority = p.priority
                            AND w.next_attempt_at <= now() AND w.state IN ('scheduled', 'retrying'))),
           (SELECT n.locked ->> m.destination FROM shards h JOIN nodes n ON n.id = h.node AND n.epoch = h.epoch
            WHERE h.shard = m.shard)
    FROM messages m
    LEFT JOIN destinations d ON d.name = m.destination
    LEFT JOIN lanes l ON l.destination = m.destination
    CROSS JOIN LATERAL (
        -- Of the last ten seconds that were written: the pace, and what claims took (part 6 of the lateness).
        SELECT sum(t.delivered) / 10.0::float8 AS per_second,
               (sum(t.parts_us[6]) / nullif(sum(t.attempts), 0))::bigint AS claim_us
        FROM delivery_statistics t
        WHERE t.second BETWEEN now() - interval '12 seconds' AND now() AND t.destination = m.destination
    ) AS s
    WHERE m.id = p_id
$$;

-- Keys that do not go on by themselves at once: the head, what is with it, and how many wait behind it.
CREATE FUNCTION punctual.blocked_keys(p_destination text, p_after text, p_limit integer)
    RETURNS TABLE (key text, head uuid, state text, attempts integer, due_us bigint, next_attempt_us bigint,
                   last_error text, parked_us bigint, waiting bigint)
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp
AS $$
    WITH RECURSIVE blocked (key) AS (
        (SELECT least((SELECT min(m.key) FROM messages_live m
                       WHERE m.destination = p_destination AND m.key > p_after AND m.next_attempt_at = 'infinity'),
                      (SELECT min(p.key) FROM parked_keys p WHERE p.destination = p_destination AND p.key > p_after)))
        UNION ALL
        SELECT least((SELECT min(m.key) FROM messages_live m
                      WHERE m.destination = p_destination AND m.key > b.key AND m.next_attempt_at = 'infinity'),
                     (SELECT min(p.key) FROM parked_keys p WHERE p.destination = p_destination AND p.key > b.key))
        FROM blocked b WHERE b.key IS NOT NULL
    )
    SELECT b.key, coalesce(p.message_id, h.id), h.state, h.attempts, micros(h.due_at), micros(h.next_attempt_at),
           h.last_error, micros(p.parked_at),
           (SELECT count(*) FROM messages_live w WHERE w.destination = p_destination AND w.key = b.key)
           - (p.key IS NULL)::integer
    FROM (SELECT * FROM blocked f WHERE f.key IS NOT NULL LIMIT p_limit) AS b
    LEFT JOIN parked_keys p ON p.destination = p_destination AND p.key = b.key
    LEFT JOIN LATERAL (
        SELECT e.* FROM messages e
        WHERE CASE WHEN p.key IS NOT NULL THEN e.id = p.message_id
                   ELSE e.finished_at = 'infinity' AND e.destination = p_destination AND e.key = b.key END
        ORDER BY e.due_at, e.id LIMIT 1
    ) AS h ON true
    WHERE b.key IS NOT NULL
    ORDER BY b.key
$$;

-- How many wait, by destination and hour, for the next hours; what is due already counts in the present one, and
-- what stands behind another message of its key at its own due time.
CREATE FUNCTION punctual.due_by_hour(p_hours integer, p_destination text)
    RETURNS TABLE (destination text, hour_us bigint, count bigint)
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp
AS $$
    SELECT m.destination, micros(date_trunc('hour', greatest(w.at, now()))), count(*)
    FROM messages_live m
    CROSS JOIN LATERAL (
        SELECT CASE m.next_attempt_at WHEN 'infinity' THEN m.due_at ELSE m.next_attempt_at END AS at
    ) AS w
    WHERE w.at < date_trunc('hour', now()) + p_hours * interval '1 hour'
      AND (p_destination IS NULL OR m.destination = p_destination)
    GROUP BY 1, 2
$$;

-- What the pages of a window read.

-- Why attempts failed that are worth another one, by step of time from p_from_us on and by the number of the result
-- in core/attempt_result.h. At most p_most of a step are looked at.
CREATE FUNCTION punctual.failure_causes(p_from_us bigint, p_step_us bigint, p_steps integer, p_most integer)
    RETURNS TABLE (step integer, cause integer, count bigint)
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp SET jit = off SET enable_seqscan = off
AS $$
    SELECT s.step, f.cause, count(*)
    FROM generate_series(0, p_steps - 1) AS s (step)
    CROSS JOIN LATERAL (
        SELECT c.number::integer - 1 AS cause
        FROM unnest(ARRAY['too_many_requests', 'server_error', 'other_answer', 'no_connection', 'no_answer'])
             WITH ORDINALITY AS c (result, number)
        CROSS JOIN LATERAL (
            SELECT FROM attempts a
            WHERE a.outcome <> 'delivered' AND attempt_result(a.outcome, a.status) = c.result
              AND a.finished_at >= instant(p_from_us + s.step * p_step_us)
              AND a.finished_at < instant(p_from_us + (s.step + 1) * p_step_us)
              AND a.started_at >= instant(p_from_us + s.step * p_step_us) - interval '7 days'
              AND a.started_at < instant(p_from_us + (s.step + 1) * p_step_us)
            LIMIT p_most
        ) AS a
        LIMIT p_most
    ) AS f
    GROUP BY 1, 2
$$;

-- How many are due already, without an hour, and how many are due in each of the next hours. Of a great many only a
-- part is counted: of those that are due, the first of each lane; of the others, those of so many pages by chance.
-- Then the count is an estimate.
CREATE FUNCTION punctual.backlog_ahead(p_hours integer)
    RETURNS TABLE (hour_us bigint, count bigint, is_estimate boolean)
    LANGUAGE plpgsql STABLE SET search_path = punctual, pg_temp SET jit = off
AS $$
DECLARE
    most_in_lane constant integer := 20000;
    most_pages constant integer := 4000;
    share float8 := least(1, most_pages / greatest(pg_relation_size('messages_live') / 8192.0, 1));
    until timestamptz := date_trunc('hour', now()) + p_hours * interval '1 hour';
BEGIN
    RETURN QUERY
        SELECT NULL::bigint, coalesce(sum(l.due), 0)::bigint, coalesce(bool_or(l.due = most_in_lane), false)
        FROM destinations d CROSS JOIN unnest(ARRAY['high', 'normal', 'low']) AS p (priority)
        CROSS JOIN LATERAL (
            SELECT count(*) AS due FROM (
                SELECT FROM messages_live w
                WHERE w.destination = d.name AND w.priority = p.priority AND w.next_attempt_at <= now()
                LIMIT most_in_lane) AS w
        ) AS l;
    IF share < 1 THEN
        RETURN QUERY
            SELECT micros(date_trunc('hour', w.next_attempt_at)), (count(*) / share)::bigint, true
            FROM messages_live w TABLESAMPLE SYSTEM (share * 100)
            WHERE w.next_attempt_at > now() AND w.next_attempt_at < until
            GROUP BY 1;
    ELSE
        RETURN QUERY
            SELECT micros(date_trunc('hour', w.next_attempt_at)), count(*), false
            FROM messages_live w
            WHERE w.next_attempt_at > now() AND w.next_attempt_at < until
            GROUP BY 1;
    END IF;
END $$;

-- How the table of the queue is doing, and who keeps it from being cleaned. As the owner: PostgreSQL hides from
-- others what a session of somebody else does.
CREATE FUNCTION punctual.database_health()
    RETURNS TABLE (live_rows bigint, dead_rows bigint, vacuumed_us bigint, oldest_us bigint, oldest_pid integer,
                   oldest_program text, oldest_user text, oldest_state text, notification_share float8,
                   connections bigint, most_connections integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
    SELECT t.n_live_tup, t.n_dead_tup, micros(greatest(t.last_autovacuum, t.last_vacuum)), micros(o.xact_start),
           o.pid, o.application_name, o.usename::text, o.state, pg_notification_queue_usage(),
           (SELECT count(*) FROM pg_stat_activity a WHERE a.backend_type = 'client backend'),
           current_setting('max_connections')::integer
    FROM pg_stat_user_tables t
    LEFT JOIN LATERAL (
        SELECT a.xact_start, a.pid, a.application_name, a.usename, a.state FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_type = 'client backend'
          AND a.xact_start IS NOT NULL
        ORDER BY a.xact_start LIMIT 1
    ) AS o ON true
    WHERE t.relid = 'messages_live'::regclass
$$;

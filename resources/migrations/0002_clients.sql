-- SPDX-License-Identifier: GPL-3.0-or-later
-- What clients do: schedule, cancel, restore, reschedule, resolve, destinations, tokens.
--
-- Each transition of a message is one function, conditional on the state it starts from. Errors of the
-- caller have SQLSTATEs of class PU: PU001 wrong values (the message is a JSON array of
-- {"index", "field", "detail"}), PU002 an idempotency key with other content, PU003 not found,
-- PU004 not possible in this state.

CREATE FUNCTION punctual.actor() RETURNS text
    LANGUAGE sql STABLE
    RETURN coalesce(nullif(current_setting('punctual.actor', true), ''), session_user);

-- (In plpgsql, as what every batch of a client needs: it keeps its plans.)
CREATE FUNCTION punctual.write_audit(p_action text, p_kind text, p_object text, p_before jsonb, p_after jsonb)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_current_xact_id(); -- before the row gets its id: seal_audit() relies on it
    INSERT INTO punctual.audit (actor, login, origin, address, action, kind, object, before, after, reason)
    VALUES (punctual.actor(), session_user, coalesce(nullif(current_setting('punctual.origin', true), ''), 'sql'),
            coalesce(nullif(current_setting('punctual.address', true), '')::inet, inet_client_addr()),
            p_action, p_kind, p_object, p_before, p_after, nullif(current_setting('punctual.reason', true), ''));
END $$;

-- The same for many of a kind at once, a row each. The transaction has its id already.
CREATE FUNCTION punctual.write_audits(p_action text, p_kind text, p_objects uuid[], p_after jsonb)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO punctual.audit (actor, login, origin, address, action, kind, object, after, reason)
    SELECT punctual.actor(), session_user, coalesce(nullif(current_setting('punctual.origin', true), ''), 'sql'),
           coalesce(nullif(current_setting('punctual.address', true), '')::inet, inet_client_addr()),
           p_action, p_kind, o::text, p_after, nullif(current_setting('punctual.reason', true), '')
    FROM unnest(p_objects) AS o;
END $$;

CREATE FUNCTION punctual.count_move(p_destination text, p_from text, p_to text) RETURNS void
    LANGUAGE sql AS $$
    INSERT INTO punctual.counter_changes (destination, state, change)
    VALUES (p_destination, p_from, -1), (p_destination, p_to, 1);
$$;

CREATE FUNCTION punctual.tell_change(p_id uuid, p_destination text, p_state text) RETURNS void
    LANGUAGE sql AS $$
    INSERT INTO punctual.changes (destination, state, ids)
    SELECT p_destination, p_state, ARRAY[p_id] WHERE punctual.changes_wanted();
$$;

CREATE FUNCTION punctual.refuse(p_index integer, p_field text, p_detail text) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'PU001',
        MESSAGE = jsonb_build_array(jsonb_build_object('index', p_index, 'field', p_field, 'detail', p_detail))::text;
END $$;

-- What is wrong with a due time; null if nothing is, or if there is none.
CREATE FUNCTION punctual.due_problem(p_due_us bigint, p_longest interval) RETURNS text
    LANGUAGE sql STABLE
    RETURN CASE
        WHEN punctual.instant(p_due_us) < now() - interval '1 minute'
            THEN 'is more than a minute in the past; check its time zone'
        WHEN punctual.instant(p_due_us) > now() + p_longest
            THEN 'is further ahead than ' || (extract(epoch FROM p_longest) / 86400)::integer || ' days' END;

-- How the nodes are told of a message that is due at once.
CREATE FUNCTION punctual.due_notice(p_shard smallint, p_due_at timestamptz, p_priority text, p_id uuid,
                                    p_destination text) RETURNS text
    LANGUAGE sql STABLE
    RETURN concat_ws(' ', p_shard, punctual.micros(p_due_at), p_priority, p_id, p_destination);

-- What is wrong with the messages of a batch, as schedule() reports it.
CREATE FUNCTION punctual.schedule_problems(p_destinations text[], p_due_us bigint[], p_delay_us bigint[],
                                           p_longest interval) RETURNS jsonb
    LANGUAGE plpgsql STABLE SET search_path = punctual, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN (SELECT jsonb_agg(jsonb_build_object('index', m.position - 1, 'field', p.field, 'detail', p.detail)
                     ORDER BY m.position)
    FROM unnest(p_destinations, p_due_us, p_delay_us) WITH ORDINALITY AS m (destination, due_us, delay_us, position)
    LEFT JOIN destinations d ON d.name = m.destination
    CROSS JOIN LATERAL (
        SELECT 'destination', 'is not known' WHERE d.name IS NULL
        UNION ALL
        SELECT 'due_at', due_problem(m.due_us, p_longest) WHERE due_problem(m.due_us, p_longest) IS NOT NULL
        UNION ALL
        SELECT 'delay_ms', 'is less than 0 or more than ' || (extract(epoch FROM p_longest) / 86400)::integer || ' days'
        WHERE m.due_us IS NULL
          AND coalesce(m.delay_us NOT BETWEEN 0 AND (extract(epoch FROM p_longest) * 1000000)::bigint, true)
    ) AS p (field, detail));
END $$;

-- Stores a batch, all or nothing, and wakes the nodes if something is due soon. The arrays are parallel;
-- p_tags holds array literals, p_headers and p_retries JSON as text; p_retries is null if no message has any. Where p_due_us is null the message is due
-- p_delay_us after now. A due time up to a minute ago means now. With p_each they are no batch of one caller, but
-- single messages that came at the same time: each has its own row in the audit.
CREATE FUNCTION punctual.schedule(
    p_ids uuid[], p_destinations text[], p_due_us bigint[], p_delay_us bigint[], p_priorities text[],
    p_keys text[], p_tags text[], p_expires_after_ms bigint[], p_max_attempts integer[],
    p_headers text[], p_content_types text[], p_bodies bytea[],
    p_idempotency_key text DEFAULT NULL, p_content_hash bytea DEFAULT NULL,
    p_longest interval DEFAULT '366 days', p_retries text[] DEFAULT NULL, p_each boolean DEFAULT false)
    RETURNS TABLE (id uuid, due_us bigint, max_attempts integer, created_us bigint, repeated boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp SET jit = off
    SET plan_cache_mode = force_generic_plan -- a batch is too short to be planned for
AS $$
#variable_conflict use_column
DECLARE
    problems jsonb;
    earlier idempotency_keys;
    soonest timestamptz;
BEGIN
    IF p_idempotency_key IS NOT NULL THEN
        -- The first of two that race holds the key's row; the second waits here for its answer.
        INSERT INTO idempotency_keys (actor, key, content_hash, answer)
        VALUES (actor(), p_idempotency_key, p_content_hash, '{}')
        ON CONFLICT (actor, key) DO NOTHING;
        IF NOT FOUND THEN
            SELECT k.* INTO earlier FROM idempotency_keys k WHERE k.actor = actor() AND k.key = p_idempotency_key;
            IF earlier.content_hash <> p_content_hash THEN
                RAISE EXCEPTION USING ERRCODE = 'PU002',
                    MESSAGE = 'The idempotency key was used before with other content.';
            END IF;
            RETURN QUERY
                SELECT (i ->> 0)::uuid, (i ->> 1)::bigint, (i ->> 2)::integer,
                       (earlier.answer ->> 'created_us')::bigint, true
                FROM jsonb_array_elements(earlier.answer -> 'items') AS i;
            RETURN;
        END IF;
    END IF;

    -- A destination that is being used cannot be deleted under this transaction.
    PERFORM FROM destinations d WHERE d.name = ANY (p_destinations) ORDER BY d.name FOR KEY SHARE;
    problems := schedule_problems(p_destinations, p_due_us, p_delay_us, p_longest);
    IF problems IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'PU001', MESSAGE = problems::text;
    END IF;

    RETURN QUERY
        INSERT INTO messages_live AS m (id, destination, priority, shard, due_at, next_attempt_at, expires_at,
                                        max_attempts, key, tags, expires_after_ms, retry, headers, content_type,
                                        body)
        SELECT n.id, n.destination, n.priority,
               hashtextextended(coalesce(n.destination || ' ' || n.key, n.id::text), 0) & 63,
               t.due_at, t.due_at, t.due_at + n.expires_after_ms * interval '1 millisecond',
               coalesce(n.max_attempts, d.max_attempts), n.key, n.tags::text[], n.expires_after_ms,
               n.retry::jsonb, n.headers::jsonb, n.content_type, n.body
        FROM unnest(p_ids, p_destinations, p_due_us, p_delay_us, p_priorities, p_keys, p_tags,
                    p_expires_after_ms, p_max_attempts, p_headers, p_content_types, p_bodies,
                    p_retries)
             AS n (id, destination, due_us, delay_us, priority, key, tags, expires_after_ms, max_attempts,
                   headers, content_type, body, retry)
        JOIN destinations d ON d.name = n.destination
        CROSS JOIN LATERAL (
            SELECT greatest(coalesce(instant(n.due_us), now() + n.delay_us * interval '1 microsecond'), now())
        ) AS t (due_at)
        RETURNING m.id, micros(m.due_at), m.max_attempts, micros(now()), false;

    IF p_idempotency_key IS NOT NULL THEN
        UPDATE idempotency_keys k
        SET answer = jsonb_build_object('created_us', micros(now()), 'items', (
                SELECT jsonb_agg(jsonb_build_array(m.id, micros(m.due_at), m.max_attempts)
                                 ORDER BY array_position(p_ids, m.id))
                FROM messages_live m WHERE m.id = ANY (p_ids)))
        WHERE k.actor = actor() AND k.key = p_idempotency_key;
    END IF;

    INSERT INTO counter_changes (destination, state, change)
    SELECT n.destination, 'scheduled', count(*) FROM unnest(p_destinations) AS n (destination) GROUP BY 1;
    INSERT INTO changes (destination, state, ids)
    SELECT n.destination, 'scheduled', array_agg(n.id) FROM unnest(p_ids, p_destinations) AS n (id, destination)
    WHERE changes_wanted() GROUP BY 1;

    IF p_each THEN
        PERFORM write_audits('schedule', 'message', p_ids, '{"messages": 1}');
    ELSE
        PERFORM write_audit('schedule', 'message', p_ids[1]::text, NULL,
                            jsonb_build_object('messages', cardinality(p_ids)));
    END IF;

    soonest := least((SELECT instant(min(d)) FROM unnest(p_due_us) AS d),
                     (SELECT now() + min(d) * interval '1 microsecond' FROM unnest(p_delay_us) AS d));
    -- Of a few that are due at once the nodes are told by name, which saves them a look.
    IF soonest < now() + interval '5 seconds' THEN
        PERFORM pg_notify('punctual_due', CASE
            WHEN cardinality(p_ids) <= 16 AND soonest < now() + interval '0.5 seconds' THEN (
                SELECT string_agg(due_notice(m.shard, m.due_at, m.priority, m.id, m.destination), E'\n')
                FROM messages_live m WHERE m.id = ANY (p_ids))
            ELSE '' END);
    END IF;
END $$;

-- Where a message is: its state, or null if there is none.
CREATE FUNCTION punctual.state_of(p_id uuid) RETURNS text
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp
    RETURN (SELECT m.state FROM punctual.messages m WHERE m.id = p_id);

-- Gives the definite verdict: the state the message has now, or null if there is none.
CREATE FUNCTION punctual.cancel(p_id uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    before record;
    found_in text;
BEGIN
    LOOP
        SELECT m.state, m.destination, m.key INTO before
        FROM messages m WHERE m.id = p_id AND m.finished_at = 'infinity' AND is_waiting(m.state)
        FOR UPDATE;
        EXIT WHEN FOUND;
        found_in := state_of(p_id);
        IF found_in IS NULL OR NOT is_waiting(found_in) THEN
            RETURN found_in;
        END IF;
        -- Its attempt failed between the two looks: it waits again, and can be cancelled after all.
    END LOOP;
    UPDATE messages m
    SET state = 'cancelled', finished_at = clock_timestamp(), updated_at = clock_timestamp(),
        next_attempt_at = NULL, cancelled_by = actor()
    WHERE m.id = p_id AND m.finished_at = 'infinity' AND is_waiting(m.state);
    PERFORM count_move(before.destination, before.state, 'cancelled');
    PERFORM tell_change(p_id, before.destination, 'cancelled');
    IF before.key IS NOT NULL THEN
        PERFORM advance_keys(ARRAY[before.destination], ARRAY[before.key]);
    END IF;
    PERFORM write_audit('cancel', 'message', p_id::text, jsonb_build_object('state', before.state),
                        jsonb_build_object('state', 'cancelled'));
    RETURN 'cancelled';
END $$;

-- Undoes a cancel until the message was due. Gives the state the message has now.
CREATE FUNCTION punctual.restore(p_id uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    restored record;
BEGIN
    PERFORM FROM destinations d
    WHERE d.name = (SELECT m.destination FROM messages m WHERE m.id = p_id) FOR KEY SHARE;
    IF NOT FOUND THEN
        RETURN state_of(p_id); -- nobody would ever send it
    END IF;
    UPDATE messages m
    SET state = 'scheduled', finished_at = 'infinity', updated_at = clock_timestamp(),
        next_attempt_at = m.due_at, cancelled_by = NULL
    WHERE m.id = p_id AND m.state = 'cancelled' AND m.due_at > clock_timestamp()
    RETURNING m.destination INTO restored;
    IF NOT FOUND THEN
        RETURN state_of(p_id);
    END IF;
    PERFORM count_move(restored.destination, 'cancelled', 'scheduled');
    PERFORM tell_change(p_id, restored.destination, 'scheduled');
    PERFORM write_audit('restore', 'message', p_id::text, '{"state": "cancelled"}', '{"state": "scheduled"}');
    PERFORM pg_notify('punctual_due', '');
    RETURN 'scheduled';
END $$;

-- Moves a waiting message to another due time, which its own limit of lateness follows. Gives the state the
-- message has now, null if there is none, and whether it moved. A due time up to a minute ago means now.
CREATE FUNCTION punctual.reschedule(p_id uuid, p_due_us bigint, p_longest interval DEFAULT '366 days',
                                    OUT state text, OUT moved boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    problem text := due_problem(p_due_us, p_longest);
    before record;
    after record;
    found_in text;
BEGIN
    IF p_due_us IS NULL OR problem IS NOT NULL THEN
        PERFORM refuse(0, 'due_at', coalesce(problem, 'is missing'));
    END IF;
    LOOP
        SELECT m.state, m.due_at INTO before
        FROM messages m WHERE m.id = p_id AND m.finished_at = 'infinity' AND is_waiting(m.state)
        FOR UPDATE;
        EXIT WHEN FOUND;
        found_in := state_of(p_id);
        IF found_in IS NULL OR NOT is_waiting(found_in) THEN
            reschedule.state := found_in;
            reschedule.moved := false;
            RETURN;
        END IF;
        -- Its attempt failed between the two looks: it waits again, and can be moved after all.
    END LOOP;
    UPDATE messages m
    SET due_at = t.due_at, next_attempt_at = t.due_at, updated_at = clock_timestamp(),
        expires_at = t.due_at + m.expires_after_ms * interval '1 millisecond'
    FROM (SELECT greatest(instant(p_due_us), clock_timestamp()) AS due_at) AS t
    WHERE m.id = p_id AND m.finished_at = 'infinity' AND is_waiting(m.state)
    RETURNING m.id, m.shard, m.due_at, m.priority, m.destination, m.key INTO after;
    PERFORM tell_change(p_id, after.destination, before.state);
    PERFORM advance_keys(ARRAY[after.destination], ARRAY[after.key]);
    PERFORM write_audit('reschedule', 'message', p_id::text, jsonb_build_object('due_at', before.due_at),
                        jsonb_build_object('due_at', after.due_at));
    -- A node that holds the old time in memory hears of an earlier one; what it asks for too early it does not get.
    IF after.due_at < clock_timestamp() + interval '5 seconds' THEN
        PERFORM pg_notify('punctual_due',
                          due_notice(after.shard, after.due_at, after.priority, after.id, after.destination));
    END IF;
    reschedule.state := before.state;
    reschedule.moved := true;
END $$;

-- A person decides an unknown: delivered, retrying (goes now) or dead. Gives the state it has now.
CREATE FUNCTION punctual.resolve(p_id uuid, p_state text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    resolved record;
BEGIN
    IF p_state IS NULL OR p_state NOT IN ('delivered', 'retrying', 'dead') THEN
        PERFORM refuse(0, 'state', 'is not one of: delivered, retrying, dead');
    END IF;
    UPDATE messages m
    SET state = p_state, updated_at = clock_timestamp(),
        finished_at = CASE WHEN p_state = 'retrying' THEN 'infinity' ELSE clock_timestamp() END,
        next_attempt_at = CASE WHEN p_state = 'retrying' THEN clock_timestamp() END,
        fingerprint = CASE WHEN p_state = 'dead' THEN fingerprint(m.destination, m.last_status, m.last_error) END,
        -- A person asked for one more, whatever the limit said.
        max_attempts = CASE WHEN p_state = 'retrying' THEN greatest(m.max_attempts, m.attempts + 1)
                            ELSE m.max_attempts END
    WHERE m.id = p_id AND m.finished_at = 'infinity' AND m.state = 'unknown'
    RETURNING m.destination, m.key INTO resolved;
    IF NOT FOUND THEN
        RETURN state_of(p_id);
    END IF;
    PERFORM count_move(resolved.destination, 'unknown', p_state);
    PERFORM tell_change(p_id, resolved.destination, p_state);
    PERFORM advance_keys(ARRAY[resolved.destination], ARRAY[resolved.key]);
    PERFORM write_audit('resolve', 'message', p_id::text, '{"state": "unknown"}',
                        jsonb_build_object('state', p_state));
    PERFORM pg_notify('punctual_due', '');
    RETURN p_state;
END $$;

-- A destination for the audit: no header values, which may be credentials, and nothing of the sealed ones.
CREATE FUNCTION punctual.audited(p_destination punctual.destinations) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN jsonb_build_object(
               'settings', p_destination.settings
                           || jsonb_build_object('headers', (SELECT jsonb_agg(h)
                                                             FROM jsonb_object_keys(p_destination.settings -> 'headers') h)),
               'has_secrets', p_destination.secrets IS NOT NULL,
               'version', p_destination.version,
               'paused_until', p_destination.paused_until,
               'pause_reason', p_destination.pause_reason);

-- Creates or replaces. With p_version it replaces only that version (PU004 if it has changed). A pause
-- stays as it is. Gives whether it was created.
CREATE FUNCTION punctual.put_destination(p_name text, p_settings jsonb, p_secrets bytea,
                                         p_version bigint DEFAULT NULL) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    before destinations;
    after destinations;
BEGIN
    -- Two that create the same name at once: the second waits here and then replaces.
    PERFORM pg_advisory_xact_lock(hashtextextended('punctual.destination ' || p_name, 0));
    SELECT d.* INTO before FROM destinations d WHERE d.name = p_name FOR UPDATE;
    IF before.built_in THEN
        RAISE EXCEPTION USING ERRCODE = 'PU004', MESSAGE = 'A built-in destination cannot be changed.';
    ELSIF before.version <> p_version THEN
        RAISE EXCEPTION USING ERRCODE = 'PU004', MESSAGE = 'The destination was changed by somebody else.';
    ELSIF p_version IS NOT NULL AND before.name IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'PU003', MESSAGE = 'There is no such destination.';
    END IF;
    INSERT INTO destinations AS d (name, settings, secrets)
    VALUES (p_name, p_settings, p_secrets)
    ON CONFLICT (name) DO UPDATE
    SET settings = p_settings, secrets = p_secrets, version = d.version + 1, updated_at = clock_timestamp()
    RETURNING d.* INTO after;
    IF before.name IS NULL THEN
        INSERT INTO lanes (destination) VALUES (p_name);
    ELSE
        -- Other rules count anew, in the state that there is: what they remember is laid out otherwise.
        UPDATE lanes l
        SET version = l.version + 1,
            limiter = CASE WHEN nullif(before.settings -> 'rate_limit', 'null') - '{limit,burst}'::text[]
                                IS DISTINCT FROM nullif(p_settings -> 'rate_limit', 'null') - '{limit,burst}'::text[]
                           THEN '{}' ELSE l.limiter END,
            quota = CASE WHEN nullif(before.settings -> 'quota', 'null') - 'limit'
                              IS DISTINCT FROM nullif(p_settings -> 'quota', 'null') - 'limit'
                         THEN '{}' ELSE l.quota END,
            breaker = CASE WHEN before.settings -> 'circuit_breaker' IS DISTINCT FROM p_settings -> 'circuit_breaker'
                           THEN '{}' ELSE l.breaker END
        WHERE l.destination = p_name;
    END IF;
    PERFORM write_audit(CASE WHEN before.name IS NULL THEN 'create' ELSE 'change' END, 'destination', p_name,
                        CASE WHEN before.name IS NOT NULL THEN audited(before) END, audited(after));
    PERFORM pg_notify('punctual_destinations', '');
    RETURN before.name IS NULL;
END $$;

-- Puts newly sealed secrets in the place of those that were read, unless somebody changed them meanwhile. Gives
-- whether it did.
CREATE FUNCTION punctual.reseal_destination(p_name text, p_before bytea, p_after bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
BEGIN
    UPDATE destinations d SET secrets = p_after, version = d.version + 1, updated_at = clock_timestamp()
    WHERE d.name = p_name AND d.secrets = p_before;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM write_audit('reseal', 'destination', p_name, NULL, NULL);
    PERFORM pg_notify('punctual_destinations', '');
    RETURN true;
END $$;

CREATE FUNCTION punctual.remove_destination(p_name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    before destinations;
BEGIN
    SELECT d.* INTO before FROM destinations d WHERE d.name = p_name FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'PU003', MESSAGE = 'There is no such destination.';
    ELSIF before.built_in THEN
        RAISE EXCEPTION USING ERRCODE = 'PU004', MESSAGE = 'A built-in destination cannot be removed.';
    ELSIF EXISTS (SELECT FROM messages_live m WHERE m.destination = p_name) THEN
        RAISE EXCEPTION USING ERRCODE = 'PU004', MESSAGE = 'Messages still wait for the destination.';
    END IF;
    DELETE FROM destinations d WHERE d.name = p_name;
    PERFORM write_audit('remove', 'destination', p_name, audited(before), NULL);
    PERFORM pg_notify('punctual_destinations', '');
END $$;

-- Pauses until p_until_us (null: until somebody resumes it); p_paused false resumes.
CREATE FUNCTION punctual.set_pause(p_name text, p_paused boolean, p_until_us bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    before destinations;
    after destinations;
BEGIN
    SELECT d.* INTO before FROM destinations d WHERE d.name = p_name FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'PU003', MESSAGE = 'There is no such destination.';
    ELSIF p_paused AND instant(p_until_us) <= clock_timestamp() THEN
        PERFORM refuse(0, 'until', 'is in the past');
    END IF;
    UPDATE destinations d
    SET paused_until = CASE WHEN p_paused THEN coalesce(instant(p_until_us), 'infinity') END,
        pause_reason = CASE WHEN p_paused THEN coalesce(current_setting('punctual.reason', true), '') END,
        paused_by = CASE WHEN p_paused THEN actor() END,
        version = d.version + 1, updated_at = clock_timestamp()
    WHERE d.name = p_name
    RETURNING d.* INTO after;
    IF NOT p_paused THEN -- whoever resumes it wants it to be tried, whatever its lane remembers
        UPDATE lanes l
        SET version = l.version + 1, breaker = '{}', breaker_cause = NULL, breaker_until = NULL, held_until = NULL,
            held_because = NULL, breaker_state = CASE WHEN l.breaker_state IS NOT NULL THEN 'closed' END
        WHERE l.destination = p_name;
        PERFORM pg_notify('punctual_lanes', p_name);
    END IF;
    PERFORM write_audit(CASE WHEN p_paused THEN 'pause' ELSE 'resume' END, 'destination', p_name, audited(before),
                        audited(after));
    PERFORM pg_notify('punctual_destinations', '');
END $$;

-- Makes the first token of an empty installation. Gives whether there was none before.
CREATE FUNCTION punctual.make_first_token(p_name text, p_hash bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
BEGIN
    LOCK TABLE api_tokens IN SHARE ROW EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM api_tokens) THEN
        RETURN false;
    END IF;
    INSERT INTO api_tokens (name, role, hash) VALUES (p_name, 'admin', p_hash);
    PERFORM write_audit('create', 'token', p_name, NULL, '{"role": "admin"}');
    RETURN true;
END $$;

CREATE FUNCTION punctual.authenticate(p_hash bytea)
    RETURNS TABLE (id uuid, name text, role text, destinations text[])
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1 SET search_path = punctual, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    UPDATE api_tokens t SET last_used_at = now()
    WHERE t.hash = p_hash AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
      AND (t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute');
    RETURN QUERY
        SELECT t.id, t.name, t.role, t.destinations FROM api_tokens t
        WHERE t.hash = p_hash AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now());
END $$;

-- How many days a finished message, its attempts and the statistics are kept.
CREATE FUNCTION punctual.set_retention(p_days integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    before integer;
BEGIN
    SELECT s.retention_days INTO before FROM settings s FOR UPDATE;
    IF before IS DISTINCT FROM p_days THEN
        UPDATE settings SET retention_days = p_days;
        PERFORM write_audit('change', 'settings', 'retention', jsonb_build_object('days', before),
                            jsonb_build_object('days', p_days));
    END IF;
END $$;

INSERT INTO punctual.destinations (name, settings, built_in)
VALUES ('echo', '{"url": "punctual:echo", "timeout_ms": 10000, "retry": {"max_attempts": 5}, "on_unknown": "retry"}', true);
INSERT INTO punctual.lanes (destination) VALUES ('echo');

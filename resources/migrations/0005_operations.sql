-- SPDX-License-Identifier: GPL-3.0-or-later
-- Replay, and bulk operations over a filter.
--
-- An operation is a list of messages (operation_items) that is written when it is created, and a node works it off
-- in batches. A batch is one transaction: what it changes, the verdicts and the progress are committed together, so
-- whoever goes on after a crash does nothing twice and leaves nothing out. The row of the operation is locked for
-- as long as a batch takes; that is what keeps two nodes from working at the same one.

-- A UUID version 7 (RFC 9562, section 5.7) by the database's clock: those of one millisecond come in any order.
CREATE FUNCTION punctual.make_uuid() RETURNS uuid
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN encode(set_bit(set_bit(overlay(
               uuid_send(gen_random_uuid())
               PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
               FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid;

-- What an action can do something about. Null: there is no such action.
CREATE FUNCTION punctual.states_for(p_action text) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    RETURN CASE p_action
        WHEN 'cancel' THEN ARRAY['scheduled', 'retrying', 'delivering']
        WHEN 'reschedule' THEN ARRAY['scheduled', 'retrying']
        WHEN 'resolve' THEN ARRAY['unknown']
        WHEN 'restore' THEN ARRAY['cancelled']
        WHEN 'replay' THEN ARRAY['dead', 'expired', 'cancelled', 'delivered'] END;

CREATE FUNCTION punctual.like_pattern(p_text text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN '%' || regexp_replace(p_text, '([\\%_])', '\\\1', 'g') || '%';

-- A list of words, or a single one. Null for none.
CREATE FUNCTION punctual.words_of(p_value jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    RETURN CASE jsonb_typeof(p_value) WHEN 'array' THEN array(SELECT jsonb_array_elements_text(p_value))
                                      WHEN 'string' THEN ARRAY[p_value #>> '{}'] END;

-- The query for what an action on a filter means; the filter has the names of the list of messages in REST. Without
-- a state it means all that the action can do something about, but of a replay the dead ones alone.
CREATE FUNCTION punctual.operation_query(p_action text, p_filter jsonb) RETURNS text
    LANGUAGE plpgsql STABLE SET search_path = punctual, pg_temp
AS $$
DECLARE
    possible text[] := states_for(p_action);
    states text[];
    results text[];
    attempted_after timestamptz;
    attempted_before timestamptz;
    found_wrong text;
    conditions text[];
    about text;
BEGIN
    PERFORM check_reach(ARRAY[p_filter ->> 'destination']);
    IF possible IS NULL THEN
        PERFORM refuse(0, 'action', 'is not one of: cancel, replay, reschedule, resolve, restore');
    ELSIF jsonb_typeof(p_filter) IS DISTINCT FROM 'object' THEN
        PERFORM refuse(0, 'filter', 'is not an object');
    END IF;
    SELECT k INTO found_wrong FROM jsonb_object_keys(p_filter) AS k
    WHERE k <> ALL (ARRAY['state', 'destination', 'tag', 'key', 'due_after', 'due_before', 'q', 'fingerprint',
                          'attempted_after', 'attempted_before', 'attempt'])
    LIMIT 1;
    IF FOUND THEN -- a slip of the pen must not match everything
        PERFORM refuse(0, 'filter/' || found_wrong, 'is not a known field');
    END IF;
    SELECT e.key INTO found_wrong FROM jsonb_each(p_filter) AS e
    WHERE NOT CASE WHEN e.key IN ('state', 'attempt') AND jsonb_typeof(e.value) = 'array' THEN e.value <> '[]'
                   ELSE jsonb_typeof(e.value) = 'string' AND e.value <> '""' END
    LIMIT 1;
    IF FOUND THEN -- nor one that says nothing
        PERFORM refuse(0, 'filter/' || found_wrong, 'is not a text, or is empty');
    END IF;
    states := words_of(p_filter -> 'state');
    IF coalesce(states, '{}') = '{}' THEN
        states := CASE WHEN p_action = 'replay' THEN ARRAY['dead'] ELSE possible END;
    ELSIF NOT states <@ possible THEN
        PERFORM refuse(0, 'filter/state', p_action || ' is only for: ' || array_to_string(possible, ', '));
    END IF;
    results := words_of(p_filter -> 'attempt');
    IF NOT results <@ ARRAY['too_many_requests', 'server_error', 'other_answer', 'no_connection', 'no_answer',
                            'delivered', 'refused'] THEN
        PERFORM refuse(0, 'filter/attempt', 'has a value that is not the result of an attempt');
    END IF;
    attempted_after := p_filter ->> 'attempted_after';
    attempted_before := p_filter ->> 'attempted_before';
    about := p_filter ->> 'q';
    conditions := ARRAY[
        format('m.state = ANY (%L::text[])', states),
        CASE WHEN p_action IN ('replay', 'restore') THEN 'm.finished_at < ''infinity'''
             ELSE 'm.finished_at = ''infinity''' END,
        -- As record() and give_back() see to; messages_live_tried holds them.
        CASE WHEN states <@ ARRAY['retrying', 'unknown']
             THEN '(m.last_status IS NOT NULL OR m.last_error IS NOT NULL)' END,
        -- A dead letter whose replay is under way or delivered is dealt with.
        CASE WHEN p_action = 'replay' AND states = ARRAY['dead'] THEN
            'm.fingerprint IS NOT NULL AND NOT EXISTS (SELECT FROM punctual.messages r WHERE r.replay_of = m.id '
            'AND r.state NOT IN (''cancelled'', ''expired'', ''dead''))' END,
        -- A test of a destination is not to be repeated by the way (core/destination_test.h).
        CASE WHEN p_action = 'replay' AND coalesce(p_filter ->> 'tag', '') <> 'punctual-test'
             THEN 'NOT m.tags @> ARRAY[''punctual-test'']' END,
        'm.destination = ' || quote_literal(p_filter ->> 'destination'),
        'm.key = ' || quote_literal(p_filter ->> 'key'),
        CASE WHEN p_filter ? 'tag' THEN format('m.tags @> ARRAY[%L] AND m.tags <> ''{}''', p_filter ->> 'tag') END,
        'm.due_at >= ' || quote_literal((p_filter ->> 'due_after')::timestamptz),
        'm.due_at < ' || quote_literal((p_filter ->> 'due_before')::timestamptz),
        'm.fingerprint = ' || quote_literal(p_filter ->> 'fingerprint'),
        -- As in the list of messages. What was over before then had no attempt later.
        'm.finished_at >= ' || quote_literal(attempted_after - interval '1 minute'),
        CASE WHEN coalesce(attempted_after, attempted_before) IS NOT NULL OR results IS NOT NULL THEN
            'm.id IN (SELECT a.message_id FROM punctual.attempts a WHERE '
            || concat_ws(' AND ', 'true', 'a.finished_at >= ' || quote_literal(attempted_after),
                         'a.started_at >= ' || quote_literal(attempted_after - interval '7 days'),
                         'a.finished_at < ' || quote_literal(attempted_before),
                         'a.started_at < ' || quote_literal(attempted_before),
                         CASE WHEN NOT 'delivered' = ANY (results) THEN 'a.outcome <> ''delivered''' END,
                         'punctual.attempt_result(a.outcome, a.status) = ANY (' || quote_literal(results) || ')')
            || ')' END,
        CASE WHEN about ~* '^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$' THEN format('m.id = %L::uuid', about)
             WHEN about <> '' THEN
                 format('(m.key ILIKE %1$L OR m.last_error ILIKE %1$L OR array_to_string(m.tags, '' '') ILIKE %1$L)',
                        like_pattern(about)) END];
    RETURN 'SELECT m.id, m.finished_at, m.due_at FROM punctual.messages m WHERE '
           || array_to_string(array_remove(conditions, NULL), ' AND ');
END $$;

-- What start_operation() would take now: how many, and the first 20 of them.
CREATE FUNCTION punctual.preview_operation(p_action text, p_filter jsonb, p_options jsonb DEFAULT '{}')
    RETURNS TABLE (count bigint, sample uuid[])
    LANGUAGE plpgsql STABLE SET search_path = punctual, pg_temp SET jit = off
AS $$
DECLARE
    query text := operation_query(p_action, p_filter);
    most bigint := (p_options ->> 'limit')::bigint;
BEGIN
    PERFORM check_operation(p_action, p_filter, p_options);
    RETURN QUERY EXECUTE format(
        'SELECT (SELECT count(*) FROM (%1$s LIMIT $1) AS c),
                array(SELECT s.id FROM (%1$s ORDER BY m.due_at, m.id LIMIT least($1, 20)) AS s)', query)
        USING most;
END $$;

-- Refuses what makes no sense together.
CREATE FUNCTION punctual.check_operation(p_action text, p_filter jsonb, p_options jsonb) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = punctual, pg_temp
AS $$
DECLARE
    found_wrong text;
    dues integer := (SELECT count(*) FROM jsonb_object_keys(p_options) AS k
                     WHERE k IN ('due_at', 'delay_ms', 'shift_ms'));
    everything boolean := coalesce((p_options ->> 'all')::boolean, false);
    problem text;
BEGIN
    IF p_options ? 'destination' THEN
        PERFORM check_reach(ARRAY[p_options ->> 'destination']);
    END IF;
    SELECT k INTO found_wrong FROM jsonb_object_keys(p_options) AS k
    WHERE k <> ALL (ARRAY['all', 'limit', 'per_second'] || CASE p_action
              WHEN 'replay' THEN ARRAY['destination', 'due_at', 'delay_ms', 'spread_ms', 'canary']
              WHEN 'reschedule' THEN ARRAY['due_at', 'delay_ms', 'shift_ms', 'spread_ms']
              WHEN 'resolve' THEN ARRAY['as']
              ELSE '{}' END)
    LIMIT 1;
    IF FOUND THEN
        PERFORM refuse(0, found_wrong, 'is not for the action ' || p_action);
    ELSIF p_filter = '{}' AND NOT everything THEN
        PERFORM refuse(0, 'filter', 'is empty: name something, or say "all": true');
    ELSIF p_filter <> '{}' AND everything THEN
        PERFORM refuse(0, 'all', 'cannot be given together with a filter');
    ELSIF (p_options ->> 'limit')::bigint < 1 THEN
        PERFORM refuse(0, 'limit', 'is less than 1');
    ELSIF (p_options ->> 'per_second')::integer < 1 THEN
        PERFORM refuse(0, 'per_second', 'is less than 1');
    ELSIF (p_options ->> 'delay_ms')::numeric NOT BETWEEN 0 AND 366 * 86400000::bigint THEN
        PERFORM refuse(0, 'delay_ms', 'is less than 0 or more than 366 days');
    ELSIF (p_options ->> 'spread_ms')::numeric NOT BETWEEN 0 AND 366 * 86400000::bigint THEN
        PERFORM refuse(0, 'spread_ms', 'is less than 0 or more than 366 days');
    ELSIF p_action = 'resolve' AND coalesce(p_options ->> 'as', '') NOT IN ('delivered', 'retrying', 'dead') THEN
        PERFORM refuse(0, 'as', 'is not one of: delivered, retrying, dead');
    ELSIF dues > 1 OR (p_action = 'reschedule' AND dues = 0) THEN
        PERFORM refuse(0, 'due_at', CASE p_action WHEN 'replay' THEN 'give only one of due_at and delay_ms'
                                                  ELSE 'give one of due_at, delay_ms and shift_ms' END);
    ELSIF p_options ?& ARRAY['shift_ms', 'spread_ms'] THEN
        PERFORM refuse(0, 'spread_ms', 'cannot be given together with shift_ms');
    ELSIF p_options ? 'destination'
          AND NOT EXISTS (SELECT FROM destinations d WHERE d.name = p_options ->> 'destination') THEN
        PERFORM refuse(0, 'destination', 'is not known');
    END IF;
    problem := CASE WHEN isfinite((p_options ->> 'due_at')::timestamptz)
                    THEN due_problem(micros((p_options ->> 'due_at')::timestamptz), '366 days')
                    WHEN p_options ->> 'due_at' IS NOT NULL THEN 'is not a moment in time' END;
    IF problem IS NOT NULL THEN
        PERFORM refuse(0, 'due_at', problem);
    END IF;
END $$;

-- Creates an operation on what the filter matches at this moment, and gives its id. Options are those of REST:
-- all, limit, per_second; destination, due_at, delay_ms, spread_ms, canary of a replay; due_at, delay_ms, shift_ms,
-- spread_ms of a reschedule; as of a resolve. With an idempotency key that was used before it gives the earlier one.
-- When p_expected is what a preview counted, and another number matches by now, nothing is started (PU005).
CREATE FUNCTION punctual.start_operation(p_action text, p_filter jsonb, p_options jsonb DEFAULT '{}',
                                         p_idempotency_key text DEFAULT NULL, p_content_hash bytea DEFAULT NULL,
                                         p_expected bigint DEFAULT NULL)
    RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp SET jit = off
AS $$
DECLARE
    query text := operation_query(p_action, p_filter);
    earlier jsonb := recall_answer(p_idempotency_key, p_content_hash);
    fresh uuid := make_uuid();
    matched bigint;
BEGIN
    IF earlier IS NOT NULL THEN
        RETURN (earlier ->> 'operation')::uuid;
    END IF;
    PERFORM check_operation(p_action, p_filter, p_options);
    EXECUTE format(
        'INSERT INTO operation_items (operation, created_at, ordinal, message_id, finished_at)
         SELECT $1, now(), row_number() OVER (ORDER BY q.due_at, q.id), q.id, q.finished_at
         FROM (%s ORDER BY m.due_at, m.id LIMIT $2) AS q', query)
        USING fresh, (p_options ->> 'limit')::bigint;
    GET DIAGNOSTICS matched = ROW_COUNT;
    IF matched <> p_expected THEN
        RAISE EXCEPTION USING ERRCODE = 'PU005', MESSAGE = jsonb_build_array(jsonb_build_object(
            'index', 0, 'field', 'expected_count', 'detail', format('%s match now', matched)))::text;
    END IF;
    PERFORM store_operation(fresh, p_action, p_filter, p_options, matched, NULL);
    PERFORM remember_answer(p_idempotency_key, jsonb_build_object('operation', fresh));
    RETURN fresh;
END $$;

-- The row of an operation whose items are there; wakes the nodes.
CREATE FUNCTION punctual.store_operation(p_id uuid, p_action text, p_filter jsonb, p_options jsonb, p_total bigint,
                                         p_undo_of uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = punctual, pg_temp
AS $$
BEGIN
    INSERT INTO operations (id, action, filter, options, state, actor, origin, address, reason, undo_of, first_due_at,
                            created_at, updated_at, finished_at, next_at, total)
    VALUES (p_id, p_action, p_filter, p_options, CASE WHEN p_total = 0 THEN 'done' ELSE 'running' END, actor(),
            coalesce(nullif(current_setting('punctual.origin', true), ''), 'sql'), caller_address(),
            nullif(current_setting('punctual.reason', true), ''), p_undo_of,
            greatest(coalesce((p_options ->> 'due_at')::timestamptz,
                              now() + coalesce((p_options ->> 'delay_ms')::bigint, 0) * interval '1 millisecond'),
                     now()),
            now(), now(), CASE WHEN p_total = 0 THEN now() END, now(), p_total);
    PERFORM write_audit('start', 'operation', p_id::text, NULL,
                        jsonb_build_object('action', p_action, 'filter', p_filter, 'options', p_options,
                                           'total', p_total, 'undo_of', p_undo_of));
    PERFORM pg_notify('punctual_operations', '');
END $$;

-- Ends an operation before it is through; what it did stays. Gives the state that it has now, null if there is none.
CREATE FUNCTION punctual.abort_operation(p_id uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    before operations;
BEGIN
    PERFORM check_reach(NULL);
    SELECT o.* INTO before FROM operations o WHERE o.id = p_id FOR UPDATE;
    IF before.state IS DISTINCT FROM 'running' THEN
        RETURN before.state;
    END IF;
    UPDATE operations o SET state = 'aborted', finished_at = clock_timestamp(), updated_at = clock_timestamp()
    WHERE o.id = p_id;
    PERFORM write_audit('abort', 'operation', p_id::text, jsonb_build_object('done', before.done), NULL);
    RETURN 'aborted';
END $$;

-- An operation that undoes another one, as far as that can be undone: restores what a cancel cancelled, until it
-- was due, cancels what a replay has scheduled and has not left yet, and moves what a reschedule moved back to its
-- old due time, until then. Gives its id.
CREATE FUNCTION punctual.undo_operation(p_id uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp SET jit = off
AS $$
DECLARE
    original operations;
    fresh uuid := make_uuid();
    matched bigint;
BEGIN
    PERFORM check_reach(NULL);
    SELECT o.* INTO original FROM operations o WHERE o.id = p_id FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'PU003', MESSAGE = 'There is no such operation.';
    ELSIF original.action NOT IN ('cancel', 'replay', 'reschedule')
          OR (original.action = 'reschedule' AND original.undo_of IS NOT NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'PU004', MESSAGE = 'Only a cancel, a replay and a reschedule can be undone.';
    ELSIF original.state = 'running' THEN
        RAISE EXCEPTION USING ERRCODE = 'PU004', MESSAGE = 'It is still running: abort it first.';
    END IF;
    INSERT INTO operation_items (operation, created_at, ordinal, message_id, finished_at, due_at)
    SELECT fresh, now(), row_number() OVER (ORDER BY i.ordinal), coalesce(i.replay, i.message_id),
           CASE WHEN original.action = 'cancel' THEN i.changed_at ELSE 'infinity' END, i.due_at
    FROM operation_items i
    WHERE i.operation = p_id AND i.created_at = original.created_at AND i.changed_at IS NOT NULL;
    GET DIAGNOSTICS matched = ROW_COUNT;
    PERFORM store_operation(fresh, CASE original.action WHEN 'cancel' THEN 'restore' WHEN 'replay' THEN 'cancel'
                                                        ELSE 'reschedule' END, '{}', '{}', matched, p_id);
    RETURN fresh;
END $$;

-- Locks those of the messages that wait, and gives them. Those that somebody else holds, mostly claims, are waited
-- for after the others are locked.
CREATE FUNCTION punctual.lock_waiting(p_ids uuid[]) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path = punctual, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off SET enable_bitmapscan = off SET lock_timeout = '200ms' -- the others are kept meanwhile
AS $$
DECLARE
    locked uuid[];
    others uuid[];
BEGIN
    locked := array(SELECT m.id FROM messages_live m
                    WHERE m.id = ANY (p_ids) AND m.finished_at = 'infinity'
                      AND (m.state || '') IN ('scheduled', 'retrying')
                    FOR UPDATE SKIP LOCKED);
    IF cardinality(locked) < cardinality(p_ids) THEN
        others := array(SELECT unnest(p_ids) EXCEPT SELECT unnest(locked));
        others := array(SELECT m.id FROM messages_live m
                        WHERE m.id = ANY (others) AND m.finished_at = 'infinity'
                          AND (m.state || '') IN ('scheduled', 'retrying')
                        FOR UPDATE);
        locked := locked || others;
    END IF;
    RETURN locked;
END $$;

-- Each of the next functions changes those of the messages that its action is for, at the moment p_at, and gives
-- their ids.

CREATE FUNCTION punctual.cancel_many(p_ids uuid[], p_at timestamptz) RETURNS uuid[]
    LANGUAGE plpgsql SET search_path = punctual, pg_temp SET jit = off SET enable_seqscan = off
AS $$
DECLARE
    locked uuid[] := lock_waiting(p_ids);
    destinations text[];
    keys text[];
BEGIN
    WITH asked AS MATERIALIZED (
        SELECT m.id, m.destination, m.state, m.key FROM messages_live m
        WHERE m.id = ANY (locked) AND m.finished_at = 'infinity'
    ), told AS (
        INSERT INTO changes (destination, state, ids)
        SELECT a.destination, 'cancelled', array_agg(a.id) FROM asked a WHERE changes_wanted() GROUP BY 1
    ), moved AS (
        UPDATE messages m
        SET state = 'cancelled', finished_at = p_at, updated_at = p_at, next_attempt_at = NULL, cancelled_by = actor()
        WHERE m.id = ANY (locked) AND m.finished_at = 'infinity'
    ), counted AS (
        INSERT INTO counter_changes (destination, state, change)
        SELECT v.destination, x.state, x.change
        FROM (SELECT a.destination, a.state, count(*) AS count FROM asked a GROUP BY 1, 2) AS v
        CROSS JOIN LATERAL (VALUES (v.state, -v.count), ('cancelled', v.count)) AS x (state, change)
    )
    SELECT array_agg(a.destination), array_agg(a.key) INTO destinations, keys FROM asked a WHERE a.key IS NOT NULL;
    IF keys IS NOT NULL THEN
        PERFORM advance_keys(destinations, keys);
    END IF;
    RETURN locked;
END $$;

-- p_dues holds the new due times; null moves by p_shift from the old one. What is past means now. Gives the old due
-- times too.
CREATE FUNCTION punctual.reschedule_many(p_ids uuid[], p_dues timestamptz[], p_shift interval, p_at timestamptz,
                                         OUT moved_ids uuid[], OUT old_dues timestamptz[])
    LANGUAGE plpgsql SET search_path = punctual, pg_temp SET jit = off
    SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off
AS $$
DECLARE
    locked uuid[] := lock_waiting(p_ids);
    destinations text[];
    keys text[];
    soonest timestamptz;
BEGIN
    WITH moved AS (
        UPDATE messages_live m
        SET due_at = t.due_at, next_attempt_at = t.due_at, updated_at = p_at,
            expires_at = t.due_at + m.expires_after_ms * interval '1 millisecond'
        FROM (SELECT n.id, least(greatest(coalesce(n.due_at, o.due_at + p_shift), p_at), p_at + interval '366 days')
                     AS due_at, o.due_at AS old_due_at
              FROM unnest(p_ids, p_dues) AS n (id, due_at)
              JOIN messages_live o ON o.id = n.id AND o.id = ANY (locked) AND o.finished_at = 'infinity') AS t
        WHERE m.id = ANY (locked) AND m.id = t.id AND m.finished_at = 'infinity'
        RETURNING m.id, m.state, m.destination, m.key, m.due_at, t.old_due_at
    ), told AS (
        INSERT INTO changes (destination, state, ids)
        SELECT v.destination, v.state, array_agg(v.id) FROM moved v WHERE changes_wanted() GROUP BY 1, 2
    )
    SELECT array_agg(v.destination) FILTER (WHERE v.key IS NOT NULL),
           array_agg(v.key) FILTER (WHERE v.key IS NOT NULL), min(v.due_at), coalesce(array_agg(v.id), '{}'),
           array_agg(v.old_due_at)
    INTO destinations, keys, soonest, moved_ids, old_dues FROM moved v;
    IF keys IS NOT NULL THEN
        PERFORM advance_keys(destinations, keys);
    END IF;
    IF soonest < p_at + interval '5 seconds' THEN
        PERFORM pg_notify('punctual_due', '');
    END IF;
END $$;

CREATE FUNCTION punctual.resolve_many(p_ids uuid[], p_state text, p_at timestamptz) RETURNS uuid[]
    LANGUAGE plpgsql SET search_path = punctual, pg_temp SET jit = off SET enable_seqscan = off
AS $$
DECLARE
    resolved uuid[];
    destinations text[];
    keys text[];
BEGIN
    WITH moved AS (
        UPDATE messages m
        SET state = p_state, updated_at = p_at,
            finished_at = CASE WHEN p_state = 'retrying' THEN 'infinity' ELSE p_at END,
            next_attempt_at = CASE WHEN p_state = 'retrying' THEN p_at END,
            fingerprint = CASE WHEN p_state = 'dead' THEN fingerprint(m.destination, m.last_status, m.last_error) END,
            max_attempts = CASE WHEN p_state = 'retrying' THEN greatest(m.max_attempts, m.attempts + 1)
                                ELSE m.max_attempts END
        WHERE m.id = ANY (p_ids) AND m.finished_at = 'infinity' AND (m.state || '') = 'unknown'
        RETURNING m.id, m.destination, m.key
    ), told AS (
        INSERT INTO changes (destination, state, ids)
        SELECT v.destination, p_state, array_agg(v.id) FROM moved v WHERE changes_wanted() GROUP BY 1
    ), counted AS (
        INSERT INTO counter_changes (destination, state, change)
        SELECT v.destination, x.state, x.change
        FROM (SELECT destination, count(*) AS count FROM moved GROUP BY 1) AS v
        CROSS JOIN LATERAL (VALUES ('unknown', -v.count), (p_state, v.count)) AS x (state, change)
    )
    SELECT array_agg(v.id), array_agg(v.destination), array_agg(v.key) INTO resolved, destinations, keys FROM moved v;
    PERFORM advance_keys(destinations, keys);
    PERFORM pg_notify('punctual_due', '');
    RETURN coalesce(resolved, '{}');
END $$;

-- Only those that finished at the moment in p_finished: what was cancelled again since then was meant to be.
CREATE FUNCTION punctual.restore_many(p_ids uuid[], p_finished timestamptz[], p_at timestamptz) RETURNS uuid[]
    LANGUAGE plpgsql SET search_path = punctual, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan
    SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off
AS $$
DECLARE
    earliest timestamptz := (SELECT min(f) FROM unnest(p_finished) AS f);
    latest timestamptz := (SELECT max(f) FROM unnest(p_finished) AS f);
    there text[];
    restored uuid[];
BEGIN
    there := array(
        SELECT d.name FROM destinations d
        WHERE d.name IN (SELECT m.destination FROM messages m
                         WHERE m.id = ANY (p_ids) AND m.finished_at BETWEEN earliest AND latest)
        ORDER BY d.name FOR KEY SHARE);
    WITH moved AS (
        UPDATE messages m
        SET state = 'scheduled', finished_at = 'infinity', updated_at = p_at, next_attempt_at = m.due_at,
            cancelled_by = NULL
        FROM unnest(p_ids, p_finished) AS n (id, finished_at)
        WHERE m.id = ANY (p_ids) AND m.finished_at BETWEEN earliest AND latest AND m.id = n.id
          AND m.finished_at = n.finished_at AND m.state = 'cancelled' AND m.due_at > p_at
          AND m.destination = ANY (there)
        RETURNING m.id, m.destination
    ), told AS (
        INSERT INTO changes (destination, state, ids)
        SELECT v.destination, 'scheduled', array_agg(v.id) FROM moved v WHERE changes_wanted() GROUP BY 1
    ), counted AS (
        INSERT INTO counter_changes (destination, state, change)
        SELECT v.destination, x.state, x.change
        FROM (SELECT destination, count(*) AS count FROM moved GROUP BY 1) AS v
        CROSS JOIN LATERAL (VALUES ('cancelled', -v.count), ('scheduled', v.count)) AS x (state, change)
    )
    SELECT array_agg(v.id) INTO restored FROM moved v;
    PERFORM pg_notify('punctual_due', '');
    RETURN coalesce(restored, '{}');
END $$;

-- Those that hold no secret: what was meant for one third party is not another's.
CREATE FUNCTION punctual.harmless_headers(p_headers jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE SET search_path = punctual, pg_temp
AS $$
    SELECT jsonb_agg(h.value ORDER BY h.ordinality)
    FROM jsonb_array_elements(p_headers) WITH ORDINALITY AS h
    WHERE NOT is_secret_header(h.value ->> 0)
$$;

-- Schedules messages with the content of those that are over, under the ids in p_new and due at p_dues. What is
-- null of the others stays as it was; another destination brings its own limit of attempts.
CREATE FUNCTION punctual.replay_many(
    p_ids uuid[], p_finished timestamptz[], p_new uuid[], p_dues timestamptz[], p_destination text,
    p_headers jsonb DEFAULT NULL, p_content_type text DEFAULT NULL, p_body bytea DEFAULT NULL) RETURNS uuid[]
    LANGUAGE plpgsql SET search_path = punctual, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan
    SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off
AS $$
DECLARE
    now_is timestamptz := clock_timestamp();
    earliest timestamptz := (SELECT min(f) FROM unnest(p_finished) AS f);
    latest timestamptz := (SELECT max(f) FROM unnest(p_finished) AS f);
    replayed uuid[];
    soonest timestamptz;
BEGIN
    PERFORM FROM destinations d
    WHERE d.name = p_destination
       OR (p_destination IS NULL
           AND d.name IN (SELECT m.destination FROM messages m
                          WHERE m.id = ANY (p_ids) AND m.finished_at BETWEEN earliest AND latest))
    ORDER BY d.name FOR KEY SHARE;
    WITH stored AS (
        INSERT INTO messages_live AS v (id, destination, priority, shard, due_at, next_attempt_at, expires_at,
                                        max_attempts, key, tags, expires_after_ms, retry, headers, content_type,
                                        body, replay_of)
        SELECT n.new_id, d.name, m.priority,
               hashtextextended(coalesce(d.name || ' ' || m.key, n.new_id::text), 0) & 63,
               n.due_at, n.due_at, n.due_at + m.expires_after_ms * interval '1 millisecond',
               CASE WHEN d.name = m.destination THEN m.max_attempts ELSE d.max_attempts END, m.key, m.tags,
               m.expires_after_ms, CASE WHEN d.name = m.destination THEN m.retry END,
               coalesce(p_headers, CASE WHEN d.name = m.destination THEN m.headers ELSE harmless_headers(m.headers) END),
               coalesce(p_content_type, m.content_type), coalesce(p_body, m.body), m.id
        FROM (SELECT u.id, u.finished_at, u.new_id, greatest(u.due_at, now_is) AS due_at
              FROM unnest(p_ids, p_finished, p_new, p_dues) AS u (id, finished_at, new_id, due_at)) AS n
        JOIN messages m ON m.id = n.id AND m.finished_at = n.finished_at
        JOIN destinations d ON d.name = coalesce(p_destination, m.destination)
        WHERE m.id = ANY (p_ids) AND m.finished_at BETWEEN earliest AND latest AND m.finished_at < 'infinity'
        RETURNING v.id, v.replay_of, v.destination, v.due_at
    ), told AS (
        INSERT INTO changes (destination, state, ids)
        SELECT s.destination, 'scheduled', array_agg(s.id) FROM stored s WHERE changes_wanted() GROUP BY 1
    ), counted AS (
        INSERT INTO counter_changes (destination, state, change)
        SELECT s.destination, 'scheduled', count(*) FROM stored s GROUP BY 1
    )
    SELECT array_agg(s.replay_of), min(s.due_at) INTO replayed, soonest FROM stored s;
    IF soonest < now_is + interval '5 seconds' THEN
        PERFORM pg_notify('punctual_due', CASE
            WHEN cardinality(p_ids) = 1 AND soonest < now_is + interval '0.5 seconds' THEN (
                SELECT due_notice(m.shard, m.due_at, m.priority, m.id, m.destination)
                FROM messages_live m WHERE m.id = p_new[1])
            ELSE '' END);
    END IF;
    RETURN coalesce(replayed, '{}');
END $$;

-- Schedules a new message with the content of one that is over. Gives the state of that one, null if there is none,
-- and the id of the new one, null if it is not over. p_headers is [[name, value], …]. With an idempotency key that
-- was used before it gives what it gave then.
CREATE FUNCTION punctual.replay(
    p_id uuid, p_destination text DEFAULT NULL, p_due_us bigint DEFAULT NULL, p_delay_us bigint DEFAULT NULL,
    p_headers jsonb DEFAULT NULL, p_content_type text DEFAULT NULL, p_body bytea DEFAULT NULL,
    p_idempotency_key text DEFAULT NULL, p_content_hash bytea DEFAULT NULL,
    OUT state text, OUT replay uuid)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    earlier jsonb := recall_answer(p_idempotency_key, p_content_hash);
    problem text := due_problem(coalesce(p_due_us, micros(now()) + p_delay_us), '366 days');
    original record;
    fresh uuid := make_uuid();
    due timestamptz := greatest(coalesce(instant(p_due_us), now() + p_delay_us * interval '1 microsecond', now()), now());
BEGIN
    PERFORM check_reach_of(p_id);
    IF p_destination IS NOT NULL THEN
        PERFORM check_reach(ARRAY[p_destination]);
    END IF;
    IF earlier IS NOT NULL THEN
        replay.state := earlier ->> 'state';
        replay.replay := (earlier ->> 'replay')::uuid;
        RETURN;
    ELSIF problem IS NOT NULL THEN
        PERFORM refuse(0, 'due_at', problem);
    END IF;
    PERFORM check_content(p_headers, p_content_type, p_body);
    SELECT m.state, m.finished_at, m.destination INTO original FROM messages m WHERE m.id = p_id;
    replay.state := original.state;
    IF original.state IS NULL OR original.state <> ALL (states_for('replay')) THEN
        PERFORM remember_answer(p_idempotency_key, NULL);
        RETURN;
    END IF;
    IF replay_many(ARRAY[p_id], ARRAY[original.finished_at], ARRAY[fresh], ARRAY[due], p_destination, p_headers,
                   p_content_type, p_body) = '{}' THEN
        IF NOT EXISTS (SELECT FROM destinations d WHERE d.name = coalesce(p_destination, original.destination)) THEN
            PERFORM refuse(0, 'destination', 'is not known');
        END IF;
        replay.state := state_of(p_id); -- it was restored in this very moment
        PERFORM remember_answer(p_idempotency_key, NULL);
        RETURN;
    END IF;
    replay.replay := fresh;
    PERFORM remember_answer(p_idempotency_key, jsonb_build_object('state', original.state, 'replay', fresh));
    PERFORM write_audit('replay', 'message', p_id::text, jsonb_build_object('state', original.state),
                        jsonb_build_object('replay', fresh, 'destination', coalesce(p_destination, original.destination)));
END $$;

-- What became of the messages that a canary scheduled and that were not seen delivered before: why it has to stop, if
-- it has to, and the ordinals of those that are still not delivered. What retention has dropped was over long ago.
CREATE FUNCTION punctual.watch_canary(p_operation punctual.operations, OUT problem text, OUT undelivered bigint[])
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp SET jit = off SET enable_seqscan = off
AS $$
    SELECT max(CASE
        WHEN m.state IN ('dead', 'unknown', 'cancelled', 'expired')
            THEN format('its replay %s is %s: %s', m.id, m.state, concat_ws(' ', m.last_status, m.last_error))
        WHEN m.state <> 'delivered' AND old.fingerprint = fingerprint(old.destination, m.last_status, m.last_error)
            THEN format('its replay %s failed like its original: %s', m.id, concat_ws(' ', m.last_status, m.last_error))
        END),
        coalesce(array_agg(i.ordinal) FILTER (WHERE m.state <> 'delivered'), '{}')
    FROM operation_items i
    CROSS JOIN LATERAL (
        SELECT n.id, n.state, n.last_status, n.last_error FROM messages n
        WHERE n.id = i.replay AND n.finished_at >= p_operation.created_at
    ) AS m
    LEFT JOIN messages old ON old.id = i.message_id AND old.finished_at = i.finished_at
    WHERE i.operation = p_operation.id AND i.created_at = p_operation.created_at
      AND i.ordinal = ANY (p_operation.undelivered)
$$;

-- How many items a canary may schedule now: 1, then 10 when that is delivered, then the rest when those are, but never
-- more than 500 that are not delivered yet: what fails slowly, as a time-out does, has to stop it too. It waits until
-- there is room for some more, so that it does not go on by ones.
CREATE FUNCTION punctual.canary_room(p_operation punctual.operations) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    RETURN CASE
        WHEN p_operation.done = 0 THEN 1
        WHEN p_operation.done IN (1, 11) AND p_operation.undelivered <> '{}' THEN 0
        WHEN p_operation.done < 11 THEN 11 - p_operation.done
        WHEN 500 - cardinality(p_operation.undelivered) < least(p_operation.total - p_operation.done, 250) THEN 0
        ELSE 500 - cardinality(p_operation.undelivered) END;

-- Does the next p_count items of an operation and gives their verdicts: what the action makes of a message, else
-- the state in which it was found, not_found, destination_gone, or due_passed of one that cannot go back to its old
-- due time.
CREATE FUNCTION punctual.work_items(p_operation punctual.operations, p_count bigint) RETURNS text[]
    LANGUAGE plpgsql
    SET search_path = punctual, pg_temp SET jit = off SET enable_seqscan = off
AS $$
DECLARE
    now_is timestamptz := clock_timestamp();
    ids uuid[];
    finished timestamptz[];
    fresh uuid[];
    dues timestamptz[];
    old_dues timestamptz[];
    changed uuid[];
    others uuid[];
    word text := CASE p_operation.action WHEN 'cancel' THEN 'cancelled' WHEN 'replay' THEN 'replayed'
                                         WHEN 'reschedule' THEN 'rescheduled' WHEN 'resolve' THEN 'resolved'
                                         WHEN 'restore' THEN 'restored' END;
    target text := p_operation.options ->> 'destination';
    shift interval := (p_operation.options ->> 'shift_ms')::bigint * interval '1 millisecond';
    spread interval := coalesce((p_operation.options ->> 'spread_ms')::bigint, 0) * interval '1 millisecond';
    verdicts text[];
BEGIN
    SELECT array_agg(i.message_id ORDER BY i.ordinal), array_agg(i.finished_at ORDER BY i.ordinal),
           array_agg(CASE WHEN p_operation.action = 'reschedule' AND p_operation.undo_of IS NOT NULL THEN i.due_at
                          WHEN shift IS NULL THEN
                         p_operation.first_due_at + spread * ((i.ordinal - 1)::float8 / p_operation.total) END
                     ORDER BY i.ordinal)
    INTO ids, finished, dues
    FROM operation_items i
    WHERE i.operation = p_operation.id AND i.created_at = p_operation.created_at
      AND i.ordinal > p_operation.done AND i.ordinal <= p_operation.done + p_count;
    IF ids IS NULL THEN
        RETURN '{}';
    ELSIF p_operation.action = 'replay' THEN
        fresh := array(SELECT make_uuid() FROM generate_series(1, cardinality(ids)));
    END IF;
    IF p_operation.action = 'reschedule' THEN
        SELECT r.moved_ids, r.old_dues INTO changed, old_dues
        FROM reschedule_many(
            array(SELECT n.id FROM unnest(ids, dues) AS n (id, due_at)
                  WHERE p_operation.undo_of IS NULL OR n.due_at > now_is),
            array(SELECT n.due_at FROM unnest(dues) AS n (due_at)
                  WHERE p_operation.undo_of IS NULL OR n.due_at > now_is), shift, now_is) AS r;
    ELSE
        changed := CASE p_operation.action
            WHEN 'cancel' THEN cancel_many(ids, now_is)
            WHEN 'replay' THEN replay_many(ids, finished, fresh, dues, target)
            WHEN 'resolve' THEN resolve_many(ids, p_operation.options ->> 'as', now_is)
            WHEN 'restore' THEN restore_many(ids, finished, now_is) END;
    END IF;
    others := CASE WHEN cardinality(changed) < cardinality(ids)
                   THEN array(SELECT unnest(ids) EXCEPT SELECT unnest(changed)) ELSE '{}' END;
    WITH judged AS MATERIALIZED (
        SELECT n.id, word AS verdict, now_is AS changed_at,
               CASE WHEN p_operation.action = 'replay' THEN fresh[array_position(ids, n.id)] END AS replay,
               n.due_at
        FROM unnest(changed, old_dues) AS n (id, due_at)
        UNION ALL
        SELECT n.id,
               CASE WHEN m.id IS NULL THEN 'not_found'
                    WHEN p_operation.undo_of IS NOT NULL AND word = 'rescheduled' AND is_waiting(m.state)
                         AND dues[array_position(ids, n.id)] <= now_is THEN 'due_passed'
                    -- An attempt was under way a moment ago, when it was looked at.
                    WHEN word IN ('cancelled', 'rescheduled') AND is_waiting(m.state) THEN 'delivering'
                    WHEN word = 'replayed' AND m.finished_at < 'infinity' THEN 'destination_gone'
                    ELSE m.state END, NULL, NULL, NULL
        FROM unnest(others) AS n (id)
        LEFT JOIN messages m ON m.id = n.id AND m.id = ANY (others)
    ), written AS (
        UPDATE operation_items i
        SET verdict = j.verdict, changed_at = j.changed_at, replay = j.replay,
            due_at = coalesce(i.due_at, j.due_at)
        FROM judged j
        WHERE i.operation = p_operation.id AND i.created_at = p_operation.created_at
          AND i.ordinal > p_operation.done AND i.ordinal <= p_operation.done + p_count AND i.message_id = j.id
    )
    SELECT array_agg(j.verdict) INTO verdicts FROM judged j;
    RETURN verdicts;
END $$;

-- Works off the next items of the operation whose turn it is, at most p_limit. Gives what it worked at and how many
-- items it did, and in how long there is more to do: 0 means at once, null that there is nothing.
CREATE FUNCTION punctual.work_operation(p_node uuid, p_limit integer)
    RETURNS TABLE (operation uuid, worked integer, wait_us bigint)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1 SET search_path = punctual, pg_temp SET jit = off
AS $$
DECLARE
    o operations;
    batch bigint;
    per_second integer;
    problem text;
    room bigint;
    given text[];
BEGIN
    worked := 0;
    SELECT r.* INTO o FROM operations r
    WHERE r.state = 'running' AND r.next_at <= clock_timestamp()
    ORDER BY r.next_at LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        -- One that another node works at is looked at again in a moment: that node may be gone then.
        SELECT greatest(micros(r.next_at) - micros(clock_timestamp()), 100000) INTO wait_us
        FROM operations r WHERE r.state = 'running' ORDER BY r.next_at LIMIT 1;
        RETURN NEXT;
        RETURN;
    END IF;
    operation := o.id;
    wait_us := 0;
    -- Under the name of who asked for it.
    PERFORM set_config('punctual.actor', o.actor, true), set_config('punctual.origin', o.origin, true),
            set_config('punctual.address', coalesce(host(o.address), 'local'), true),
            set_config('punctual.reason', coalesce(o.reason, ''), true);
    batch := least(p_limit, o.total - o.done);
    per_second := (o.options ->> 'per_second')::integer;
    IF per_second IS NOT NULL THEN -- what a quarter of a second allows
        batch := least(batch, greatest(1, per_second / 4));
    END IF;
    BEGIN
        IF (o.options ->> 'canary')::boolean THEN
            SELECT w.problem, w.undelivered INTO problem, o.undelivered FROM watch_canary(o) AS w;
            room := canary_room(o);
            IF problem IS NOT NULL THEN
                UPDATE operations r
                SET state = 'stopped', stopped_because = problem, finished_at = clock_timestamp(),
                    updated_at = clock_timestamp()
                WHERE r.id = o.id;
                PERFORM write_audit('stop', 'operation', o.id::text, jsonb_build_object('done', o.done),
                                    jsonb_build_object('because', problem));
                RETURN NEXT;
                RETURN;
            ELSIF room = 0 THEN
                UPDATE operations r
                SET next_at = clock_timestamp() + interval '0.1 seconds', node = p_node, undelivered = o.undelivered
                WHERE r.id = o.id;
                RETURN NEXT;
                RETURN;
            END IF;
            batch := least(batch, room);
        END IF;
        given := work_items(o, batch);
        worked := cardinality(given);
        UPDATE operations r
        SET done = r.done + worked, node = p_node, undelivered = o.undelivered || array(
                SELECT i.ordinal FROM operation_items i
                WHERE (o.options ->> 'canary')::boolean AND i.operation = o.id AND i.created_at = o.created_at
                  AND i.ordinal > o.done AND i.ordinal <= o.done + worked AND i.replay IS NOT NULL), updated_at = clock_timestamp(), last_error = NULL,
            verdicts = (SELECT jsonb_object_agg(c.verdict, c.count)
                        FROM (SELECT s.verdict, sum(s.count) AS count
                              FROM (SELECT e.key AS verdict, e.value::bigint AS count FROM jsonb_each_text(r.verdicts) AS e
                                    UNION ALL
                                    SELECT v.verdict, 1 FROM unnest(given) AS v (verdict)) AS s
                              GROUP BY 1) AS c),
            next_at = CASE WHEN per_second IS NULL THEN clock_timestamp()
                           ELSE greatest(r.next_at, clock_timestamp() - interval '0.25 seconds')
                                + worked * interval '1 second' / per_second END
        WHERE r.id = o.id;
        IF o.done + worked >= o.total THEN
            UPDATE operations r SET state = 'done', finished_at = clock_timestamp() WHERE r.id = o.id
            RETURNING r.* INTO o;
            PERFORM write_audit('finish', 'operation', o.id::text, NULL, o.verdicts);
        ELSIF worked = 0 THEN
            UPDATE operations r
            SET state = 'stopped', finished_at = clock_timestamp(),
                stopped_because = 'the list of its messages is older than the retention'
            WHERE r.id = o.id;
        END IF;
    EXCEPTION WHEN query_canceled OR OTHERS THEN -- a time-out too
        worked := 0;
        UPDATE operations r
        SET last_error = format('%s (%s)', SQLERRM, SQLSTATE), next_at = clock_timestamp() + interval '1 second',
            node = p_node, updated_at = clock_timestamp()
        WHERE r.id = o.id;
    END;
    RETURN NEXT;
END $$;

-- Dead letters grouped by their fingerprint, the group with the latest first; those after (p_last_us, p_fingerprint)
-- in that order. The error and the message are of the latest one; hours holds how many died in each of the last 24
-- hours, the present one last.
CREATE FUNCTION punctual.dead_letters(p_destination text, p_last_us bigint, p_fingerprint text, p_limit integer)
    RETURNS TABLE (fingerprint text, destination text, status integer, error text, count bigint, first_us bigint,
                   last_us bigint, message_id uuid, hours bigint[])
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp SET jit = off
AS $$
    SELECT g.fingerprint, s.destination, s.last_status, s.last_error, g.count, micros(g.first_at), micros(g.last_at), s.id,
           t.hours
    FROM (
        SELECT m.fingerprint, count(*) AS count, min(m.finished_at) AS first_at, max(m.finished_at) AS last_at
        FROM messages m
        WHERE m.fingerprint IS NOT NULL AND m.finished_at < 'infinity'
          AND (p_destination IS NULL OR m.destination = p_destination)
        GROUP BY 1
        HAVING p_last_us IS NULL OR (micros(max(m.finished_at)), m.fingerprint) < (p_last_us, p_fingerprint)
        ORDER BY 4 DESC, 1 DESC LIMIT p_limit
    ) AS g
    CROSS JOIN LATERAL (
        SELECT m.id, m.destination, m.last_status, m.last_error FROM messages m
        WHERE m.fingerprint = g.fingerprint AND m.finished_at = g.last_at
        ORDER BY m.id LIMIT 1
    ) AS s
    CROSS JOIN LATERAL (
        SELECT array_agg(coalesce(c.count, 0) ORDER BY h.ago DESC) AS hours
        FROM generate_series(0, 23) AS h (ago)
        LEFT JOIN (
            SELECT floor(extract(epoch FROM now() - m.finished_at) / 3600)::integer AS ago, count(*) AS count
            FROM messages m
            WHERE m.fingerprint = g.fingerprint AND m.finished_at > now() - interval '24 hours'
              AND m.finished_at < 'infinity'
            GROUP BY 1
        ) AS c ON c.ago = h.ago
    ) AS t
    ORDER BY g.last_at DESC, g.fingerprint DESC
$$;

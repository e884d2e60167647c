-- SPDX-License-Identifier: GPL-3.0-or-later
-- What clients do: schedule, cancel, restore, reschedule, resolve, destinations, tokens.
--
-- Each transition of a message is one function, conditional on the state it starts from. Errors of the
-- caller have SQLSTATEs of class PU: PU001 wrong values (the message is a JSON array of
-- {"index", "field", "detail"}), PU002 an idempotency key with other content, PU003 not found,
-- PU004 not possible in this state, PU005 not as the caller expects it (the message is as that of PU001).

CREATE FUNCTION punctual.actor() RETURNS text
    LANGUAGE sql STABLE
    RETURN coalesce(nullif(current_setting('punctual.actor', true), ''), session_user);

-- Where the caller is: null for one on this machine's socket. A program says it for those who call it; 'local' is
-- such a socket, where the address of this connection would be that of somebody else.
CREATE FUNCTION punctual.caller_address() RETURNS inet
    LANGUAGE sql STABLE
    RETURN CASE coalesce(current_setting('punctual.address', true), '')
        WHEN '' THEN inet_client_addr()
        WHEN 'local' THEN NULL
        ELSE current_setting('punctual.address', true)::inet END;

-- (In plpgsql, as what every batch of a client needs: it keeps its plans.)
CREATE FUNCTION punctual.write_audit(p_action text, p_kind text, p_object text, p_before jsonb, p_after jsonb)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_current_xact_id(); -- before the row gets its id: seal_audit() relies on it
    INSERT INTO punctual.audit (actor, login, origin, address, action, kind, object, before, after, reason)
    VALUES (punctual.actor(), session_user, coalesce(nullif(current_setting('punctual.origin', true), ''), 'sql'),
            punctual.caller_address(), p_action, p_kind, p_object, p_before, p_after, nullif(current_setting('punctual.reason', true), ''));
END $$;

-- A token that is limited to some destinations sets punctual.reach to their names, with commas between them, in each
-- of its transactions. Every function that changes something for a client calls one of these two first.

-- Refuses what reaches further; null, or a null among them, means all destinations.
CREATE FUNCTION punctual.check_reach(p_destinations text[]) RETURNS void
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    reach text := nullif(current_setting('punctual.reach', true), '');
BEGIN
    IF reach IS NOT NULL AND (p_destinations <@ string_to_array(reach, ',')) IS NOT TRUE THEN
        RAISE EXCEPTION USING ERRCODE = '42501',
            MESSAGE = format('the token reaches these destinations only: %s', replace(reach, ',', ', '));
    END IF;
END $$;

-- The same for a message; of one that is not there nothing is told.
CREATE FUNCTION punctual.check_reach_of(p_id uuid) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = punctual, pg_temp AS $$
BEGIN
    IF nullif(current_setting('punctual.reach', true), '') IS NOT NULL THEN
        PERFORM check_reach(ARRAY[m.destination]) FROM messages m WHERE m.id = p_id;
    END IF;
END $$;

-- The same for many of a kind at once, a row each. The transaction has its id already.
CREATE FUNCTION punctual.write_audits(p_action text, p_kind text, p_objects uuid[], p_after jsonb)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO punctual.audit (actor, login, origin, address, action, kind, object, after, reason)
    SELECT punctual.actor(), session_user, coalesce(nullif(current_setting('punctual.origin', true), ''), 'sql'),
           punctual.caller_address(), p_action, p_kind, o::text, p_after, nullif(current_setting('punctual.reason', true), '')
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

-- Whether the value of this header is a credential (core/header.h).
CREATE FUNCTION punctual.is_secret_header(p_name text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN p_name ~* 'auth|cookie|token|secret|password|key|signature';

-- The rules for the parts of a message, whichever way it comes: the programs have the same ones (core/message_json.h,
-- core/header.h), and who writes SQL is told here. Each gives what is wrong, or null.

-- In bytes.
CREATE FUNCTION punctual.longest_body() RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 262144;

CREATE FUNCTION punctual.body_problem(p_bytes integer) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN p_bytes > punctual.longest_body()
                THEN format('has %s bytes; the limit is %s', p_bytes, punctual.longest_body()) END;

CREATE FUNCTION punctual.tags_problem(p_tags text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN cardinality(p_tags) > 20 THEN 'has more than 20 tags'
        WHEN EXISTS (SELECT FROM unnest(p_tags) AS t (tag) WHERE (length(t.tag) BETWEEN 1 AND 100) IS NOT TRUE)
            THEN 'has a tag that is empty or longer than 100 characters' END;

CREATE FUNCTION punctual.header_value_problem(p_value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN p_value ~ '[^\t\u0020-\u007e\u0080-\u00ff]|^\s|\s$'
            THEN 'has control characters, outer spaces or characters beyond Latin-1'
        WHEN p_value = '(hidden)' THEN 'is the placeholder of a hidden value; give the value itself' END;

-- Of the first header that is wrong, in [[name, value], …]. A sealed value is an object; a credential has to be one, as
-- SQL has no key to seal it with.
CREATE FUNCTION punctual.header_problem(p_headers jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT format('%s %s', h ->> 0, p.problem)
            FROM jsonb_array_elements(p_headers) AS h
            CROSS JOIN LATERAL (SELECT CASE
                WHEN (h ->> 0 ~ '^[-!#$%&''*+.^_`|~0-9A-Za-z]+$') IS NOT TRUE THEN 'is not a valid header name'
                WHEN h ->> 0 ~* ('^(host|content-length|content-type|transfer-encoding|connection|expect|idempotency-key'
                                 '|upgrade|keep-alive|te|trailer|punctual-.*|webhook-.*)$')
                    THEN 'is set by Punctual and cannot be given'
                WHEN jsonb_typeof(h -> 1) = 'object' THEN NULL
                WHEN jsonb_typeof(h -> 1) = 'string' IS NOT TRUE THEN 'has no text as its value'
                WHEN punctual.is_secret_header(h ->> 0)
                    THEN 'is a credential, which is not sealed: give it to the destination, or schedule by a program '
                         'that has the key'
                ELSE punctual.header_value_problem(h ->> 1) END) AS p (problem)
            WHERE p.problem IS NOT NULL LIMIT 1);

-- Whether the headers of a whole batch are through at first glance, as nearly all are: to read each would cost a good
-- part of what storing it does, and a search through one long text costs a tenth of one in each (with p_headers like
-- '[["X-A","b"]]', compact or not).
CREATE FUNCTION punctual.plain_headers(p_headers text[]) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    whole text := array_to_string(p_headers, '');
BEGIN
    RETURN octet_length(whole) < 10000000 -- a search takes four times as much memory
       AND whole ~ ('^(?:\[(?:\["[-!#$%&''*+.^_`|~0-9A-Za-z]+", ?'
                    '(?:"(?:[]!#-[^-~]|[]!#-[^-~][] !#-[^-~]*[]!#-[^-~])?"|{"sealed":"[+/=0-9A-Za-z]*"})'
                    '\](?:, ?)?)+\])*$')
       -- A credential whose value is a text, and what cannot be given.
       AND lower(whole COLLATE "C") !~ ('(?:auth|cookie|token|secret|password|key|signature)'
                                        '[-!#$%&''*+.^_`|~0-9a-z]*", ?"|\(hidden\)|'
                                        '"(?:host|content-|transfer-|connection|expect|idempotency-|upgrade|keep-|'
                                        'te"|trailer|punctual-|webhook-)');
END $$;

-- The answer that an idempotency key stands for; null for a key that is new, which is taken: whoever comes with it
-- now waits until this transaction is over. Another content is an error. Without a key there is nothing to recall.
CREATE FUNCTION punctual.recall_answer(p_key text, p_content_hash bytea) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = punctual, pg_temp
AS $$
DECLARE
    earlier idempotency_keys;
BEGIN
    IF p_key IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO idempotency_keys (actor, key, content_hash, answer)
    VALUES (actor(), p_key, p_content_hash, '{}')
    ON CONFLICT (actor, key) DO NOTHING;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    SELECT k.* INTO earlier FROM idempotency_keys k WHERE k.actor = actor() AND k.key = p_key;
    IF earlier.content_hash <> p_content_hash THEN
        RAISE EXCEPTION USING ERRCODE = 'PU002',
            MESSAGE = 'The idempotency key was used before with other content.';
    END IF;
    RETURN earlier.answer;
END $$;

-- Keeps the answer to a call; null gives the key free, as nothing was done.
CREATE FUNCTION punctual.remember_answer(p_key text, p_answer jsonb) RETURNS void
    LANGUAGE sql SET search_path = punctual, pg_temp
AS $$
    DELETE FROM idempotency_keys k WHERE k.actor = actor() AND k.key = p_key AND p_answer IS NULL;
    UPDATE idempotency_keys k SET answer = p_answer WHERE k.actor = actor() AND k.key = p_key;
$$;

-- Refuses new content that breaks a rule; what is null is not looked at.
CREATE FUNCTION punctual.check_content(p_headers jsonb, p_content_type text, p_body bytea) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = punctual, pg_temp AS $$
BEGIN
    IF header_problem(p_headers) IS NOT NULL THEN
        PERFORM refuse(0, 'headers', header_problem(p_headers));
    ELSIF header_value_problem(p_content_type) IS NOT NULL THEN
        PERFORM refuse(0, 'content_type', header_value_problem(p_content_type));
    ELSIF body_problem(octet_length(p_body)) IS NOT NULL THEN
        PERFORM refuse(0, 'body', body_problem(octet_length(p_body)));
    END IF;
END $$;

-- What is wrong with the messages of a batch, as schedule() reports it; p_sizes holds how many bytes their bodies have.
-- What is right, and that is nearly every message, passes by the conditions at the end, which are cheap.
CREATE FUNCTION punctual.schedule_problems(p_destinations text[], p_due_us bigint[], p_delay_us bigint[],
                                           p_priorities text[], p_keys text[], p_tags text[],
                                           p_expires_after_ms bigint[], p_max_attempts integer[], p_headers text[],
                                           p_content_types text[], p_sizes integer[], p_longest interval)
    RETURNS jsonb
    LANGUAGE plpgsql STABLE SET search_path = punctual, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    earliest_us bigint := micros(now() - interval '1 minute');
    latest_us bigint := micros(now() + p_longest);
    longest_us bigint := extract(epoch FROM p_longest) * 1000000;
    days integer := extract(epoch FROM p_longest) / 86400;
    most_bytes integer := longest_body();
    has_odd_headers boolean := NOT plain_headers(p_headers);
BEGIN
    RETURN (SELECT jsonb_agg(jsonb_build_object('index', m.position - 1, 'field', p.field, 'detail', p.detail)
                     ORDER BY m.position)
    FROM unnest(p_destinations, p_due_us, p_delay_us, p_priorities, p_keys, p_tags, p_expires_after_ms,
                p_max_attempts, p_headers, p_content_types, p_sizes)
         WITH ORDINALITY AS m (destination, due_us, delay_us, priority, key, tags, expires_after_ms, max_attempts,
                               headers, content_type, size, position)
    LEFT JOIN destinations d ON d.name = m.destination
    CROSS JOIN LATERAL (
        SELECT 'destination', CASE WHEN d.name IS NULL THEN 'is not known' END
        UNION ALL
        SELECT 'due_at', due_problem(m.due_us, p_longest)
        UNION ALL
        SELECT 'delay_ms', CASE WHEN m.due_us IS NULL AND coalesce(m.delay_us NOT BETWEEN 0 AND longest_us, true)
                                THEN format('is less than 0 or more than %s days', days) END
        UNION ALL
        SELECT 'priority', CASE WHEN m.priority IN ('high', 'normal', 'low') IS NOT TRUE
                                THEN 'is not one of: high, normal, low' END
        UNION ALL
        SELECT 'key', CASE WHEN length(m.key) > 200 THEN 'is longer than 200 characters' END
        UNION ALL
        SELECT 'tags', tags_problem(m.tags::text[])
        UNION ALL
        SELECT 'expires_after_ms', CASE WHEN m.expires_after_ms NOT BETWEEN 1 AND longest_us / 1000
                                        THEN format('is less than 1 or more than %s days', days) END
        UNION ALL
        SELECT 'max_attempts', CASE WHEN m.max_attempts NOT BETWEEN 1 AND 1000
                                    THEN 'is less than 1 or more than 1000' END
        UNION ALL
        SELECT 'headers', header_problem(m.headers::jsonb)
        UNION ALL
        SELECT 'content_type', header_value_problem(m.content_type)
        UNION ALL
        SELECT 'body', body_problem(m.size)
    ) AS p (field, detail)
    WHERE p.detail IS NOT NULL
      AND (d.name IS NULL OR m.due_us < earliest_us OR m.due_us > latest_us
           OR (m.due_us IS NULL AND coalesce(m.delay_us NOT BETWEEN 0 AND longest_us, true))
           OR m.size > most_bytes OR length(m.key) > 200 OR m.max_attempts NOT BETWEEN 1 AND 1000
           OR m.expires_after_ms NOT BETWEEN 1 AND longest_us / 1000
           OR m.priority IN ('normal', 'high', 'low') IS NOT TRUE
           -- Of a text that short none is too long, nor are there too many.
           OR (m.tags <> '{}' AND (length(m.tags) > 40 OR m.tags ~* '""|null'))
           OR (m.content_type <> 'application/json' AND m.content_type ~ '[^!-~ ]|^ | $')
           OR (m.headers IS NOT NULL AND has_odd_headers)));
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
    earlier jsonb := recall_answer(p_idempotency_key, p_content_hash);
    soonest timestamptz;
BEGIN
    IF earlier IS NOT NULL THEN
        RETURN QUERY
            SELECT (i ->> 0)::uuid, (i ->> 1)::bigint, (i ->> 2)::integer, (earlier ->> 'created_us')::bigint, true
            FROM jsonb_array_elements(earlier -> 'items') AS i;
        RETURN;
    END IF;

    PERFORM check_reach(p_destinations);
    -- A destination that is being used cannot be deleted under this transaction.
    PERFORM FROM destinations d WHERE d.name = ANY (p_destinations) ORDER BY d.name FOR KEY SHARE;
    problems := schedule_problems(p_destinations, p_due_us, p_delay_us, p_priorities, p_keys, p_tags,
                                  p_expires_after_ms, p_max_attempts, p_headers, p_content_types,
                                  array(SELECT octet_length(b.body) FROM (SELECT unnest(p_bodies)) AS b (body)),
                                  p_longest);
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
        PERFORM remember_answer(p_idempotency_key, jsonb_build_object('created_us', micros(now()), 'items', (
            SELECT jsonb_agg(jsonb_build_array(m.id, micros(m.due_at), m.max_attempts)
                             ORDER BY array_position(p_ids, m.id))
            FROM messages_live m WHERE m.id = ANY (p_ids))));
    END IF;

    INSERT INTO counter_changes (destination, state, change)
    SELECT n.destination, 'scheduled', count(*) FROM unnest(p_destinations) AS n (destination) GROUP BY 1;
    INSERT INTO changes (destination, state, ids)
    SELECT n.destination, 'scheduled', array_agg(n.id) FROM unnest(p_ids, p_destinations) AS n (id, destination)
    WHERE changes_wanted() GROUP BY 1;

    IF p_each THEN
        PERFORM write_audits('schedule', 'message', p_ids, '{"messages": 1}');
    ELSE
        -- A small batch is found by each of its messages (audit_by_batch), and of a large one the ends are named.
        PERFORM write_audit('schedule', 'message', p_ids[1]::text, NULL,
                            jsonb_build_object('messages', cardinality(p_ids))
                            || CASE WHEN cardinality(p_ids) > 100
                                        THEN jsonb_build_object('first', p_ids[1], 'last', p_ids[cardinality(p_ids)])
                                    WHEN cardinality(p_ids) > 1 THEN jsonb_build_object('ids', p_ids)
                                    ELSE '{}' END);
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

-- One message, for people who write SQL: in a transaction of theirs it exists if and only if they commit. Gives its
-- id. Exactly one of payload, body and body_bytes; due at once without a due time or a delay.
CREATE FUNCTION punctual.schedule(
    destination text, payload jsonb DEFAULT NULL, due_at timestamptz DEFAULT NULL, delay interval DEFAULT NULL,
    body text DEFAULT NULL, body_bytes bytea DEFAULT NULL, content_type text DEFAULT NULL,
    headers jsonb DEFAULT NULL, key text DEFAULT NULL, tags text[] DEFAULT '{}', priority text DEFAULT 'normal',
    expires_after interval DEFAULT NULL, max_attempts integer DEFAULT NULL) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    fresh uuid := make_uuid();
BEGIN
    IF num_nonnulls(payload, body, body_bytes) <> 1 THEN
        PERFORM refuse(0, 'payload', 'give exactly one of payload, body and body_bytes');
    ELSIF num_nonnulls(due_at, delay) > 1 THEN
        PERFORM refuse(0, 'due_at', 'give either due_at or delay');
    ELSIF NOT isfinite(due_at) THEN -- it would be taken for none at all
        PERFORM refuse(0, 'due_at', 'is not a moment in time');
    ELSIF jsonb_typeof(headers) <> 'object' THEN
        PERFORM refuse(0, 'headers', 'is not an object of names and values');
    END IF;
    PERFORM schedule(
        ARRAY[fresh], ARRAY[destination], ARRAY[micros(due_at)],
        ARRAY[(extract(epoch FROM coalesce(delay, interval '0')) * 1000000)::bigint], ARRAY[priority], ARRAY[nullif(key, '')],
        ARRAY[coalesce(tags, '{}')::text], ARRAY[(extract(epoch FROM expires_after) * 1000)::bigint], ARRAY[max_attempts],
        ARRAY[(SELECT jsonb_agg(jsonb_build_array(h.key, h.value))::text FROM jsonb_each_text(headers) AS h)],
        ARRAY[coalesce(content_type, CASE WHEN payload IS NULL THEN 'text/plain; charset=utf-8'
                                          ELSE 'application/json' END)],
        ARRAY[coalesce(body_bytes, convert_to(coalesce(body, payload::text), 'UTF8'))]);
    RETURN fresh;
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
    PERFORM check_reach_of(p_id);
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
    PERFORM check_reach_of(p_id);
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

-- What the audit keeps of a message: of its content enough to tell two apart, and no header values, which may be
-- credentials.
CREATE FUNCTION punctual.audited(p_message punctual.messages) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN jsonb_build_object(
               'due_at', p_message.due_at, 'priority', p_message.priority, 'tags', p_message.tags,
               'expires_after_ms', p_message.expires_after_ms, 'max_attempts', p_message.max_attempts,
               'content_type', p_message.content_type, 'body_bytes', octet_length(p_message.body),
               'body_sha256', encode(sha256(p_message.body), 'hex'),
               'headers', (SELECT jsonb_agg(h -> 0) FROM jsonb_array_elements(p_message.headers) AS h));

-- Changes a message that waits; what is null stays as it is. Of the due time one may be given: p_due_us, or
-- p_delay_us counted from now; up to a minute ago means now, and the message's own limit of lateness follows it.
-- p_headers is [[name, value], …]; p_expires_after_ms of 0 takes that limit away. With p_if_updated_us nothing
-- happens unless the message was last changed at one of these moments.
-- Gives the state the message has now, null if there is none, whether it was changed, and whether it waits but was
-- changed at another moment.
CREATE FUNCTION punctual.change_message(
    p_id uuid, p_due_us bigint DEFAULT NULL, p_delay_us bigint DEFAULT NULL, p_priority text DEFAULT NULL,
    p_tags text[] DEFAULT NULL, p_headers jsonb DEFAULT NULL, p_content_type text DEFAULT NULL,
    p_body bytea DEFAULT NULL, p_expires_after_ms bigint DEFAULT NULL, p_max_attempts integer DEFAULT NULL,
    p_if_updated_us bigint[] DEFAULT NULL, p_longest interval DEFAULT '366 days',
    OUT state text, OUT changed boolean, OUT is_stale boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    due timestamptz := coalesce(instant(p_due_us), clock_timestamp() + p_delay_us * interval '1 microsecond');
    problem text := due_problem(p_due_us, p_longest);
    before messages;
    after messages;
    was jsonb;
    is_now jsonb;
    same text[];
BEGIN
    PERFORM check_reach_of(p_id);
    change_message.changed := false;
    change_message.is_stale := false;
    IF problem IS NOT NULL THEN
        PERFORM refuse(0, 'due_at', problem);
    ELSIF p_delay_us NOT BETWEEN 0 AND (extract(epoch FROM p_longest) * 1000000)::bigint THEN
        PERFORM refuse(0, 'delay_ms', 'is less than 0 or more than '
                                      || (extract(epoch FROM p_longest) / 86400)::integer || ' days');
    ELSIF p_priority NOT IN ('high', 'normal', 'low') THEN
        PERFORM refuse(0, 'priority', 'is not one of: high, normal, low');
    ELSIF p_expires_after_ms < 0 THEN
        PERFORM refuse(0, 'expires_after_ms', 'is less than 0');
    ELSIF p_max_attempts NOT BETWEEN 1 AND 1000 THEN
        PERFORM refuse(0, 'max_attempts', 'is less than 1 or more than 1000');
    END IF;
    PERFORM refuse(0, 'expires_after_ms', 'is more than ' || (extract(epoch FROM p_longest) / 86400)::integer || ' days')
    WHERE p_expires_after_ms > extract(epoch FROM p_longest) * 1000;
    PERFORM refuse(0, 'tags', tags_problem(p_tags)) WHERE tags_problem(p_tags) IS NOT NULL;
    PERFORM check_content(p_headers, p_content_type, p_body);
    LOOP
        SELECT m.* INTO before
        FROM messages m WHERE m.id = p_id AND m.finished_at = 'infinity' AND is_waiting(m.state)
        FOR UPDATE;
        EXIT WHEN FOUND;
        change_message.state := state_of(p_id);
        IF change_message.state IS NULL OR NOT is_waiting(change_message.state) THEN
            RETURN;
        END IF;
        -- Its attempt failed between the two looks: it waits again, and can be changed after all.
    END LOOP;
    change_message.state := before.state;
    IF micros(before.updated_at) <> ALL (p_if_updated_us) THEN
        change_message.is_stale := true;
        RETURN;
    ELSIF p_max_attempts <= before.attempts THEN
        PERFORM refuse(0, 'max_attempts', format('is not more than the %s attempts that were made', before.attempts));
    END IF;
    UPDATE messages m
    SET due_at = t.due_at, next_attempt_at = CASE WHEN due IS NULL THEN m.next_attempt_at ELSE t.due_at END,
        expires_after_ms = t.expires_after_ms,
        expires_at = t.due_at + t.expires_after_ms * interval '1 millisecond',
        priority = coalesce(p_priority, m.priority), tags = coalesce(p_tags, m.tags),
        headers = CASE WHEN p_headers IS NULL THEN m.headers ELSE nullif(p_headers, '[]') END,
        content_type = coalesce(p_content_type, m.content_type), body = coalesce(p_body, m.body),
        max_attempts = coalesce(p_max_attempts, m.max_attempts),
        -- Never the same moment twice: it is how a caller tells one version from the next.
        updated_at = greatest(clock_timestamp(), m.updated_at + interval '1 microsecond')
    FROM (SELECT CASE WHEN due IS NULL THEN before.due_at ELSE greatest(due, clock_timestamp()) END AS due_at,
                 CASE WHEN p_expires_after_ms IS NULL THEN before.expires_after_ms
                      ELSE nullif(p_expires_after_ms, 0) END AS expires_after_ms) AS t
    WHERE m.id = p_id AND m.finished_at = 'infinity' AND is_waiting(m.state)
    RETURNING m.* INTO after;
    PERFORM tell_change(p_id, after.destination, after.state);
    IF due IS NOT NULL THEN -- another may be the first of its key now
        PERFORM advance_keys(ARRAY[after.destination], ARRAY[after.key]);
    END IF;
    was := audited(before);
    is_now := audited(after);
    same := array(SELECT w.key FROM jsonb_each(was) AS w
                  WHERE w.value = is_now -> w.key
                    AND (w.key <> 'headers' OR before.headers IS NOT DISTINCT FROM after.headers));
    PERFORM write_audit(CASE WHEN was - same - 'due_at' = '{}' AND due IS NOT NULL THEN 'reschedule' ELSE 'change' END,
                        'message', p_id::text, was - same, is_now - same);
    -- A node that holds the old time in memory hears of an earlier one; what it asks for too early it does not get.
    IF (due IS NOT NULL OR p_priority IS NOT NULL)
       AND after.next_attempt_at < clock_timestamp() + interval '5 seconds' THEN
        PERFORM pg_notify('punctual_due', due_notice(after.shard, after.next_attempt_at, after.priority, after.id,
                                                     after.destination));
    END IF;
    change_message.changed := true;
END $$;

-- Moves a waiting message to another due time. Gives the state the message has now, null if there is none, and
-- whether it moved.
CREATE FUNCTION punctual.reschedule(p_id uuid, p_due_us bigint, p_longest interval DEFAULT '366 days',
                                    OUT state text, OUT moved boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
BEGIN
    IF p_due_us IS NULL THEN
        PERFORM refuse(0, 'due_at', 'is missing');
    END IF;
    SELECT c.state, c.changed INTO reschedule.state, reschedule.moved
    FROM change_message(p_id, p_due_us => p_due_us, p_longest => p_longest) AS c;
END $$;

-- A person decides an unknown: delivered, retrying (goes now) or dead. Gives the state it has now.
CREATE FUNCTION punctual.resolve(p_id uuid, p_state text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    resolved record;
BEGIN
    PERFORM check_reach_of(p_id);
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
    PERFORM check_reach(ARRAY[p_name]);
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
            -- What was counted since its period began is counted of another period too, if that had begun by then.
            quota = CASE WHEN nullif(before.settings -> 'quota', 'null') IS NULL
                              OR nullif(p_settings -> 'quota', 'null') IS NULL
                         THEN '{}' ELSE l.quota END
        WHERE l.destination = p_name;
        UPDATE lanes l SET breaker = '{}', breaker_state = NULL, breaker_until = NULL, breaker_cause = NULL
        WHERE l.destination = p_name
          AND nullif(before.settings -> 'circuit_breaker', 'null')
              IS DISTINCT FROM nullif(p_settings -> 'circuit_breaker', 'null');
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
    PERFORM check_reach(ARRAY[p_name]);
    UPDATE destinations d SET secrets = p_after, version = d.version + 1, updated_at = clock_timestamp()
    WHERE d.name = p_name AND d.secrets = p_before;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM write_audit('reseal', 'destination', p_name, NULL, NULL);
    PERFORM pg_notify('punctual_destinations', '');
    RETURN true;
END $$;

-- Puts sealed headers in the place of the same ones, sealed with another key.
CREATE FUNCTION punctual.reseal_message(p_id uuid, p_before jsonb, p_after jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
BEGIN
    PERFORM check_reach_of(p_id);
    UPDATE messages m SET headers = p_after WHERE m.id = p_id AND m.headers = p_before;
    IF FOUND THEN
        PERFORM write_audit('reseal', 'message', p_id::text, NULL, NULL);
    END IF;
    RETURN FOUND;
END $$;

CREATE FUNCTION punctual.remove_destination(p_name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    before destinations;
BEGIN
    PERFORM check_reach(ARRAY[p_name]);
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
    PERFORM check_reach(ARRAY[p_name]);
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
    PERFORM check_reach(NULL);
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
    PERFORM check_reach(NULL);
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

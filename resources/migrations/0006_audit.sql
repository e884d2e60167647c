-- SPDX-License-Identifier: GPL-3.0-or-later
-- What those need who run an installation: tokens, the seals of the audit, figures of its health.

-- Tokens of the REST API. The secret is made by the program that asks and only its hash comes here.
CREATE FUNCTION punctual.make_token(p_name text, p_role text, p_hash bytea, p_expires_us bigint DEFAULT NULL,
                                    p_destinations text[] DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    unknown text;
BEGIN
    PERFORM check_reach(NULL);
    IF p_name IS NULL OR p_name !~ '^[A-Za-z0-9][A-Za-z0-9._@-]{0,62}$' THEN
        PERFORM refuse(0, 'name', 'is not a name of up to 63 letters, digits, dots, dashes, underscores and @');
    ELSIF p_role IS NULL OR p_role NOT IN ('viewer', 'operator', 'admin') THEN
        PERFORM refuse(0, 'role', 'is not one of: viewer, operator, admin');
    ELSIF instant(p_expires_us) <= now() THEN
        PERFORM refuse(0, 'expires_at', 'is in the past');
    END IF;
    SELECT n INTO unknown FROM unnest(p_destinations) AS n
    WHERE NOT EXISTS (SELECT FROM destinations d WHERE d.name = n) LIMIT 1;
    IF unknown IS NOT NULL THEN
        PERFORM refuse(0, 'destinations', format('has one that is not known: %s', unknown));
    END IF;
    INSERT INTO api_tokens (name, role, hash, expires_at, destinations, created_by)
    VALUES (p_name, p_role, p_hash, instant(p_expires_us), p_destinations, actor())
    ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'PU004',
            MESSAGE = 'There is a token of this name already; revoke it first.';
    END IF;
    PERFORM write_audit('create', 'token', p_name, NULL,
                        jsonb_build_object('role', p_role, 'expires_at', instant(p_expires_us),
                                           'destinations', p_destinations));
END $$;

-- From now on nobody gets in with it; a server that has just let it in may do so for some seconds more.
CREATE FUNCTION punctual.revoke_token(p_name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    revoked api_tokens;
BEGIN
    PERFORM check_reach(NULL);
    UPDATE api_tokens t SET revoked_at = now()
    WHERE t.name = p_name AND t.revoked_at IS NULL
    RETURNING t.* INTO revoked;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'PU003', MESSAGE = 'There is no such token, or it is revoked already.';
    END IF;
    PERFORM write_audit('revoke', 'token', p_name,
                        jsonb_build_object('role', revoked.role, 'expires_at', revoked.expires_at,
                                           'destinations', revoked.destinations), NULL);
END $$;

-- All there is to know of the tokens, but for their hashes.
CREATE FUNCTION punctual.tokens()
    RETURNS TABLE (name text, role text, destinations text[], created_us bigint, created_by text, expires_us bigint,
                   revoked_us bigint, last_used_us bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = punctual, pg_temp AS $$
    SELECT check_reach(NULL);
    SELECT t.name, t.role, t.destinations, micros(t.created_at), t.created_by, micros(t.expires_at),
           micros(t.revoked_at), micros(t.last_used_at)
    FROM api_tokens t ORDER BY t.created_at, t.name
$$;

-- The audit is sealed a batch at a time: each seal holds a hash of its rows and of the seal before it, so what is
-- changed, removed or slipped in afterwards shows. The owner of shard 0 seals; those who write wait for nothing.
CREATE TABLE punctual.audit_seals (
    number bigint PRIMARY KEY CHECK (number > 0),
    sealed_at timestamptz NOT NULL,
    last_id bigint NOT NULL, -- it covers the rows behind the last one of the seal before it, up to this one
    row_count bigint NOT NULL,
    hash bytea NOT NULL,
    -- When retention took its rows away, and the digest that stands for them since then.
    cut_at timestamptz,
    digest bytea,
    CONSTRAINT digest_when_cut CHECK ((cut_at IS NULL) = (digest IS NULL))
);
CREATE INDEX audit_seals_whole ON punctual.audit_seals (number) WHERE cut_at IS NULL;

-- Ids are given before their transactions commit, so a lower one may appear after a higher one. What may be sealed
-- is what stands up to `last_id` once every transaction before `before` is over: then nothing can appear there.
CREATE TABLE punctual.audit_horizon (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    last_id bigint NOT NULL DEFAULT 0,
    before xid8 NOT NULL DEFAULT '0'
);
INSERT INTO punctual.audit_horizon DEFAULT VALUES;

-- How many rows there are behind p_after (null: from the beginning), up to p_until, and their hash.
CREATE FUNCTION punctual.audit_digest(p_after bigint, p_until bigint, OUT row_count bigint, OUT digest bytea)
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp AS $$
    SELECT count(*), sha256(coalesce(string_agg(sha256(convert_to(jsonb_build_array(
               a.id, micros(a.at), a.actor, a.login, a.origin, host(a.address), a.action, a.kind, a.object, a.before,
               a.after, a.reason)::text, 'UTF8')), '' ORDER BY a.id), ''))
    FROM audit a WHERE a.id > coalesce(p_after, -9223372036854775808) AND a.id <= p_until
$$;

CREATE FUNCTION punctual.seal_hash(p_previous bytea, p_number bigint, p_sealed_at timestamptz, p_last_id bigint,
                                   p_row_count bigint, p_digest bytea) RETURNS bytea
    LANGUAGE sql STABLE
    RETURN sha256(coalesce(p_previous, '') || p_digest
                  || convert_to(concat_ws(' ', p_number, punctual.micros(p_sealed_at), p_last_id, p_row_count), 'UTF8'));

-- Takes the rows of the oldest seal away if they are older than the audit's retention. The seal stays, with the digest
-- of its rows: so the chain can be worked out as before. One that is broken keeps its rows: they are evidence.
CREATE FUNCTION punctual.cut_audit() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp SET jit = off
AS $$
DECLARE
    seal audit_seals;
    previous audit_seals;
    found record;
    taken bigint := 0;
BEGIN
    SELECT s.* INTO seal FROM audit_seals s WHERE s.cut_at IS NULL ORDER BY s.number LIMIT 1;
    IF seal.sealed_at <= now() - (SELECT s.audit_days FROM settings s) * interval '1 day' THEN
        SELECT s.* INTO previous FROM audit_seals s WHERE s.number < seal.number ORDER BY s.number DESC LIMIT 1;
        SELECT d.* INTO found FROM audit_digest(previous.last_id, seal.last_id) AS d;
        IF seal.hash = seal_hash(previous.hash, seal.number, seal.sealed_at, seal.last_id, found.row_count,
                                 found.digest) THEN
            UPDATE audit_seals s SET cut_at = clock_timestamp(), digest = found.digest WHERE s.number = seal.number;
            DELETE FROM audit a WHERE a.id > coalesce(previous.last_id, -9223372036854775808) AND a.id <= seal.last_id;
            GET DIAGNOSTICS taken = ROW_COUNT;
        END IF;
    END IF;
    RETURN taken;
END $$;

-- Seals up to p_limit rows, and takes away what retention does not keep. Gives how many it sealed: if all of them, there may be more. To be called in a
-- transaction of its own.
CREATE FUNCTION punctual.seal_audit(p_limit integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp SET jit = off
AS $$
DECLARE
    horizon audit_horizon;
    previous audit_seals;
    seal audit_seals;
    digest bytea;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('punctual.seal_audit')) THEN
        RETURN 0;
    END IF;
    SELECT h.* INTO horizon FROM audit_horizon h;
    SELECT s.* INTO previous FROM audit_seals s ORDER BY s.number DESC LIMIT 1;
    previous.last_id := coalesce(previous.last_id, 0);
    seal.row_count := 0;
    IF horizon.last_id > previous.last_id
       AND pg_snapshot_xmin(pg_current_snapshot()) >= horizon.before THEN
        SELECT max(r.id) INTO seal.last_id
        FROM (SELECT a.id FROM audit a WHERE a.id > previous.last_id AND a.id <= horizon.last_id
              ORDER BY a.id LIMIT p_limit) AS r;
    END IF;
    IF seal.last_id IS NOT NULL THEN
        seal.number := coalesce(previous.number, 0) + 1;
        seal.sealed_at := clock_timestamp();
        SELECT d.row_count, d.digest INTO seal.row_count, digest
        FROM audit_digest(nullif(previous.last_id, 0), seal.last_id) AS d;
        seal.hash := seal_hash(previous.hash, seal.number, seal.sealed_at, seal.last_id, seal.row_count, digest);
        INSERT INTO audit_seals SELECT seal.*;
    END IF;
    -- The next horizon, when this one is reached; or when it is that of another cluster, out of a backup. One
    -- statement: its snapshot knows of every transaction that can have been given an id up to the highest.
    IF coalesce(seal.last_id, previous.last_id) >= horizon.last_id
       OR horizon.before > pg_snapshot_xmax(pg_current_snapshot()) THEN
        UPDATE audit_horizon h
        SET last_id = n.last_id, before = pg_snapshot_xmax(pg_current_snapshot())
        FROM (SELECT coalesce(max(a.id), 0) AS last_id FROM audit a) AS n
        WHERE n.last_id > h.last_id OR h.before > pg_snapshot_xmax(pg_current_snapshot());
    END IF;
    PERFORM cut_audit();
    RETURN seal.row_count;
END $$;

-- Works seals out anew, up to p_limit of them behind seal number p_after. One that is not intact does not hold
-- what it was made for, or does not follow the one before it. Only the oldest ones may be cut, without a gap, and
-- then nothing is left in their place.
CREATE FUNCTION punctual.check_seals(p_after bigint, p_limit integer)
    RETURNS TABLE (number bigint, sealed_us bigint, first_id bigint, last_id bigint, row_count bigint, found bigint,
                   hash bytea, is_intact boolean, is_cut boolean)
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp SET jit = off AS $$
    SELECT s.number, micros(s.sealed_at), coalesce(p.last_id, 0) + 1, s.last_id, s.row_count, d.row_count, s.hash,
           s.number = coalesce(p.number, 0) + 1
               AND d.row_count = CASE WHEN s.cut_at IS NULL THEN s.row_count ELSE 0 END
               AND (s.cut_at IS NULL OR p.number IS NULL OR p.cut_at IS NOT NULL)
               AND s.hash = seal_hash(p.hash, s.number, s.sealed_at, s.last_id, s.row_count,
                                      coalesce(s.digest, d.digest)),
           s.cut_at IS NOT NULL
    FROM (SELECT c.* FROM audit_seals c WHERE c.number > p_after ORDER BY c.number LIMIT p_limit) AS s
    LEFT JOIN LATERAL (
        SELECT b.* FROM audit_seals b WHERE b.number < s.number ORDER BY b.number DESC LIMIT 1
    ) AS p ON true
    CROSS JOIN LATERAL audit_digest(p.last_id, s.last_id) AS d
    ORDER BY s.number
$$;

-- How many days the audit is kept; null: for ever.
CREATE FUNCTION punctual.set_audit_retention(p_days integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    before integer;
BEGIN
    PERFORM check_reach(NULL);
    SELECT s.audit_days INTO before FROM settings s FOR UPDATE;
    IF before IS DISTINCT FROM p_days THEN
        UPDATE settings SET audit_days = p_days;
        PERFORM write_audit('change', 'settings', 'audit retention', jsonb_build_object('days', before),
                            jsonb_build_object('days', p_days));
    END IF;
END $$;

-- Somebody follows what changes: from now on it is written down, for the next quarter of an hour; to be called
-- again before that is over, in a transaction of its own. Takes away what is older.
CREATE FUNCTION punctual.follow_changes() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
DECLARE
    kept constant interval := '15 minutes';
    history change_history;
    oldest xid8;
BEGIN
    SELECT h.* INTO history FROM change_history h FOR UPDATE;
    IF history.wanted_until <= now() THEN
        DELETE FROM changes;
        oldest := pg_snapshot_xmin(pg_current_snapshot()); -- nobody has followed further than to here
    ELSE
        SELECT max(c.transaction) INTO oldest FROM changes c WHERE c.at < now() - kept;
        DELETE FROM changes c WHERE c.transaction <= oldest;
    END IF;
    UPDATE change_history h
    SET wanted_until = now() + kept, complete_from = greatest(oldest, h.complete_from);
END $$;

-- Where to start for all that changes from now on, and the first transaction of which everything is there.
CREATE FUNCTION punctual.changes_from(OUT transaction text, OUT complete_from text)
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp AS $$
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text, h.complete_from::text FROM change_history h
$$;

-- The next rows from a place on, as far as nothing can appear any more.
CREATE FUNCTION punctual.read_changes(p_transaction text, p_id bigint, p_limit integer)
    RETURNS TABLE (transaction text, id bigint, at_us bigint, destination text, state text, ids text)
    LANGUAGE sql STABLE SET search_path = punctual, pg_temp SET jit = off SET enable_seqscan = off AS $$
    SELECT c.transaction::text, c.id, micros(c.at), c.destination, c.state, c.ids::text
    FROM changes c
    WHERE (c.transaction, c.id) >= (p_transaction::xid8, p_id)
      AND c.transaction < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY c.transaction, c.id LIMIT p_limit
$$;

-- Makes of a database that came out of a backup one that an installation may start with: its nodes are those of
-- another time, and what was sent since then would be sent again, so with p_pause nothing leaves until a person
-- says so. Gives how many messages are not over, and how many destinations it paused.
CREATE FUNCTION punctual.settle_restored(p_pause boolean) RETURNS TABLE (waiting bigint, paused bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = punctual, pg_temp
AS $$
BEGIN
    UPDATE nodes n SET lease_until = least(n.lease_until, now() - interval '1 minute'),
                       stopped_at = coalesce(n.stopped_at, now());
    UPDATE shards s SET node = NULL, epoch = NULL;
    TRUNCATE changes; -- its transactions are those of another cluster
    UPDATE change_history h SET wanted_until = '-infinity', complete_from = '0';
    SELECT count(*) INTO waiting FROM messages_live;
    WITH held AS (
        UPDATE destinations d
        SET paused_until = 'infinity', pause_reason = 'restored from a backup', paused_by = actor(),
            version = d.version + 1, updated_at = clock_timestamp()
        WHERE p_pause AND d.paused_until IS DISTINCT FROM 'infinity'
        RETURNING d.name
    )
    SELECT count(*) INTO paused FROM held;
    PERFORM write_audit('restore', 'database', current_database()::text, NULL,
                        jsonb_build_object('waiting', waiting, 'paused', paused));
    RETURN NEXT;
END $$;

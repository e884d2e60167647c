-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who may do what. Reading is by SELECT; every change is a function that its role may call.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA punctual FROM PUBLIC;

-- Like the roles themselves, their membership belongs to the whole cluster and may be there already.
DO $$
BEGIN
    IF NOT pg_has_role('punctual_operator', 'punctual_viewer', 'MEMBER') THEN
        GRANT punctual_viewer TO punctual_operator;
    END IF;
    IF NOT pg_has_role('punctual_admin', 'punctual_operator', 'MEMBER') THEN
        GRANT punctual_operator TO punctual_admin;
    END IF;
END $$;

GRANT SELECT ON punctual.messages, punctual.messages_live, punctual.messages_default, punctual.attempts,
    punctual.attempts_default, punctual.delivery_statistics, punctual.delivery_statistics_default,
    punctual.claims, punctual.destinations, punctual.nodes, punctual.shards, punctual.counters,
    punctual.counter_changes, punctual.audit, punctual.settings, punctual.lanes, punctual.parked_keys,
    punctual.quota_statistics, punctual.quota_statistics_default, punctual.operations, punctual.operation_items,
    punctual.operation_items_default, punctual.delivery_minutes, punctual.delivery_minutes_default,
    punctual.delivery_totals, punctual.audit_seals, punctual.changes, punctual.change_history TO punctual_viewer;
GRANT EXECUTE ON FUNCTION punctual.follow_changes, punctual.changes_from, punctual.read_changes TO punctual_viewer;
GRANT EXECUTE ON FUNCTION punctual.attempt_result, punctual.failure_causes, punctual.backlog_ahead,
    punctual.database_health, punctual.check_seals, punctual.audit_digest, punctual.seal_hash TO punctual_viewer;
GRANT EXECUTE ON FUNCTION punctual.micros, punctual.instant, punctual.is_waiting, punctual.state_of
    TO punctual_viewer, punctual_node;
GRANT EXECUTE ON FUNCTION punctual.why_facts, punctual.is_skipped, punctual.blocked_keys, punctual.due_by_hour,
    punctual.dead_letters, punctual.error_shape, punctual.fingerprint TO punctual_viewer;

GRANT EXECUTE ON FUNCTION
    punctual.schedule(text, jsonb, timestamptz, interval, text, bytea, text, jsonb, text, text[], text, interval, integer),
    punctual.schedule(uuid[], text[], bigint[], bigint[], text[], text[], text[], bigint[], integer[], text[], text[],
                      bytea[], text, bytea, interval, text[], boolean) TO punctual_operator;
GRANT EXECUTE ON FUNCTION punctual.cancel, punctual.restore, punctual.reschedule, punctual.change_message,
    punctual.resolve, punctual.release_key, punctual.replay, punctual.start_operation, punctual.abort_operation,
    punctual.undo_operation TO punctual_operator;
-- They only read: with the rights of who asks.
GRANT EXECUTE ON FUNCTION punctual.preview_operation, punctual.operation_query, punctual.check_operation,
    punctual.states_for, punctual.words_of, punctual.is_secret_header, punctual.like_pattern, punctual.due_problem, punctual.refuse,
    punctual.check_reach TO punctual_operator;

GRANT EXECUTE ON FUNCTION punctual.put_destination, punctual.reseal_destination, punctual.reseal_message,
    punctual.remove_destination, punctual.set_pause, punctual.make_first_token, punctual.make_token,
    punctual.revoke_token, punctual.tokens,
    punctual.set_retention, punctual.set_audit_retention, punctual.authenticate TO punctual_admin;

GRANT EXECUTE ON FUNCTION punctual.join_node, punctual.keep_shards, punctual.leave_node, punctual.read_ahead,
    punctual.claim, punctual.give_back, punctual.record, punctual.add_statistics, punctual.rescue, punctual.expire,
    punctual.advance_some_keys, punctual.exchange_lanes, punctual.stop_destination, punctual.fold_counters,
    punctual.tidy, punctual.make_partitions, punctual.drop_old_partitions, punctual.set_retention,
    punctual.set_audit_retention,
    punctual.authenticate, punctual.work_operation, punctual.seal_audit TO punctual_node;
GRANT SELECT ON punctual.destinations, punctual.lanes, punctual.shards, punctual.nodes TO punctual_node;

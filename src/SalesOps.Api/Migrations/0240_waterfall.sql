-- What a waterfall asks of deals beside the pipeline: which one it is and when it is to close, from the indexes alone.

drop index deal_facts_open;

create index deal_facts_open on deal_facts (tenant_id, valid_class, valid_from)
    include (deal_id, valid_to, known_from, pipeline_id, stage, owner_id, account_id, category, amount, currency, expected_close)
    where known_to = 'infinity' and status = 'open';

drop index deal_facts_open_once;

create index deal_facts_open_once on deal_facts (tenant_id, known_class, known_from)
    include (deal_id, known_to, valid_from, valid_to, pipeline_id, stage, owner_id, account_id, category, amount, currency,
             expected_close)
    where known_to <> 'infinity' and status = 'open';

-- What closed between two instants, and what was closed at the first and no longer stood so at the second.
create index deal_facts_closed_since on deal_facts (tenant_id, valid_from) where status <> 'open';

create index deal_facts_closed_until on deal_facts (tenant_id, valid_to) where status <> 'open' and valid_to <> 'infinity';

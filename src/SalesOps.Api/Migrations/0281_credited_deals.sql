-- Which deals, open or won, count for some reps, as known now: by their owner, by who has their account, by their shares.

drop index deal_facts_won_account;

create index deal_facts_credit_account on deal_facts (tenant_id, account_id)
    where known_to = 'infinity' and status in ('open', 'won');

drop index deal_facts_won_shares;

create index deal_facts_credit_shares on deal_facts using gin (share_reps)
    where known_to = 'infinity' and status in ('open', 'won') and share_reps <> '{}';

create index deal_facts_credit_owner on deal_facts (tenant_id, owner_id)
    where known_to = 'infinity' and status in ('open', 'won');

create index assignment_facts_of_cover on assignment_facts (tenant_id, covered_by)
    where known_to = 'infinity' and covered_by is not null;

-- What held of contracts, bitemporal as all facts are. next_due is when the clock has something to say of a contract next:
-- the clock looks only into the rows that are known now and hold for ever, by that index.
create table contract_facts (
    tenant_id varchar not null,
    contract_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    status varchar not null,
    account_id varchar not null,
    deal_id varchar,
    term_start date not null,
    term_end date not null,
    value numeric not null,
    currency varchar not null,
    annual_value numeric not null,
    escalated numeric not null,
    source varchar not null,
    term_number int not null,
    auto_renew boolean not null,
    notice_deadline date not null,
    notice_on date,
    lost_for varchar,
    next_due timestamptz
);

create unique index contract_facts_current on contract_facts (tenant_id, contract_id, valid_from) where known_to = 'infinity';

create index contract_facts_known on contract_facts (tenant_id, known_to, known_from);

create index contract_facts_of_account on contract_facts (tenant_id, account_id, contract_id);

create index contract_facts_ending on contract_facts (tenant_id, term_end);

create index contract_facts_due on contract_facts (next_due) where known_to = 'infinity' and valid_to = 'infinity';

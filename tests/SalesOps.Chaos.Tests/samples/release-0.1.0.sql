SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.log_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'The log is append-only: % of % is refused.', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
CREATE FUNCTION public.log_position_at(instant timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql STABLE
    AS $$
declare
  known bigint := 0;
  beyond bigint := (select last_seq + 1 from log_head);
  middle bigint;
begin
  while beyond - known > 1 loop
    middle := (known + beyond) / 2;
    if (select timestamp <= instant from mt_events where seq_id = middle) then
      known := middle;
    else
      beyond := middle;
    end if;
  end loop;
  return known;
end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.account_facts (
    tenant_id character varying NOT NULL,
    account_id character varying NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone NOT NULL,
    known_from timestamp with time zone NOT NULL,
    known_to timestamp with time zone NOT NULL,
    name character varying NOT NULL,
    segment character varying,
    industry character varying,
    country character varying
);
CREATE TABLE public.api_secret (
    name character varying NOT NULL,
    value bytea NOT NULL
);
CREATE TABLE public.deal_facts (
    tenant_id character varying NOT NULL,
    deal_id character varying NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone NOT NULL,
    known_from timestamp with time zone NOT NULL,
    known_to timestamp with time zone NOT NULL,
    valid_class smallint NOT NULL,
    known_class smallint NOT NULL,
    status character varying NOT NULL,
    name character varying NOT NULL,
    pipeline_id character varying NOT NULL,
    stage character varying NOT NULL,
    amount numeric,
    currency character varying,
    owner_id character varying,
    account_id character varying,
    category character varying,
    expected_close date,
    opened_on date NOT NULL,
    closed_on date,
    source character varying,
    competitor character varying,
    loss_reason character varying,
    products character varying[] NOT NULL,
    product_amounts numeric[] NOT NULL
)
WITH (autovacuum_vacuum_insert_scale_factor='0.05', autovacuum_vacuum_scale_factor='0.05');
CREATE TABLE public.idempotency (
    tenant_id character varying NOT NULL,
    key character varying NOT NULL,
    request_hash text NOT NULL,
    streams text[] NOT NULL,
    versions bigint[] NOT NULL,
    "position" bigint NOT NULL,
    answer text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);
CREATE TABLE public.log_head (
    only_row boolean DEFAULT true NOT NULL,
    last_seq bigint NOT NULL,
    last_recorded_at timestamp with time zone,
    CONSTRAINT log_head_one_row CHECK (only_row),
    CONSTRAINT log_head_recorded CHECK (((last_seq = 0) = (last_recorded_at IS NULL)))
)
WITH (fillfactor='10', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_scale_factor='0');
CREATE TABLE public.mt_event_progression (
    name character varying NOT NULL,
    last_seq_id bigint,
    last_updated timestamp with time zone DEFAULT now()
)
WITH (fillfactor='20', autovacuum_vacuum_threshold='500', autovacuum_vacuum_scale_factor='0');
CREATE TABLE public.mt_events (
    seq_id bigint NOT NULL,
    id uuid NOT NULL,
    stream_id character varying,
    version bigint NOT NULL,
    data jsonb NOT NULL,
    type character varying(500) NOT NULL,
    "timestamp" timestamp with time zone NOT NULL,
    tenant_id character varying DEFAULT '*DEFAULT*'::character varying,
    mt_dotnet_type character varying,
    correlation_id character varying,
    causation_id character varying,
    headers jsonb,
    is_archived boolean DEFAULT false
)
WITH (autovacuum_vacuum_insert_scale_factor='0.05', autovacuum_analyze_scale_factor='0.05');
CREATE SEQUENCE public.mt_events_sequence
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.mt_streams (
    tenant_id character varying DEFAULT '*DEFAULT*'::character varying NOT NULL,
    id character varying NOT NULL,
    type character varying,
    version bigint,
    "timestamp" timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    is_archived boolean DEFAULT false
)
WITH (fillfactor='80', autovacuum_vacuum_scale_factor='0.05');
CREATE TABLE public.notary_block (
    tenant_id character varying NOT NULL,
    block bigint NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    events integer NOT NULL,
    leaves bytea NOT NULL,
    root bytea NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    closed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT notary_block_range CHECK (((block >= 1) AND (first_seq >= 1) AND (last_seq >= first_seq) AND (events >= 1)))
);
ALTER TABLE ONLY public.notary_block ALTER COLUMN leaves SET STORAGE EXTERNAL;
CREATE TABLE public.product_facts (
    tenant_id character varying NOT NULL,
    product_id character varying NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone NOT NULL,
    known_from timestamp with time zone NOT NULL,
    known_to timestamp with time zone NOT NULL,
    name character varying NOT NULL,
    series character varying,
    list_price numeric,
    currency character varying
);
CREATE TABLE public.rep_facts (
    tenant_id character varying NOT NULL,
    rep_id character varying NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone NOT NULL,
    known_from timestamp with time zone NOT NULL,
    known_to timestamp with time zone NOT NULL,
    name character varying NOT NULL,
    manager_id character varying,
    team character varying,
    office character varying
);
CREATE TABLE public.schema_migration (
    number integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.stage_facts (
    tenant_id character varying NOT NULL,
    pipeline_id character varying NOT NULL,
    stage character varying NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone NOT NULL,
    known_from timestamp with time zone NOT NULL,
    known_to timestamp with time zone NOT NULL,
    pipeline_name character varying NOT NULL,
    stage_order integer NOT NULL,
    name character varying NOT NULL,
    probability numeric,
    category character varying
);
COPY public.account_facts (tenant_id, account_id, valid_from, valid_to, known_from, known_to, name, segment, industry, country) FROM stdin;
*DEFAULT*	north-works	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	North Works	\N	medical	Norway
*DEFAULT*	harbour-lane-co	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	Harbour, Lane & Co	\N	retail	United States
*DEFAULT*	001000000000001AAA	2024-01-02 08:00:00+00	infinity	2026-11-25 14:26:18.389109+00	infinity	Café Zürich	\N	Food	Schweiz
\.
COPY public.api_secret (name, value) FROM stdin;
cursor	\\xe604d1054f234352ad82d7d78ce8a8029118a8d542e54053919c3889662b311d
\.
COPY public.deal_facts (tenant_id, deal_id, valid_from, valid_to, known_from, known_to, valid_class, known_class, status, name, pipeline_id, stage, amount, currency, owner_id, account_id, category, expected_close, opened_on, closed_on, source, competitor, loss_reason, products, product_amounts) FROM stdin;
*DEFAULT*	OPP1	2016-10-20 00:00:00+00	2017-03-01 23:59:59.999999+00	2026-11-25 14:26:17.844446+00	infinity	43	63	open	OPP1	maven-crm	engaging	\N	\N	7f1bf704-d348-517f-803c-b0659f696a80	north-works	\N	\N	2016-10-20	\N	\N	\N	\N	{gtx-pro}	{NULL}
*DEFAULT*	OPP1	2017-03-01 23:59:59.999999+00	infinity	2026-11-25 14:26:17.844446+00	infinity	63	63	won	OPP1	maven-crm	engaging	1054.00	USD	7f1bf704-d348-517f-803c-b0659f696a80	north-works	\N	\N	2016-10-20	2017-03-01	\N	\N	\N	{gtx-pro}	{1054.00}
*DEFAULT*	OPP2	2016-11-01 00:00:00+00	2017-02-15 23:59:59.999999+00	2026-11-25 14:26:17.844446+00	infinity	43	63	open	OPP2	maven-crm	engaging	\N	\N	efbb0b2f-f2b1-5ef4-b423-fde2ec9fc9df	harbour-lane-co	\N	\N	2016-11-01	\N	\N	\N	\N	{mg-special}	{NULL}
*DEFAULT*	OPP2	2017-02-15 23:59:59.999999+00	infinity	2026-11-25 14:26:17.844446+00	infinity	63	63	lost	OPP2	maven-crm	engaging	0.00	USD	efbb0b2f-f2b1-5ef4-b423-fde2ec9fc9df	harbour-lane-co	\N	\N	2016-11-01	2017-02-15	\N	\N	not recorded	{mg-special}	{0.00}
*DEFAULT*	OPP3	2017-01-10 00:00:00+00	infinity	2026-11-25 14:26:17.844446+00	infinity	63	63	open	OPP3	maven-crm	engaging	\N	\N	74d5d13f-4b00-5aa2-a5ca-42236c5e1370	\N	\N	\N	2017-01-10	\N	\N	\N	\N	{gtx-pro}	{NULL}
*DEFAULT*	OPP4	2026-11-25 14:26:17.211313+00	infinity	2026-11-25 14:26:17.844446+00	infinity	63	63	open	OPP4	maven-crm	prospecting	\N	\N	7f1bf704-d348-517f-803c-b0659f696a80	\N	\N	\N	2026-11-25	\N	\N	\N	\N	{mg-special}	{NULL}
*DEFAULT*	OPP5	2026-11-25 14:26:17.211313+00	infinity	2026-11-25 14:26:17.844446+00	infinity	63	63	open	OPP5	maven-crm	prospecting	\N	\N	7f1bf704-d348-517f-803c-b0659f696a80	\N	\N	\N	2026-11-25	\N	\N	\N	\N	{mg-special}	{NULL}
*DEFAULT*	006000000000001AAA	2024-01-05 09:00:00+00	2024-02-01 11:00:00+00	2026-11-25 14:26:18.443833+00	infinity	41	63	open	Espresso "Grande"	salesforce	prospecting	\N	\N	005000000000001AAA	001000000000001AAA	\N	2024-06-30	2024-01-05	\N	Web	\N	\N	{}	{}
*DEFAULT*	006000000000001AAA	2024-02-01 11:00:00+00	2024-02-15 11:00:00+00	2026-11-25 14:26:18.443833+00	infinity	40	63	open	Espresso "Grande"	salesforce	value-proposition	14000.00	USD	005000000000001AAA	001000000000001AAA	\N	2024-05-31	2024-01-05	\N	Web	\N	\N	{}	{}
*DEFAULT*	006000000000001AAA	2024-02-15 11:00:00+00	2024-03-20 16:00:00+00	2026-11-25 14:26:18.443833+00	infinity	41	63	open	Espresso "Grande"	salesforce	value-proposition	15000.00	USD	005000000000001AAA	001000000000001AAA	bestCase	2024-05-31	2024-01-05	\N	Web	\N	\N	{}	{}
*DEFAULT*	006000000000001AAA	2024-03-20 16:00:00+00	infinity	2026-11-25 14:26:18.443833+00	infinity	63	63	won	Espresso "Grande"	salesforce	value-proposition	15000.00	USD	005000000000001AAA	001000000000001AAA	bestCase	2024-05-31	2024-01-05	2024-03-20	Web	\N	\N	{}	{}
*DEFAULT*	006000000000002AAA	2024-02-01 10:00:00+00	infinity	2026-11-25 14:26:18.443833+00	infinity	63	63	open	Grinders	salesforce	value-proposition	16121000.00	USD	005000000000001AAA	001000000000001AAA	\N	2024-09-01	2024-02-01	\N	\N	\N	\N	{}	{}
*DEFAULT*	006000000000004AAA	2024-02-10 10:00:00+00	infinity	2026-11-25 14:26:18.443833+00	infinity	63	63	lost	Beans	salesforce	prospecting	300.00	USD	005000000000002AAA	\N	\N	\N	2024-02-10	2024-01-31	\N	\N	not recorded	{}	{}
*DEFAULT*	006000000000005AAA	2024-02-11 10:00:00+00	2024-02-20 12:00:00+00	2026-11-25 14:26:18.443833+00	infinity	39	63	open	Cups	salesforce	prospecting	\N	\N	005000000000002AAA	\N	\N	2024-12-01	2024-02-11	\N	\N	\N	\N	{}	{}
*DEFAULT*	006000000000005AAA	2024-02-20 12:00:00+00	infinity	2026-11-25 14:26:18.443833+00	infinity	63	63	open	Cups	salesforce	negociation	\N	\N	005000000000002AAA	\N	\N	2024-12-01	2024-02-11	\N	\N	\N	\N	{}	{}
*DEFAULT*	d2	2026-01-15 00:00:00+00	infinity	2026-11-25 14:26:18.718298+00	infinity	63	63	open	Deal 2	default	prospecting	2000.00	EUR	ada	\N	\N	\N	2026-01-15	\N	\N	\N	\N	{}	{}
*DEFAULT*	d3	2026-01-15 00:00:00+00	infinity	2026-11-25 14:26:18.739112+00	infinity	63	63	open	Deal 3	default	prospecting	3000.00	EUR	ada	\N	\N	\N	2026-01-15	\N	\N	\N	\N	{}	{}
*DEFAULT*	d1	2026-01-15 00:00:00+00	infinity	2026-11-25 14:26:18.676778+00	2026-11-25 14:26:18.759568+00	63	16	open	Deal 1	default	prospecting	1000.00	EUR	ada	\N	\N	\N	2026-01-15	\N	\N	\N	\N	{}	{}
*DEFAULT*	d1	2026-01-15 00:00:00+00	2026-03-20 23:59:59.999999+00	2026-11-25 14:26:18.759568+00	2026-11-25 14:26:19.181615+00	42	18	open	Deal 1	default	prospecting	1000.00	EUR	ada	\N	\N	\N	2026-01-15	\N	\N	\N	\N	{}	{}
*DEFAULT*	d1	2026-03-20 23:59:59.999999+00	infinity	2026-11-25 14:26:18.759568+00	2026-11-25 14:26:19.181615+00	63	18	won	Deal 1	default	prospecting	1000.00	EUR	ada	\N	\N	\N	2026-01-15	2026-03-20	\N	\N	\N	{}	{}
*DEFAULT*	d1	2026-01-15 00:00:00+00	2026-03-22 23:59:59.999999+00	2026-11-25 14:26:19.181615+00	infinity	42	63	open	Deal 1	default	prospecting	1000.00	EUR	ada	\N	\N	\N	2026-01-15	\N	\N	\N	\N	{}	{}
*DEFAULT*	d1	2026-03-22 23:59:59.999999+00	infinity	2026-11-25 14:26:19.181615+00	infinity	63	63	won	Deal 1	default	prospecting	1000.00	EUR	ada	\N	\N	\N	2026-01-15	2026-03-22	\N	\N	\N	{}	{}
\.
COPY public.idempotency (tenant_id, key, request_hash, streams, versions, "position", answer, recorded_at) FROM stdin;
*DEFAULT*	a	6ae81fc6aeb3af4e2e887c7b0dbdcc236490701f99c3056bc17fa9b155b8263d	{}	{}	24	{"Status":200,"Version":null,"Location":null,"Body":"{\\u0022received\\u0022:13,\\u0022created\\u0022:13,\\u0022unchanged\\u0022:0,\\u0022failed\\u0022:0,\\u0022position\\u0022:24,\\u0022rows\\u0022:[],\\u0022observations\\u0022:[{\\u0022file\\u0022:\\u0022sales_pipeline.csv\\u0022,\\u0022code\\u0022:\\u0022value-mapped\\u0022,\\u0022column\\u0022:\\u0022product\\u0022,\\u0022detail\\u0022:\\u0022\\u0027GTXPro\\u0027 was taken as \\u0027GTX Pro\\u0027.\\u0022,\\u0022rows\\u0022:2},{\\u0022file\\u0022:\\u0022sales_pipeline.csv\\u0022,\\u0022code\\u0022:\\u0022account-missing\\u0022,\\u0022column\\u0022:\\u0022account\\u0022,\\u0022detail\\u0022:\\u0022Rows without a value in \\u0027account\\u0027 were taken as they are.\\u0022,\\u0022rows\\u0022:3},{\\u0022file\\u0022:\\u0022sales_pipeline.csv\\u0022,\\u0022code\\u0022:\\u0022amount-missing\\u0022,\\u0022column\\u0022:\\u0022close_value\\u0022,\\u0022detail\\u0022:\\u0022Rows without a value in \\u0027close_value\\u0027 were taken as they are.\\u0022,\\u0022rows\\u0022:3},{\\u0022file\\u0022:\\u0022sales_pipeline.csv\\u0022,\\u0022code\\u0022:\\u0022undated\\u0022,\\u0022column\\u0022:\\u0022engage_date\\u0022,\\u0022detail\\u0022:\\u0022Rows without a date in \\u0027engage_date\\u0027 take effect at the import\\u0027s instant.\\u0022,\\u0022rows\\u0022:2},{\\u0022file\\u0022:\\u0022sales_pipeline.csv\\u0022,\\u0022code\\u0022:\\u0022rows-alike\\u0022,\\u0022detail\\u0022:\\u0022These rows equal another one in all but \\u0027opportunity_id\\u0027, 1 of them surplus; all were taken as they are.\\u0022,\\u0022rows\\u0022:2}]}"}	2026-11-25 14:26:17.864088+00
*DEFAULT*	b	9bf14482ccfe3985b5968902a4eb4bf010bd18f670429c46651f1ba9c5071995	{}	{}	40	{"Status":200,"Version":null,"Location":null,"Body":"{\\u0022received\\u0022:12,\\u0022created\\u0022:10,\\u0022unchanged\\u0022:2,\\u0022failed\\u0022:0,\\u0022position\\u0022:40,\\u0022rows\\u0022:[],\\u0022observations\\u0022:[{\\u0022file\\u0022:\\u0022Contract.csv\\u0022,\\u0022code\\u0022:\\u0022file-ignored\\u0022,\\u0022detail\\u0022:\\u0022Files of this kind are left out.\\u0022,\\u0022rows\\u0022:0},{\\u0022file\\u0022:\\u0022Opportunity.csv\\u0022,\\u0022code\\u0022:\\u0022deleted\\u0022,\\u0022column\\u0022:\\u0022IsDeleted\\u0022,\\u0022detail\\u0022:\\u0022Rows of what was deleted in the source were left out.\\u0022,\\u0022rows\\u0022:1},{\\u0022file\\u0022:\\u0022OpportunityHistory.csv\\u0022,\\u0022code\\u0022:\\u0022deleted\\u0022,\\u0022column\\u0022:\\u0022IsDeleted\\u0022,\\u0022detail\\u0022:\\u0022Rows of what was deleted in the source were left out.\\u0022,\\u0022rows\\u0022:1},{\\u0022file\\u0022:\\u0022Opportunity.csv\\u0022,\\u0022code\\u0022:\\u0022amount-rounded\\u0022,\\u0022column\\u0022:\\u0022Amount\\u0022,\\u0022detail\\u0022:\\u0022Amounts with more decimals than USD has were rounded, half away from zero.\\u0022,\\u0022rows\\u0022:1},{\\u0022file\\u0022:\\u0022Opportunity.csv\\u0022,\\u0022code\\u0022:\\u0022stage-unknown\\u0022,\\u0022column\\u0022:\\u0022StageName\\u0022,\\u0022detail\\u0022:\\u0022Deals whose first stage is not told open in the first stage of the pipeline.\\u0022,\\u0022rows\\u0022:2},{\\u0022file\\u0022:\\u0022Opportunity.csv\\u0022,\\u0022code\\u0022:\\u0022closed-before-created\\u0022,\\u0022column\\u0022:\\u0022CloseDate\\u0022,\\u0022detail\\u0022:\\u0022Close dates before the creation were kept; such deals have no cycle.\\u0022,\\u0022rows\\u0022:1}]}"}	2026-11-25 14:26:18.451095+00
*DEFAULT*	fix	1849af6d3678fe768fe35436d69da74a5e6235b96881b36bfb478a3140ba51f7	{deal/d1}	{3}	45	{"Status":200,"Version":3,"Location":null,"Body":"{\\u0022id\\u0022:\\u0022d1\\u0022,\\u0022version\\u0022:3,\\u0022position\\u0022:45}"}	2026-11-25 14:26:19.181615+00
\.
COPY public.log_head (only_row, last_seq, last_recorded_at) FROM stdin;
t	45	2026-11-25 14:26:19.181615+00
\.
COPY public.mt_event_progression (name, last_seq_id, last_updated) FROM stdin;
facts:1	45	2026-11-25 14:26:19.189048+00
notary:1	45	2026-11-25 14:26:19.491763+00
\.
COPY public.mt_events (seq_id, id, stream_id, version, data, type, "timestamp", tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, is_archived) FROM stdin;
1	03ef4600-35fd-5667-aac5-372bfbe10a78	pipeline/maven-crm	1	{"name": "Maven CRM", "stages": [{"key": "prospecting", "name": "Prospecting"}, {"key": "engaging", "name": "Engaging"}]}	pipeline_defined	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Pipelines.PipelineEvent+Defined, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
2	9c117564-42c8-537d-8789-fe76c11605eb	product/gtx-pro	1	{"name": "GTX Pro", "series": "GTX", "listPrice": {"amount": "4821.00", "currency": "USD"}}	product_registered	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Products.ProductEvent+Registered, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
3	81982afd-3fc0-531d-919b-6e4b2819e561	product/mg-special	1	{"name": "MG Special", "series": "MG", "listPrice": {"amount": "55.00", "currency": "USD"}}	product_registered	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Products.ProductEvent+Registered, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
4	43485e5a-b660-5fa7-9c83-2aefbf0822e9	account/north-works	1	{"profile": {"name": "North Works", "country": "Norway", "revenue": {"amount": "1100040000.00", "currency": "USD"}, "industry": "medical", "employees": 2822, "foundedIn": 1996}}	account_registered	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Accounts.AccountEvent+Registered, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
5	d89dbf63-2353-562f-bdea-6f4a975f7d6a	account/harbour-lane-co	1	{"profile": {"name": "Harbour, Lane & Co", "country": "United States", "revenue": {"amount": "251410000.00", "currency": "USD"}, "industry": "retail", "parentId": "north-works", "employees": 495, "foundedIn": 1999}}	account_registered	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Accounts.AccountEvent+Registered, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
6	fd5a6157-fe82-5845-ba40-62fd8b9ed0ef	rep/fbdf4f2c-9b7a-5e12-9f22-4a4b6b66953a	1	{"profile": {"name": "Mia Lead"}}	rep_registered	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Reps.RepEvent+Registered, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
7	091fb37a-86ff-5e0a-8ce3-284da4daaee3	rep/50197fc6-4f5f-5998-ab46-7ecaeafcf403	1	{"profile": {"name": "Kim Chief Senior"}}	rep_registered	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Reps.RepEvent+Registered, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
8	1e474722-211c-5ff1-834b-417c8b4609f7	rep/7f1bf704-d348-517f-803c-b0659f696a80	1	{"profile": {"name": "Ada Rep", "office": "West", "managerId": "fbdf4f2c-9b7a-5e12-9f22-4a4b6b66953a"}}	rep_registered	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Reps.RepEvent+Registered, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
9	04006176-7e1f-5e7f-b773-4aac721b41a1	rep/efbb0b2f-f2b1-5ef4-b423-fde2ec9fc9df	1	{"profile": {"name": "Bo Rep", "office": "West", "managerId": "fbdf4f2c-9b7a-5e12-9f22-4a4b6b66953a"}}	rep_registered	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Reps.RepEvent+Registered, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
10	d7439aff-178c-5ef4-ac99-0f9efd56fb01	rep/c8d051b5-399c-5ef9-96fc-291bca380543	1	{"profile": {"name": "Kim Chief", "office": "East", "managerId": "50197fc6-4f5f-5998-ab46-7ecaeafcf403"}}	rep_registered	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Reps.RepEvent+Registered, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
11	a50a8822-1b6e-5c24-8049-c6b7a05debde	rep/74d5d13f-4b00-5aa2-a5ca-42236c5e1370	1	{"profile": {"name": "Joe Rep", "office": "East", "managerId": "c8d051b5-399c-5ef9-96fc-291bca380543"}}	rep_registered	2026-11-25 14:26:17.710546+00	*DEFAULT*	SalesOps.Domain.Reps.RepEvent+Registered, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-01-01T00:00:00.000000Z"}	f
12	c0bb3828-5366-5396-a938-81a16dd6746e	deal/OPP1	1	{"name": "OPP1", "stage": "engaging", "ownerId": "7f1bf704-d348-517f-803c-b0659f696a80", "accountId": "north-works", "pipelineId": "maven-crm"}	deal_opened	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-10-20T00:00:00.000000Z", "sourceRecordedAt": "2016-10-20T00:00:00.000000Z"}	f
13	09b1658e-907a-5311-aeb8-3e69607ba048	deal/OPP1	2	{"lines": [{"quantity": "1", "productId": "gtx-pro"}]}	deal_products_changed	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+ProductsChanged, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-10-20T00:00:00.000000Z", "sourceRecordedAt": "2016-10-20T00:00:00.000000Z"}	f
14	8f87c8c5-0f47-5209-8f15-61c8b1752e23	deal/OPP1	3	{"amount": {"amount": "1054.00", "currency": "USD"}, "closedOn": "2017-03-01"}	deal_won	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Won, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2017-03-01T23:59:59.999999Z", "sourceRecordedAt": "2017-03-01T23:59:59.999999Z"}	f
15	6cfcf026-c81a-5871-8099-bf8c048670f5	deal/OPP2	1	{"name": "OPP2", "stage": "engaging", "ownerId": "efbb0b2f-f2b1-5ef4-b423-fde2ec9fc9df", "accountId": "harbour-lane-co", "pipelineId": "maven-crm"}	deal_opened	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-11-01T00:00:00.000000Z", "sourceRecordedAt": "2016-11-01T00:00:00.000000Z"}	f
16	0810425e-bd62-54f2-9fbb-745f9395cd0a	deal/OPP2	2	{"lines": [{"quantity": "1", "productId": "mg-special"}]}	deal_products_changed	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+ProductsChanged, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2016-11-01T00:00:00.000000Z", "sourceRecordedAt": "2016-11-01T00:00:00.000000Z"}	f
17	2b6e68c9-f644-5db2-a3c8-e2f6ae4eb452	deal/OPP2	3	{"amount": {"amount": "0.00", "currency": "USD"}}	deal_amount_changed	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+AmountChanged, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2017-02-15T23:59:59.999999Z", "sourceRecordedAt": "2017-02-15T23:59:59.999999Z"}	f
18	5a973f6d-ed7e-5ba7-8aa4-8292c6080769	deal/OPP2	4	{"reason": "not recorded", "closedOn": "2017-02-15"}	deal_lost	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Lost, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2017-02-15T23:59:59.999999Z", "sourceRecordedAt": "2017-02-15T23:59:59.999999Z"}	f
19	7a502c31-aef9-52bd-8e5a-add1126e1201	deal/OPP3	1	{"name": "OPP3", "stage": "engaging", "ownerId": "74d5d13f-4b00-5aa2-a5ca-42236c5e1370", "pipelineId": "maven-crm"}	deal_opened	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2017-01-10T00:00:00.000000Z", "sourceRecordedAt": "2017-01-10T00:00:00.000000Z"}	f
20	50b112ad-6ed6-5329-93c2-33924cfa35e8	deal/OPP3	2	{"lines": [{"quantity": "1", "productId": "gtx-pro"}]}	deal_products_changed	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+ProductsChanged, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2017-01-10T00:00:00.000000Z", "sourceRecordedAt": "2017-01-10T00:00:00.000000Z"}	f
21	2879869c-bca4-559f-b4f2-609fab05eb36	deal/OPP4	1	{"name": "OPP4", "stage": "prospecting", "ownerId": "7f1bf704-d348-517f-803c-b0659f696a80", "pipelineId": "maven-crm"}	deal_opened	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2026-11-25T14:26:17.211313Z"}	f
22	b5f6aeaf-bd39-52af-ab89-b8db3b6d75ab	deal/OPP4	2	{"lines": [{"quantity": "1", "productId": "mg-special"}]}	deal_products_changed	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+ProductsChanged, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2026-11-25T14:26:17.211313Z"}	f
23	1274eef6-4fd8-5f71-ba7d-8eaffc4cae73	deal/OPP5	1	{"name": "OPP5", "stage": "prospecting", "ownerId": "7f1bf704-d348-517f-803c-b0659f696a80", "pipelineId": "maven-crm"}	deal_opened	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2026-11-25T14:26:17.211313Z"}	f
24	704a7702-3a91-59cb-92fe-85915eb1027f	deal/OPP5	2	{"lines": [{"quantity": "1", "productId": "mg-special"}]}	deal_products_changed	2026-11-25 14:26:17.844446+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+ProductsChanged, SalesOps.Domain	02cfefcb352f79f1eca72201f84733e1	\N	{"key": "a", "actor": "dev", "effectiveAt": "2026-11-25T14:26:17.211313Z"}	f
25	0ee9e160-7e12-548b-a20e-d6707e93fae2	pipeline/salesforce	1	{"name": "Salesforce", "stages": [{"key": "prospecting", "name": "Prospecting", "category": "pipeline", "probability": "0.1"}, {"key": "value-proposition", "name": "Value Proposition", "category": "pipeline", "probability": "0.5"}, {"key": "negociation", "name": "Négociation", "category": "commit", "probability": "0.9"}]}	pipeline_defined	2026-11-25 14:26:18.389109+00	*DEFAULT*	SalesOps.Domain.Pipelines.PipelineEvent+Defined, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "1970-01-01T00:00:00.000000Z"}	f
26	0995ab46-cb9c-53b8-b57c-22ccecb0e8ab	account/001000000000001AAA	1	{"profile": {"name": "Café Zürich", "country": "Schweiz", "revenue": {"amount": "139000000.00", "currency": "USD"}, "industry": "Food", "employees": 1000}}	account_registered	2026-11-25 14:26:18.389109+00	*DEFAULT*	SalesOps.Domain.Accounts.AccountEvent+Registered, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-01-02T08:00:00.000000Z", "sourceRecordedAt": "2024-01-02T08:00:00.000000Z"}	f
27	682c415c-a120-5c8e-b26e-6342d2a6c136	deal/006000000000001AAA	1	{"name": "Espresso \\"Grande\\"", "stage": "prospecting", "source": "Web", "ownerId": "005000000000001AAA", "accountId": "001000000000001AAA", "pipelineId": "salesforce", "expectedClose": "2024-06-30"}	deal_opened	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-01-05T09:00:00.000000Z", "sourceRecordedAt": "2024-01-05T09:00:00.000000Z"}	f
28	b5904f37-846a-5761-b952-c5e3daa68939	deal/006000000000001AAA	2	{"stage": "value-proposition"}	deal_stage_changed	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+StageChanged, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-01T11:00:00.000000Z", "sourceRecordedAt": "2024-02-01T11:00:00.000000Z"}	f
29	8d337010-ed8a-57a7-8149-31d55d547ba6	deal/006000000000001AAA	3	{"amount": {"amount": "14000.00", "currency": "USD"}}	deal_amount_changed	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+AmountChanged, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-01T11:00:00.000000Z", "sourceRecordedAt": "2024-02-01T11:00:00.000000Z"}	f
30	76dfac59-f558-5c53-b38b-aac7a6507bb7	deal/006000000000001AAA	4	{"expectedClose": "2024-05-31"}	deal_close_date_changed	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+CloseDateChanged, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-01T11:00:00.000000Z", "sourceRecordedAt": "2024-02-01T11:00:00.000000Z"}	f
31	4e5a035d-7a55-540a-a649-ca0214488322	deal/006000000000001AAA	5	{"amount": {"amount": "15000.00", "currency": "USD"}}	deal_amount_changed	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+AmountChanged, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-15T11:00:00.000000Z", "sourceRecordedAt": "2024-02-15T11:00:00.000000Z"}	f
32	f81aedb3-ad77-535c-afbc-269baf8ae8f0	deal/006000000000001AAA	6	{"category": "bestCase"}	deal_forecast_category_changed	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+ForecastCategoryChanged, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-15T11:00:00.000000Z", "sourceRecordedAt": "2024-02-15T11:00:00.000000Z"}	f
33	7eca222f-6758-556f-bc46-34bc4e20a6d3	deal/006000000000001AAA	7	{"closedOn": "2024-03-19"}	deal_won	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Won, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-03-20T16:00:00.000000Z", "sourceRecordedAt": "2024-03-20T16:00:00.000000Z"}	f
34	015c8ab8-acfc-5d48-8e09-fc7578a8fe9a	deal/006000000000001AAA	8	{"closedOn": "2024-03-20"}	deal_won	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Won, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "voids": ["7eca222f-6758-556f-bc46-34bc4e20a6d3"], "effectiveAt": "2024-03-20T16:00:00.000000Z", "sourceRecordedAt": "2024-03-22T08:00:00.000000Z"}	f
35	a80bc217-2918-5b3c-8cc4-2856ce741f21	deal/006000000000002AAA	1	{"name": "Grinders", "stage": "value-proposition", "amount": {"amount": "16121000.00", "currency": "USD"}, "ownerId": "005000000000001AAA", "accountId": "001000000000001AAA", "pipelineId": "salesforce", "expectedClose": "2024-09-01"}	deal_opened	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-01T10:00:00.000000Z", "sourceRecordedAt": "2024-02-01T10:00:00.000000Z"}	f
36	1fcbc615-827d-569f-a54f-d8157e10e24e	deal/006000000000004AAA	1	{"name": "Beans", "stage": "prospecting", "ownerId": "005000000000002AAA", "pipelineId": "salesforce"}	deal_opened	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-10T10:00:00.000000Z", "sourceRecordedAt": "2024-02-10T10:00:00.000000Z"}	f
37	31974a82-1783-53e2-8e3f-d978905a2301	deal/006000000000004AAA	2	{"amount": {"amount": "300.00", "currency": "USD"}}	deal_amount_changed	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+AmountChanged, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-10T10:00:00.000000Z", "sourceRecordedAt": "2024-02-10T10:00:00.000000Z"}	f
38	565a69cc-7481-5792-ae1a-3c07e666c6bb	deal/006000000000004AAA	3	{"reason": "not recorded", "closedOn": "2024-01-31"}	deal_lost	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Lost, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-10T10:00:00.000000Z", "sourceRecordedAt": "2024-02-10T10:00:00.000000Z"}	f
39	d2900404-3f3b-5395-a1bf-e9dc5413529f	deal/006000000000005AAA	1	{"name": "Cups", "stage": "prospecting", "ownerId": "005000000000002AAA", "pipelineId": "salesforce", "expectedClose": "2024-12-01"}	deal_opened	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-11T10:00:00.000000Z", "sourceRecordedAt": "2024-02-11T10:00:00.000000Z"}	f
40	d179ee1b-895f-5a7a-9b72-6f0fe0a48870	deal/006000000000005AAA	2	{"stage": "negociation"}	deal_stage_changed	2026-11-25 14:26:18.443833+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+StageChanged, SalesOps.Domain	1b63472c520548315b50d83c0b01de08	\N	{"key": "b", "actor": "dev", "effectiveAt": "2024-02-20T12:00:00.000000Z", "sourceRecordedAt": "2024-02-20T12:00:00.000000Z"}	f
41	01a21319-a956-7c3b-8cc0-67be8a6f466d	deal/d1	1	{"name": "Deal 1", "stage": "prospecting", "amount": {"amount": "1000.00", "currency": "EUR"}, "ownerId": "ada", "pipelineId": "default"}	deal_opened	2026-11-25 14:26:18.676778+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	439c5580dfeb76824b30066d31241e19	\N	{"actor": "dev", "effectiveAt": "2026-01-15T00:00:00.000000Z"}	f
42	01a21319-a9db-71a8-8b9b-a7f75ba2ab01	deal/d2	1	{"name": "Deal 2", "stage": "prospecting", "amount": {"amount": "2000.00", "currency": "EUR"}, "ownerId": "ada", "pipelineId": "default"}	deal_opened	2026-11-25 14:26:18.718298+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	ec5b628f2a90ac26c1fe7d48b8a6939f	\N	{"actor": "dev", "effectiveAt": "2026-01-15T00:00:00.000000Z"}	f
43	01a21319-a9f0-7833-afda-06164f80aca9	deal/d3	1	{"name": "Deal 3", "stage": "prospecting", "amount": {"amount": "3000.00", "currency": "EUR"}, "ownerId": "ada", "pipelineId": "default"}	deal_opened	2026-11-25 14:26:18.739112+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Opened, SalesOps.Domain	fba6a9f0ead02a96be457a23ac3509cf	\N	{"actor": "dev", "effectiveAt": "2026-01-15T00:00:00.000000Z"}	f
44	01a21319-aa05-77be-ab25-5d6028d8b6fa	deal/d1	2	{"closedOn": "2026-03-20"}	deal_won	2026-11-25 14:26:18.759568+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Won, SalesOps.Domain	b41467bc6e8c05d63911fe6ce68d2658	\N	{"actor": "dev", "effectiveAt": "2026-03-20T23:59:59.999999Z"}	f
45	01a21319-ab8f-7dbf-82de-8d5111f53cd9	deal/d1	3	{"closedOn": "2026-03-22"}	deal_won	2026-11-25 14:26:19.181615+00	*DEFAULT*	SalesOps.Domain.Deals.DealEvent+Won, SalesOps.Domain	906535a2e88fbb7021db2276b70e1ea2	\N	{"key": "fix", "actor": "dev", "voids": ["01a21319-aa05-77be-ab25-5d6028d8b6fa"], "reason": "signed later", "effectiveAt": "2026-03-22T23:59:59.999999Z"}	f
\.
COPY public.mt_streams (tenant_id, id, type, version, "timestamp", created, is_archived) FROM stdin;
*DEFAULT*	pipeline/maven-crm	pipeline	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	product/gtx-pro	product	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	product/mg-special	product	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	account/north-works	account	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	account/harbour-lane-co	account	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	rep/fbdf4f2c-9b7a-5e12-9f22-4a4b6b66953a	rep	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	rep/50197fc6-4f5f-5998-ab46-7ecaeafcf403	rep	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	rep/7f1bf704-d348-517f-803c-b0659f696a80	rep	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	rep/efbb0b2f-f2b1-5ef4-b423-fde2ec9fc9df	rep	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	rep/c8d051b5-399c-5ef9-96fc-291bca380543	rep	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	rep/74d5d13f-4b00-5aa2-a5ca-42236c5e1370	rep	1	2026-11-25 14:26:17.710546+00	2026-11-25 14:26:17.710546+00	f
*DEFAULT*	deal/OPP1	deal	3	2026-11-25 14:26:17.844446+00	2026-11-25 14:26:17.844446+00	f
*DEFAULT*	deal/OPP2	deal	4	2026-11-25 14:26:17.844446+00	2026-11-25 14:26:17.844446+00	f
*DEFAULT*	deal/OPP3	deal	2	2026-11-25 14:26:17.844446+00	2026-11-25 14:26:17.844446+00	f
*DEFAULT*	deal/OPP4	deal	2	2026-11-25 14:26:17.844446+00	2026-11-25 14:26:17.844446+00	f
*DEFAULT*	deal/OPP5	deal	2	2026-11-25 14:26:17.844446+00	2026-11-25 14:26:17.844446+00	f
*DEFAULT*	pipeline/salesforce	pipeline	1	2026-11-25 14:26:18.389109+00	2026-11-25 14:26:18.389109+00	f
*DEFAULT*	account/001000000000001AAA	account	1	2026-11-25 14:26:18.389109+00	2026-11-25 14:26:18.389109+00	f
*DEFAULT*	deal/006000000000001AAA	deal	8	2026-11-25 14:26:18.443833+00	2026-11-25 14:26:18.443833+00	f
*DEFAULT*	deal/006000000000002AAA	deal	1	2026-11-25 14:26:18.443833+00	2026-11-25 14:26:18.443833+00	f
*DEFAULT*	deal/006000000000004AAA	deal	3	2026-11-25 14:26:18.443833+00	2026-11-25 14:26:18.443833+00	f
*DEFAULT*	deal/006000000000005AAA	deal	2	2026-11-25 14:26:18.443833+00	2026-11-25 14:26:18.443833+00	f
*DEFAULT*	deal/d2	deal	1	2026-11-25 14:26:18.718298+00	2026-11-25 14:26:18.718298+00	f
*DEFAULT*	deal/d3	deal	1	2026-11-25 14:26:18.739112+00	2026-11-25 14:26:18.739112+00	f
*DEFAULT*	deal/d1	deal	3	2026-11-25 14:26:19.181615+00	2026-11-25 14:26:18.676778+00	f
\.
COPY public.notary_block (tenant_id, block, first_seq, last_seq, events, leaves, root, previous, hash, closed_at) FROM stdin;
*DEFAULT*	1	1	24	24	\\x0000000000000001a6eff2e82adc334f20b593968d8ce752ed56dd8ce9b7c45c23e19873e86c9846000000000000000280ba4d90196563457701f4c347692513368b9f97b0a1ea9c48d6b76e9e71dc6f00000000000000039bdfe285220c41ab3a3cca505009d51c0316f4c9939cf7e6bc98dbdf7a9ca016000000000000000453d2dc5d2a26ba03dc418d978a34e78cb87d696239a15c0bf5a30825a8c1001e00000000000000057cc715032c9fb6997657702f072bae50ca6bef6fc5365be0e9ee4139d0ac571c0000000000000006fa71c03ad55c1e518a9cc03547c0944908f02ca36d79e821da94bb544f3e11740000000000000007e7477a8630b8739a1cb89f209eceb1a0dc3774efbdf9c821fffa2a01f01de6a90000000000000008b41990df2e89c2dcd890bda633300e47d63c2d669c1929b688b1c5c98c60e895000000000000000947289623c5c7297a200a204e5a909e1c6f20395fd6c8be17e5d41e06a27bcda9000000000000000a4f117218897e8d41d68978b84642b438c69bf401223f96fb15747ea8a38ff5a3000000000000000b3ce6146a02f03a9361871d9501aec5632b5160f8a422fd06e1affb0e6accd2d7000000000000000c47c896bf629f31c03fbc7ee68fd492ce918aaf2e6f1d4eb140068c465d9ffbc7000000000000000dde94fe5894cacb5b33b4fbbd6a224a9a22e0472e64086596c72b78ccc251e1ea000000000000000e137ea3d409dd002b6461c77188b7a9766a489aeafc09788de514e053bfeccc9e000000000000000f6ebe325b81d3f2238091f0d5b620668c86cc10450fd3902d17f94e9f029846230000000000000010a8fb6a1ed02d389aa39fc933fbcff4b6eab8232ee9d2d0d2d89d72d906d7d42f0000000000000011180bacfa01369e223cf9887291abf6dc6772220e2bf15078f82c4f202760729a0000000000000012bf9f6e95ea7e70a9817c956d8736ef0d8bebd4ddc916dd2ff3feb73bb41083cf0000000000000013aa95ca796c7002f7f6359e165be1b6d2f7fa03e4d6d4fabee4516c6bf2222858000000000000001427f02b35579f52163f08ddeb6bf7d2cccb3180775d4f570338ca7672c15388430000000000000015c1b65ea13039f29d751db6a08217a24a4feced8a959286f6f1b056e38ecf7129000000000000001695ea1340881417047acd833ed11c854b3b7c5d98ca8855aadb5f19062f17457a0000000000000017552dc16eb587f66a83a9b9d95c6955e8a3c0143b70032a0bcd33db73e21379780000000000000018d707fce72f7235568296ed6aa9c6813739cf7036cb0f5cc864ac0b3322d9ea49	\\x9a7ce664696351906321870c0f39673283c7595434884ae826e2cf782cdedc74	\\x0000000000000000000000000000000000000000000000000000000000000000	\\xc3706cbafc2db39924538c1d8222488f3bf041e3596be1a3853d812daccdf84c	2026-11-25 14:26:18.308411+00
*DEFAULT*	2	25	45	21	\\x0000000000000019156324b109e4a75a6b36129840446bb7a03fbe1ecbee2454836cc8fb25d57fd7000000000000001aad2a612cad8d166fcb505b496b2cc28d157567400432800a95ffdd42f3129a0b000000000000001b2a174f59330efba636ebd5391d02b7b3a860e933ac6bb7f771bfbc668451266b000000000000001cd2d73575dca5e984fcd76ffc5ef655807ba39ca23cf47cb8651b6a121362af7f000000000000001d8ad618b9d144e4f6cf041be75978c5cfcfa9b42ae2ced78359a43265eb436b16000000000000001e264ede6d7a16aea5d506716e36a1cd9111cc5ff8c2962ecc519923793e5d8430000000000000001fff1025e58ee32f770d25c4487e17b20d3735c7693a44048d73ff68db26dc5cba000000000000002017574d4767d17f17a8f0cc1381441a577c68eadeac954e9d7228fb2816a86fa800000000000000217ff6f606c18ff5f11226ec4394ffa2d1bda62293247a373c2205b22190b8aec70000000000000022e3c74c3fe48f570da836d7d0a69542db01a1bb8415309d94d2baa49db6aa74ef000000000000002346dd2ae218631006c433f3a2a063e70e205813c6f7c1d8f32d81ee271c2c90f00000000000000024bdd867eb818869fec50c8c07a3b022e5a0a6762f03a209bd5dfb1706c9ebf8dd000000000000002577c903ff8090b3bc77ec31610cd4057718f80d1153b1bf31047b583de3508002000000000000002698e11af448c450be5974e4263d82d33bc23232d677adec561b4f3d7aedc3a9ce0000000000000027f0533c5b6573436529fe218a5c459f5053fd48117478b35bbfe77ea4a910df3900000000000000288653d38f619e570a2f1e99f71db6972d3dd2b5bbe8e170f421f1a61f3e53895f00000000000000297bad803600911b9862312aa8b8a5b02a2c0138d55d6774c0104593245cab209a000000000000002ae92e62bc6b517a0246fc99d34150c46fcf9d4e368410b9ca82f2676e5df3fbf5000000000000002b6b12125b0a854bd8304046b2a1e19d2cae218c1dac915b0a4024892b0210582d000000000000002cd712c139833297e84e657a27d193c334a7b986d374483dd3dd0c5cba4144a448000000000000002d7aa34e24644a0c57aaa724f62e3198e7c35d3c5d14623057ffbd5460e25c718c	\\x95d8698b21940606b3467e36cfdccd4dad8093b72f8373e50adba5e4d07659fb	\\xc3706cbafc2db39924538c1d8222488f3bf041e3596be1a3853d812daccdf84c	\\x65182a38660faf8316d99824e8e969917c152e779f6d815de9d19d87bda12176	2026-11-25 14:26:19.491763+00
\.
COPY public.product_facts (tenant_id, product_id, valid_from, valid_to, known_from, known_to, name, series, list_price, currency) FROM stdin;
*DEFAULT*	gtx-pro	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	GTX Pro	GTX	4821.00	USD
*DEFAULT*	mg-special	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	MG Special	MG	55.00	USD
\.
COPY public.rep_facts (tenant_id, rep_id, valid_from, valid_to, known_from, known_to, name, manager_id, team, office) FROM stdin;
*DEFAULT*	fbdf4f2c-9b7a-5e12-9f22-4a4b6b66953a	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	Mia Lead	\N	\N	\N
*DEFAULT*	50197fc6-4f5f-5998-ab46-7ecaeafcf403	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	Kim Chief Senior	\N	\N	\N
*DEFAULT*	7f1bf704-d348-517f-803c-b0659f696a80	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	Ada Rep	fbdf4f2c-9b7a-5e12-9f22-4a4b6b66953a	\N	West
*DEFAULT*	efbb0b2f-f2b1-5ef4-b423-fde2ec9fc9df	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	Bo Rep	fbdf4f2c-9b7a-5e12-9f22-4a4b6b66953a	\N	West
*DEFAULT*	c8d051b5-399c-5ef9-96fc-291bca380543	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	Kim Chief	50197fc6-4f5f-5998-ab46-7ecaeafcf403	\N	East
*DEFAULT*	74d5d13f-4b00-5aa2-a5ca-42236c5e1370	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	Joe Rep	c8d051b5-399c-5ef9-96fc-291bca380543	\N	East
\.
COPY public.schema_migration (number, name, sha256, applied_at) FROM stdin;
1	store	d9bc1e676de792a7f0b523a0a01f9f8976238de68319f6321da8f9468a9eac24	2026-11-25 14:26:11.985582+00
101	facts	0683e730fa8121b174ada2e51a2901e2f8b358d818c8950cd8904b133a2f237d	2026-11-25 14:26:12.035281+00
102	api_secret	f599c66a761b72e53cd3a4845116787e69f3b44d313684cdf6ff2b1ae3815fb9	2026-11-25 14:26:12.048955+00
\.
COPY public.stage_facts (tenant_id, pipeline_id, stage, valid_from, valid_to, known_from, known_to, pipeline_name, stage_order, name, probability, category) FROM stdin;
*DEFAULT*	maven-crm	prospecting	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	Maven CRM	0	Prospecting	\N	\N
*DEFAULT*	maven-crm	engaging	2016-01-01 00:00:00+00	infinity	2026-11-25 14:26:17.710546+00	infinity	Maven CRM	1	Engaging	\N	\N
*DEFAULT*	salesforce	prospecting	1970-01-01 00:00:00+00	infinity	2026-11-25 14:26:18.389109+00	infinity	Salesforce	0	Prospecting	0.1	pipeline
*DEFAULT*	salesforce	value-proposition	1970-01-01 00:00:00+00	infinity	2026-11-25 14:26:18.389109+00	infinity	Salesforce	1	Value Proposition	0.5	pipeline
*DEFAULT*	salesforce	negociation	1970-01-01 00:00:00+00	infinity	2026-11-25 14:26:18.389109+00	infinity	Salesforce	2	Négociation	0.9	commit
\.
SELECT pg_catalog.setval('public.mt_events_sequence', 45, true);
ALTER TABLE ONLY public.api_secret
    ADD CONSTRAINT api_secret_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (tenant_id, key);
ALTER TABLE ONLY public.log_head
    ADD CONSTRAINT log_head_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.notary_block
    ADD CONSTRAINT notary_block_pkey PRIMARY KEY (tenant_id, block);
ALTER TABLE ONLY public.mt_event_progression
    ADD CONSTRAINT pkey_mt_event_progression_name PRIMARY KEY (name);
ALTER TABLE ONLY public.mt_events
    ADD CONSTRAINT pkey_mt_events_seq_id PRIMARY KEY (seq_id);
ALTER TABLE ONLY public.mt_streams
    ADD CONSTRAINT pkey_mt_streams_tenant_id_id PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (number);
CREATE UNIQUE INDEX account_facts_current ON public.account_facts USING btree (tenant_id, account_id, valid_from) WHERE (known_to = 'infinity'::timestamp with time zone);
CREATE INDEX account_facts_known ON public.account_facts USING btree (tenant_id, known_to, known_from);
CREATE INDEX deal_facts_closed ON public.deal_facts USING btree (tenant_id, closed_on) WHERE ((status)::text <> 'open'::text);
CREATE UNIQUE INDEX deal_facts_current ON public.deal_facts USING btree (tenant_id, deal_id, valid_from) WHERE (known_to = 'infinity'::timestamp with time zone);
CREATE INDEX deal_facts_open ON public.deal_facts USING btree (tenant_id, valid_class, valid_from) INCLUDE (valid_to, known_from, pipeline_id, stage, owner_id, account_id, category, amount, currency) WHERE ((known_to = 'infinity'::timestamp with time zone) AND ((status)::text = 'open'::text));
CREATE INDEX deal_facts_open_once ON public.deal_facts USING btree (tenant_id, known_class, known_from) INCLUDE (known_to, valid_from, valid_to, pipeline_id, stage, owner_id, account_id, category, amount, currency) WHERE ((known_to <> 'infinity'::timestamp with time zone) AND ((status)::text = 'open'::text));
CREATE INDEX idempotency_recorded_at ON public.idempotency USING btree (recorded_at);
CREATE INDEX notary_block_last_seq ON public.notary_block USING btree (tenant_id, last_seq);
CREATE UNIQUE INDEX pk_mt_events_id_unique ON public.mt_events USING btree (id);
CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON public.mt_events USING btree (tenant_id, stream_id, version);
CREATE UNIQUE INDEX product_facts_current ON public.product_facts USING btree (tenant_id, product_id, valid_from) WHERE (known_to = 'infinity'::timestamp with time zone);
CREATE INDEX product_facts_known ON public.product_facts USING btree (tenant_id, known_to, known_from);
CREATE UNIQUE INDEX rep_facts_current ON public.rep_facts USING btree (tenant_id, rep_id, valid_from) WHERE (known_to = 'infinity'::timestamp with time zone);
CREATE INDEX rep_facts_known ON public.rep_facts USING btree (tenant_id, known_to, known_from);
CREATE UNIQUE INDEX stage_facts_current ON public.stage_facts USING btree (tenant_id, pipeline_id, stage, valid_from) WHERE (known_to = 'infinity'::timestamp with time zone);
CREATE INDEX stage_facts_known ON public.stage_facts USING btree (tenant_id, known_to, known_from);
CREATE TRIGGER mt_events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.mt_events FOR EACH STATEMENT EXECUTE FUNCTION public.log_is_append_only();
ALTER TABLE public.mt_events ENABLE ALWAYS TRIGGER mt_events_append_only;

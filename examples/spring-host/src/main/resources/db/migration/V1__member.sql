-- The host's own members. Runs on H2 and PostgreSQL.
CREATE SEQUENCE member_ids START WITH 1001;

CREATE TABLE member (
    id bigint PRIMARY KEY,
    version bigint NOT NULL,
    organization varchar(100) NOT NULL,
    merged_into bigint,
    member_number varchar(200),
    first_name varchar(200),
    last_name varchar(200),
    birth_date date,
    national_id_hash varchar(200),
    email varchar(400),
    mobile varchar(100),
    street varchar(400),
    postal_code varchar(50),
    city varchar(200),
    country varchar(50),
    protected_address boolean,
    status varchar(50),
    membership_type varchar(200),
    member_from date,
    member_to date,
    paid_until date,
    roles varchar(2000),
    affiliations varchar(2000),
    certified_from date,
    certified_until date,
    mentor_status varchar(100)
);

CREATE INDEX member_by_number ON member (member_number);
CREATE INDEX member_by_birth_date ON member (birth_date);
CREATE INDEX member_by_name ON member (organization, last_name, first_name);

-- Which member a login of Vipps is.
CREATE TABLE member_login (
    subject varchar(200) PRIMARY KEY,
    member bigint NOT NULL
);

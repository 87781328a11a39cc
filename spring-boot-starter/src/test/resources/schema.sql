CREATE TABLE IF NOT EXISTS app_member (
    id           varchar(40) PRIMARY KEY,
    version      bigint NOT NULL,
    organization varchar(100) NOT NULL,
    member_no    varchar(100),
    first_name   varchar(200),
    last_name    varchar(200),
    email        varchar(300),
    status       varchar(40),
    login        varchar(100)
);

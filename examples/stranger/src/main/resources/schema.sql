CREATE TABLE IF NOT EXISTS guest (
    id varchar(100) PRIMARY KEY,
    version bigint NOT NULL,
    house varchar(100) NOT NULL,
    number varchar(50),
    first_name varchar(200),
    last_name varchar(200)
);

-- What members are searched by, so that an index finds the start of a name whatever its case.
ALTER TABLE member ADD last_key varchar(200) GENERATED ALWAYS AS (LOWER(last_name));
ALTER TABLE member ADD name_key varchar(401) GENERATED ALWAYS AS (LOWER(first_name || ' ' || last_name));

CREATE INDEX member_by_last_key ON member (last_key, id);
CREATE INDEX member_by_name_key ON member (name_key, id);
CREATE INDEX member_by_organization_last_key ON member (organization, last_key, id);
CREATE INDEX member_by_organization_name_key ON member (organization, name_key, id);

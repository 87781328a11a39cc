package io.membersync.spring.host;

import io.membersync.MemberSyncEngine;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

// [own edit]
/** The host's own members. */
@Service
public class Members {

    private final JdbcClient database;
    private final MemberSyncEngine engine;

    Members(JdbcClient database, MemberSyncEngine engine) {
        this.database = database;
        this.engine = engine;
    }

    /** Changes an address; the change and its announcement stand or fall together. */
    @Transactional
    public void changeEmail(String id, String email) {
        database.sql("UPDATE app_member SET email = ?, version = version + 1 WHERE id = ?")
                .params(email, id)
                .update();
        engine.as(Caller.host()).edits().announce(MemberId.of(id));
    }
}
// [end]

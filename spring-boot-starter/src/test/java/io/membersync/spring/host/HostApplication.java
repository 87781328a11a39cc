package io.membersync.spring.host;

import io.membersync.event.AlertListener;
import io.membersync.http.RetryPolicy;
import io.membersync.model.MemberField;
import io.membersync.spring.MemberSyncCustomizer;
import io.membersync.storage.jdbc.MemberTable;
import java.lang.System.Logger.Level;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A host with a member table of its own. */
@SpringBootApplication
public class HostApplication {

    private static final System.Logger LOG = System.getLogger(HostApplication.class.getName());

    HostApplication() {}

    // [member table]
    @Bean
    MemberTable memberTable() {
        return MemberTable.of("app_member")
                .id("id")
                .version("version")
                .organization("organization")
                .column(MemberField.MEMBER_NUMBER, "member_no")
                .column(MemberField.FIRST_NAME, "first_name")
                .column(MemberField.LAST_NAME, "last_name")
                .column(MemberField.EMAIL, "email")
                .column(MemberField.STATUS, "status")
                .build();
    }
    // [end]

    // [listener]
    @Bean
    AlertListener alerts() {
        return alert ->
                LOG.log(Level.WARNING, alert.kind() + ": " + alert.finding().message());
    }
    // [end]

    // [customizer]
    @Bean
    MemberSyncCustomizer patience() {
        return builder -> builder.retries(RetryPolicy.NONE);
    }
    // [end]
}

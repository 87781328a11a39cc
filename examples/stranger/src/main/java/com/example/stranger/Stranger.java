package com.example.stranger;

import io.membersync.MemberSyncEngine;
import io.membersync.event.SyncListener;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.jdbc.MemberTable;
import java.net.URI;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootApplication
public class Stranger {
    public static void main(String[] arguments) {
        SpringApplication.run(Stranger.class, arguments);
    }

    @Bean
    MemberTable guests() {
        return MemberTable.of("guest").id("id").version("version").organization("house")
                .column(MemberField.MEMBER_NUMBER, "number")
                .column(MemberField.FIRST_NAME, "first_name")
                .column(MemberField.LAST_NAME, "last_name")
                .build();
    }

    @Bean
    ApplicationRunner connect(MemberSyncEngine engine, @Value("${registry}") URI registry) {
        IntegrationDraft draft = IntegrationDraft.of(
                IntegrationId.of("guests"), OrganizationId.of("house"), "guest-list", registry, new Credentials.None());
        return arguments -> engine.as(Caller.globalAdministrator("setup"))
                .onboarding()
                .confirm(draft.schedule(SyncSchedule.everyMinutes(30)), Optional.empty());
    }

    @Bean
    SyncListener report(JdbcClient database) {
        return event -> System.out.println("Guests: "
                + database.sql("SELECT last_name FROM guest ORDER BY id").query(String.class).list());
    }
}

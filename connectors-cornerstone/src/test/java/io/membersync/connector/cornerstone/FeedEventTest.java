package io.membersync.connector.cornerstone;

import static io.membersync.connector.cornerstone.JsonPages.JSON;
import static io.membersync.connector.cornerstone.JsonPages.WHAT;
import static io.membersync.connector.cornerstone.JsonPages.broken;
import static io.membersync.connector.cornerstone.JsonPages.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryRecord.Gone;
import io.membersync.connector.RegistryRecord.Merged;
import io.membersync.connector.RegistryRecord.Present;
import io.membersync.connector.RegistryRecord.Unreadable;
import io.membersync.model.ExternalId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedEventTest {

    @Test
    void readsTheThreeKindsOfEvent() {
        assertThat(event("{'seq':1,'op':'upsert','id':'m_1','member':{'id':'m_1','etag':'2'}}"))
                .isInstanceOfSatisfying(
                        Present.class,
                        present -> assertThat(present.version().text()).isEqualTo("2"));
        assertThat(event("{'seq':2,'op':'delete','id':'m_2','reason':'erased'}"))
                .isEqualTo(new Gone(ExternalId.of("m_2"), "erased"));
        assertThat(event("{'seq':3,'op':'merge','id':'m_3','into':'m_1'}"))
                .isEqualTo(new Merged(ExternalId.of("m_3"), ExternalId.of("m_1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'delete'} | id",
                "{'op':'rename','id':'m_1'} | op",
                "{'id':'m_1'} | op",
                "{'op':7,'id':'m_1'} | op",
                "{'op':'upsert','id':'m_1'} | member",
                "{'op':'upsert','id':'m_1','member':null} | member",
                "{'op':'upsert','id':'m_1','member':{'etag':'1'}} | id",
                "{'op':'upsert','id':'m_1','member':{'id':'m_2'}} | id",
                "{'op':'merge','id':'m_1'} | into",
                "{'op':'merge','id':'m_1','into':'m_1'} | into",
                "{'op':'merge','id':'m_1','into':' '} | into",
            })
    void givesAnEventThatCannotBeReadAsData(String event, String path) {
        assertThat(event(event)).isInstanceOfSatisfying(Unreadable.class, bad -> {
            assertThat(bad.path()).isEqualTo(path);
            assertThat(bad.externalId().isPresent()).isEqualTo(event.contains("'id':'m_1'"));
        });
    }

    @Test
    void tellsOfDamageInAnEventByThePathInTheMember() {
        List<RegistryRecord> records = JSON.changes(
                        WHAT,
                        broken(
                                "{'data':[{'op':'upsert','id':'m_1','member':{'id':'m_1','person':{'lastName':'",
                                "'}}}],'next':'f_2','hasMore':false}"))
                .records();

        assertThat(records)
                .singleElement()
                .hasToString(new Unreadable(Optional.of(ExternalId.of("m_1")), "person.lastName", "invalid UTF-8")
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Kari Nordmann", "", "0123456789", "kari@example.test"})
    void showsNoSentenceAsTheReasonOfADeletion(String reason) {
        assertThat(event("{'op':'delete','id':'m_2','reason':'" + reason + "'}"))
                .isEqualTo(new Gone(ExternalId.of("m_2"), "deleted"));
    }
}

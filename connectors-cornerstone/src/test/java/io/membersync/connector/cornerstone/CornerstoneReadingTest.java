package io.membersync.connector.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayRequest;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CornerstoneReadingTest extends Conversation {

    @Test
    void asksForPagesWithTheKeyInItsHeader() {
        Connector behindProxy = open(Map.of("keyHeader", "Ocp-Key", "pageSize", "20"));
        script.next(200, "{'data':[],'next':null}");

        behindProxy.fullReader().read(new Cursor("c_ 1&+/ø"));

        GatewayRequest request = script.requests.get(0);
        assertThat(request.target()).isEqualTo("/members?limit=20&cursor=c_%201%26%2B%2F%C3%B8");
        assertThat(request.headers()).containsEntry("Ocp-Key", "cs_test_1").doesNotContainKey("X-API-Key");
        assertThat(request.mayRepeat()).isTrue();
    }

    @Test
    void concludesNothingWhenTheListingDoesNotSayThatItEnds() {
        Page page = listing("{'data':[{'id':'m_1'}]}");

        assertThat(page.ending()).isEqualTo(Page.Ending.UNKNOWN);
        assertThat(page.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "''", "' '", "{}", "[]", "true", "'c_1'"})
    void refusesAListingWhoseWayOnLeadsNowhere(String next) {
        assertThat(catchThrowableOfType(RegistryException.class, () -> listing("{'data':[],'next':" + next + "}"))
                        .fault())
                .isEqualTo(Fault.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'data':[],'next':'f_2'}",
                "{'data':[],'next':'f_2','hasMore':'no'}",
                "{'data':[],'hasMore':true}",
                "{'data':[],'next':null,'hasMore':false}",
                "{'data':[],'next':'f_1','hasMore':true}",
                "{'data':[{'op':'delete','id':'m_1'}],'next':'f_1','hasMore':false}"
            })
    void refusesAFeedThatDoesNotSayWhereItStands(String body) {
        assertThat(catchThrowableOfType(RegistryException.class, () -> feed(body))
                        .fault())
                .isEqualTo(Fault.UNREADABLE);
    }

    @Test
    void staysAtItsPlaceInAFeedWhereNothingHappened() {
        assertThat(feed("{'data':[],'next':'f_1','hasMore':false}").next()).contains(new Cursor("f_1"));
    }

    @Test
    void takesAnUnknownPlaceInTheListingAsExpired() {
        script.next(410, "{'type':'x/cursor-expired','status':410}");

        assertThat(catchThrowableOfType(
                                RegistryException.class,
                                () -> connector.fullReader().read(new Cursor("c_1")))
                        .fault())
                .isEqualTo(Fault.CURSOR_EXPIRED);
    }

    @Test
    void believesOnlyTheRegistryItselfThatAMemberIsGone() {
        assertThat(single(404, Map.of(), "{'type':'x/not-found','status':404}"))
                .isEqualTo(new RegistryRecord.Gone(ExternalId.of("m_1"), "deleted"));
        assertThat(single(410, Map.of(), "{'type':'x/gone','status':410,'reason':'erased'}"))
                .isEqualTo(new RegistryRecord.Gone(ExternalId.of("m_1"), "erased"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Not found",
                "{}",
                "{'timestamp':'2026-03-02','status':404,'error':'Not Found','path':'/api'}",
                "{'type':'x/not-found'"
            })
    void takesAnothersNotFoundForAWrongAddress(String body) {
        assertThat(catchThrowableOfType(RegistryException.class, () -> single(404, Map.of(), body))
                        .fault())
                .isEqualTo(Fault.ENDPOINT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/rooms/nbf/members/m_2%20%C3%B8",
                "https://registry.test/api/v1/rooms/nbf/members/m_2%20%C3%B8",
                "/members/m_2%20%C3%B8?from=m_1#x"
            })
    void followsAMergeByItsLocation(String location) {
        assertThat(single(301, Map.of("location", List.of(location)), ""))
                .isEqualTo(new RegistryRecord.Merged(ExternalId.of("m_1"), ExternalId.of("m_2 ø")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m_2", "/login", "/members/", "/members/m_1", "/rooms/m_2", "/members/%zz"})
    void believesNoMergeIntoNowhere(String location) {
        assertThat(single(301, Map.of("Location", List.of(location)), ""))
                .isInstanceOf(RegistryRecord.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'delete','id':'m_1','member':{'id':'m_1','protected':true}}",
                "{'op':'upsert','id':'m_1','member':{'id':'m_1','etag':['x'],'protected':true}}",
                "{'op':'upsert','id':'m_1','member':{'id':'m_1','etag':'1','protected':true,'name':'\\uD800'}}",
                "{'op':'no such','id':'m_1','member':{'id':'m_1','protected':true}}"
            })
    void passesOnWhatALostOrBrokenRecordStillSays(String event) {
        RegistryRecord record = feed("{'data':[" + event + "],'next':'f_2','hasMore':false}")
                .records()
                .get(0);

        assertThat(record).isNotInstanceOf(RegistryRecord.Present.class);
        assertThat(record.said())
                .map(said -> said.read(new FieldPath("protected", List.of("protected"), List.of(false))))
                .contains(new RawValue.Bool(true));
        assertThat(record.toString()).doesNotContain("protected");
    }

    @Test
    void takesAnotherMembersRecordForNone() {
        assertThat(single(200, Map.of(), "{'id':'m_2','etag':'1'}")).isInstanceOf(RegistryRecord.Unreadable.class);
    }
}

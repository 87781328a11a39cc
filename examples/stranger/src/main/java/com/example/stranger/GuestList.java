package com.example.stranger;

import io.membersync.connector.Abilities;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SingleReader;
import io.membersync.connector.SystemType;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** Reads a list with a line for each guest: number;first name;last name. */
@Component
public class GuestList implements ConnectorFactory {
    private static final Optional<String> NO = Optional.of("It is a list, and can do no more");
    public SystemType system() { return new SystemType("guest-list", "Guest list"); }
    public SettingsForm form() { return new SettingsForm(SettingsForm.CredentialKind.NONE, List.of()); }
    public Connector open(ConnectorContext context) { return new Guests(context.gateway()); }
    public MappingSet suggestedMapping() {
        return MappingSet.of(Mapping.inbound(MemberField.MEMBER_NUMBER, "0"),
                Mapping.inbound(MemberField.FIRST_NAME, "1"), Mapping.inbound(MemberField.LAST_NAME, "2"));
    }

    record Guests(HttpGateway gateway) implements Connector {
        public Abilities abilities() { return new Abilities(Abilities.IdOrder.NONE, false, NO, NO, NO, 1000); }
        public ConnectionReport test() {
            return new ConnectionReport.Connected("Guests", OptionalLong.empty(), Optional.empty(), abilities());
        }
        public FullReader fullReader() {
            return after -> {
                GatewayResponse answer = gateway.send(GatewayRequest.get("/guests.csv"));
                List<RegistryRecord> guests = new String(answer.body(), StandardCharsets.UTF_8)
                        .lines().map(line -> line.split(";")).<RegistryRecord>map(cells -> new RegistryRecord.Present(
                                new ExternalId(cells[0]), RecordVersion.NONE,
                                path -> new RawValue.Text(cells[Integer.parseInt(path.text())]))).toList();
                return new Page(guests, Optional.empty(), Page.Ending.COMPLETE, Optional.empty(), answer.sentAt());
            };
        }
        public Optional<DeltaReader> deltaReader() { return Optional.empty(); }
        public Optional<SingleReader> singleReader() { return Optional.empty(); }
        public Optional<RecordWriter> writer() { return Optional.empty(); }
        public void close() {}
    }
}

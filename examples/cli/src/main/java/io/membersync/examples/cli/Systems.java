package io.membersync.examples.cli;

import io.membersync.connector.ConnectorFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The member systems on the class path. */
final class Systems {

    private Systems() {}

    static List<ConnectorFactory> all() {
        return ServiceLoader.load(ConnectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(factory -> factory.system().id()))
                .toList();
    }

    static Optional<ConnectorFactory> find(String id) {
        return all().stream()
                .filter(factory -> factory.system().id().equals(id))
                .findFirst();
    }

    static List<String> ids() {
        return all().stream().map(factory -> factory.system().id()).toList();
    }
}

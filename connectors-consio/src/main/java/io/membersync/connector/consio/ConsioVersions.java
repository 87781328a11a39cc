package io.membersync.connector.consio;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The versions of the interface that the connector knows, oldest first, at least one. Immutable. */
record ConsioVersions(List<ConsioProfile> profiles) {

    private static final Pattern SHOWN = Pattern.compile("[0-9A-Za-z.]{1,20}");

    ConsioVersions {
        profiles = List.copyOf(profiles);
    }

    /** {@return the versions as they are assumed to be} */
    static ConsioVersions assumed() {
        return new ConsioVersions(List.of(ConsioProfile.assumed()));
    }

    ConsioProfile newest() {
        return profiles.get(profiles.size() - 1);
    }

    Optional<ConsioProfile> find(String version) {
        return profiles.stream()
                .filter(profile -> profile.version().equals(version))
                .findFirst();
    }

    /** {@return the failure for a registry that speaks another version} */
    RegistryException unknown(String what, String version) {
        return new RegistryException(Fault.UNREADABLE, what + ": " + advice(version));
    }

    /** {@return what to do about a registry that speaks another version; an empty one is not known} */
    String advice(String version) {
        String spoken = SHOWN.matcher(version).matches() ? "version " + version : "another version";
        String known = profiles.stream().map(ConsioProfile::version).collect(Collectors.joining(", "));
        return "Consio speaks " + spoken + " of its interface and the connector knows " + known
                + ": install a version of MemberSync that knows it; until then nothing is read or written.";
    }
}

package io.membersync.enginetests;

import io.membersync.http.Credentials;
import io.membersync.mapping.MappingSet;
import io.membersync.model.MemberField;
import io.membersync.testkit.simulator.Faults;
import io.membersync.testkit.simulator.RequestLog;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/** A simulated registry of any kind, as its own staff use it. For one thread. */
interface RegistrySide extends AutoCloseable {

    /** The fields that tests change on both sides. */
    List<MemberField> EDITED = List.of(MemberField.EMAIL, MemberField.MOBILE, MemberField.STREET, MemberField.CITY);

    String system();

    URI endpoint();

    Credentials credentials();

    Map<String, String> settings();

    /** {@return a mapping in which at least {@link #EDITED} travel both ways} */
    MappingSet mapping();

    /** {@return what the host's rows have to hold, by the registry's id; shares nothing with the mapping it checks} */
    Map<String, SortedMap<String, String>> rows();

    /** Lets staff change one of the fields {@link #EDITED}. */
    void say(String id, MemberField field, String value);

    /** {@return what stands in the registry for one of the fields {@link #EDITED}, as it stands there} */
    String text(String id, MemberField field);

    /** {@return what changes with every change of a record} */
    String version(String id);

    /** Lets staff change, add, remove and merge members, as the seed draws. */
    void change(int count, long seed);

    void delete(String id);

    void protect(String id);

    /** Keeps what the library writes in forms of its own from now on. */
    void tidies(boolean on);

    RequestLog requests();

    Faults faults();

    /** {@return the route of a write} */
    String write();

    /** {@return what sends webhooks for all changes since the last time, in any order, and gives the answers} */
    Supplier<List<Integer>> webhooks(URI target, String secret);

    /** {@return a secret that webhooks can be proved with} */
    String secret();

    void assertRulesKept();

    @Override
    void close();
}

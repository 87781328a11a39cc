package io.membersync.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.StorageException;
import io.membersync.model.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables are made once, by whoever comes first, and brought up to date later. */
class SchemaInstallerTest {

    private static final List<String> FIRST = List.of("V001__tables");
    private static final List<String> LATER = List.of("V001__tables", "V002__probe");
    private static final List<String> BROKEN = List.of("V001__tables", "V002__broken");

    @ParameterizedTest
    @EnumSource
    void installingTwiceDoesNothingTheSecondTime(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            SchemaInstaller installer = SchemaInstaller.of(database.dataSource());

            assertThat(installer.install()).isEqualTo(FIRST);
            assertThat(installer.install()).isEmpty();
            assertThat(database.query("SELECT script FROM ms_schema")).isEqualTo(FIRST);
            assertThat(database.dataSource().connectionsOut()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofManyThatInstallAtOnceEachScriptIsAppliedByOne(Databases kind) throws Exception {
        int installers = 6;
        ExecutorService threads = Executors.newFixedThreadPool(installers);
        try (TestDatabase database = kind.open()) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int i = 0; i < installers; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return SchemaInstaller.of(database.dataSource()).install();
                }));
            }
            start.countDown();
            List<String> applied = new ArrayList<>();
            for (Future<List<String>> answer : answers) {
                applied.addAll(answer.get());
            }

            assertThat(applied).isEqualTo(FIRST);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOlderSchemaIsBroughtUpToDateWithItsData(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            SchemaInstaller.of(database.dataSource(), FIRST).install();
            JdbcStorage storage = JdbcStorage.on(database.dataSource());
            storage.inTransaction(session -> {
                session.links()
                        .save(
                                Samples.INTEGRATION,
                                List.of(Samples.link(Samples.ids(1).get(0), MemberId.of("a"))));
                return true;
            });

            assertThat(SchemaInstaller.of(database.dataSource(), LATER).install())
                    .containsExactly("V002__probe");

            assertThat(database.query("SELECT COUNT(*) FROM ms_probe")).containsExactly("0");
            assertThat(storage.<Long>inTransaction(session -> session.links().count(Samples.INTEGRATION)))
                    .isEqualTo(1);
            assertThat(database.query("SELECT version FROM ms_schema ORDER BY version"))
                    .containsExactly("1", "2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaThatIsNewerThanTheLibraryIsRefused(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            SchemaInstaller.of(database.dataSource(), LATER).install();

            assertThatThrownBy(() -> SchemaInstaller.of(database.dataSource()).install())
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("version 2")
                    .hasMessageContaining("newer version of the library");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScriptThatFailsIsNotNotedAndCanBeTriedAgain(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            SchemaInstaller.of(database.dataSource(), FIRST).install();

            assertThatThrownBy(() ->
                            SchemaInstaller.of(database.dataSource(), BROKEN).install())
                    .isInstanceOf(StorageException.class);

            assertThat(database.query("SELECT script FROM ms_schema")).isEqualTo(FIRST);
            assertThat(SchemaInstaller.of(database.dataSource(), LATER).install())
                    .containsExactly("V002__probe");
            assertThat(database.dataSource().connectionsOut()).isZero();
        }
    }
}

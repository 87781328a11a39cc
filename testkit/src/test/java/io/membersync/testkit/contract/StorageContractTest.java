package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract catches storages that break a promise, each by the test that names it. */
class StorageContractTest {

    static Stream<Arguments> brokenPromises() {
        return Stream.of(
                broken(
                        BrokenStorages.IgnoresFences.class,
                        StorageContract.Fencing.class,
                        "whoeverLostTheLeaseIsRefusedAndItsWorkIsNotCalled"),
                broken(
                        BrokenStorages.IgnoresFences.class,
                        StorageContract.Fencing.class,
                        "claimsAtTheSameMomentGetDifferentTokensAndTheHighestIsInForce"),
                broken(
                        BrokenStorages.LosesRollback.class,
                        StorageContract.AtomicCommit.class,
                        "aFailureInTheMiddleLeavesNothingInAnyStore"),
                broken(
                        BrokenStorages.LosesRollback.class,
                        StorageContract.AtomicCommit.class,
                        "aFailureInTheMiddleLeavesWhatWasThereBefore"),
                broken(
                        BrokenStorages.LosesRollback.class,
                        StorageContract.Edits.class,
                        "aMarkInATransactionThatWasRolledBackLeavesNothing"),
                broken(
                        BrokenStorages.CommitsEachCall.class,
                        StorageContract.Fencing.class,
                        "aTakeoverNeverFallsBetweenTheCheckAndTheCommit"),
                broken(
                        BrokenStorages.CommitsEachCall.class,
                        StorageContract.AtomicCommit.class,
                        "whatATransactionWroteIsSeenByOthersOnlyOnceItIsCommitted"),
                broken(BrokenStorages.OrdersByUnit.class, StorageContract.Order.class, "marksComeInCodePointOrder"),
                broken(
                        BrokenStorages.OrdersByCollation.class,
                        StorageContract.Order.class,
                        "marksComeInCodePointOrder"),
                broken(
                        BrokenStorages.OrdersByCollation.class,
                        StorageContract.Order.class,
                        "everyRangeBeginsBehindItsStartAndEndsWithItsEnd"),
                broken(
                        BrokenStores.IgnoresRevisions.class,
                        StorageContract.Links.class,
                        "aSaveWithAnOutdatedRevisionIsRefused"),
                broken(
                        BrokenStores.IgnoresRevisions.class,
                        StorageContract.Concurrency.class,
                        "ofTwoThatSaveTheSameLinkExactlyOneWins"),
                broken(
                        BrokenStores.ClearsLaterEdits.class,
                        StorageContract.Edits.class,
                        "aMarkThatWasSetAgainSinceItWasSeenIsNotCleared"),
                broken(
                        BrokenStores.OverwritesMembers.class,
                        StorageContract.Members.class,
                        "aMemberThatMovedMeanwhileIsToldAndNothingOfItsIsChanged"),
                broken(
                        BrokenStores.MixesErasedOrganizations.class,
                        StorageContract.Erasures.class,
                        "hashesAreNotedOnceForTheirOrganizationUntilTheyAreLifted"),
                broken(
                        BrokenStores.ErasesLinksOnly.class,
                        StorageContract.Erasures.class,
                        "whatIsErasedIsGoneAndNothingOfOthers"),
                broken(
                        BrokenStores.LosesEmptyText.class,
                        StorageContract.MemberValues.class,
                        "nothingAndEmptyTextAndAnEmptySetAreNeverConfused"),
                broken(
                        BrokenStores.ForgetsWhatWasAsked.class,
                        StorageContract.Runs.class,
                        "whatWasAskedLastHoldsAndASaveKeepsIt"),
                broken(
                        BrokenStores.TakesASecondRun.class,
                        StorageContract.Runs.class,
                        "aSecondActiveRunOfAnIntegrationIsRefused"),
                broken(
                        BrokenStores.PagesByOffset.class,
                        StorageContract.Audit.class,
                        "aCursorStaysRightWhileNewEntriesArrive"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("brokenPromises")
    void aStorageThatBreaksAPromiseFailsTheTestThatNamesIt(Class<?> storage, Class<?> group, String promise) {
        assertThat(run(storage, group, promise))
                .singleElement()
                .extracting(result -> result.getThrowable().orElse(null))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("brokenPromises")
    void aSoundStorageKeepsThePromise(Class<?> storage, Class<?> group, String promise) {
        assertThat(run(InMemoryStorageTest.class, group, promise))
                .singleElement()
                .extracting(TestExecutionResult::getStatus)
                .isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
    }

    private static Arguments broken(Class<?> storage, Class<?> group, String promise) {
        return Arguments.of(storage, group, promise);
    }

    private static List<TestExecutionResult> run(Class<?> contract, Class<?> group, String test) {
        List<TestExecutionResult> results = new ArrayList<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectNestedMethod(List.of(contract), group, test))
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
                if (identifier.isTest()) {
                    results.add(result);
                }
            }
        });
        return results;
    }
}

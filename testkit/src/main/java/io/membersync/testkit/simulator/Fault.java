package io.membersync.testkit.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Something that goes wrong with one request: before the registry works, after it worked, or on the wire.
 *
 * <p>The factories here cover what is seen in practice; a test may also write its own. Threads: called by any of the
 * server's threads.
 */
@FunctionalInterface
public interface Fault {

    /**
     * Answers in place of the registry.
     *
     * @param call the request; {@link Call#proceed()} lets the registry do its work first
     * @return the answer
     */
    Answer answer(Call call);

    /**
     * Answers with a status and no body; the registry does nothing.
     *
     * @param status HTTP status
     * @return the fault
     */
    static Fault status(int status) {
        return call -> Answer.of(status);
    }

    /**
     * Answers with what is given; the registry does nothing.
     *
     * @param status HTTP status
     * @param headers headers by name
     * @param body the body
     * @return the fault
     */
    static Fault answer(int status, Map<String, String> headers, String body) {
        Map<String, String> copy = Map.copyOf(headers);
        return call -> {
            Answer answer = Answer.of(status, "text/plain; charset=utf-8", body);
            for (Map.Entry<String, String> header : copy.entrySet()) {
                answer = answer.with(header.getKey(), header.getValue());
            }
            return answer;
        };
    }

    /**
     * Answers with what is given; the registry does nothing.
     *
     * @param answer the answer
     * @return the fault
     */
    static Fault answer(Answer answer) {
        return call -> answer;
    }

    /**
     * Answers rightly, but starts this much later.
     *
     * @param delay how much later
     * @return the fault
     */
    static Fault delay(Duration delay) {
        return call -> call.proceed().after(delay);
    }

    /**
     * Answers rightly, the body in small portions with a pause before each.
     *
     * @param bytes bytes of each portion
     * @param pause time before each portion
     * @return the fault
     */
    static Fault drip(int bytes, Duration pause) {
        return call -> {
            Answer answer = call.proceed();
            return answer.delivered(answer.delivery().dripping(bytes, pause));
        };
    }

    /**
     * Accepts the request and never answers; the connection stays open until the simulator closes.
     *
     * @return the fault
     */
    static Fault hang() {
        return call -> Answer.of(0).delivered(Delivery.HELD);
    }

    /**
     * Closes the connection without an answer; the registry does nothing.
     *
     * @return the fault
     */
    static Fault cut() {
        return call -> Answer.none();
    }

    /**
     * Resets the connection without an answer; the registry does nothing.
     *
     * @return the fault
     */
    static Fault reset() {
        return call -> Answer.of(0).delivered(Delivery.RESET);
    }

    /**
     * Answers rightly, but closes the connection after that many bytes of the body.
     *
     * @param bodyBytes bytes of the body that still go out
     * @return the fault
     */
    static Fault cutAfter(long bodyBytes) {
        return call -> {
            Answer answer = call.proceed();
            return answer.delivered(answer.delivery().cutAfter(bodyBytes));
        };
    }

    /**
     * Answers rightly, but closes the connection in the middle of the body.
     *
     * @return the fault
     */
    static Fault cutHalfway() {
        return call -> {
            Answer answer = call.proceed();
            return answer.delivered(answer.delivery().cutAfter(answer.body().length / 2));
        };
    }

    /**
     * Lets the registry do its work, then closes the connection without an answer.
     *
     * @return the fault
     */
    static Fault answerLost() {
        return call -> call.proceed().delivered(Delivery.CUT);
    }

    /**
     * Answers with a web page, as a proxy or a sign-in page in front of the registry does.
     *
     * @param status HTTP status
     * @return the fault
     */
    static Fault html(int status) {
        return call -> Answer.of(
                status,
                "text/html; charset=utf-8",
                "<!DOCTYPE html><html><head><title>Service</title></head><body><h1>Please wait</h1></body></html>");
    }

    /**
     * Answers 200 with a body that calls itself JSON and is none.
     *
     * @return the fault
     */
    static Fault garbage() {
        return call -> Answer.of(200, "application/json", "{\"data\":[{\"id\":\"m_1\",]]}\u0000\u0001");
    }

    /**
     * Answers with the records of the previous page; where to go on from is told rightly, so records go missing.
     *
     * @return the fault
     */
    static Fault repeatedPage() {
        return call -> PageFaults.withDataOf(call.proceed(), call.previous());
    }

    /**
     * Answers with the whole previous page again, also with where it told to go on from.
     *
     * @return the fault
     */
    static Fault repeatedAnswer() {
        return call -> call.previous().orElseGet(call::proceed);
    }

    /**
     * Answers with no record and tells that there are no more.
     *
     * @return the fault
     */
    static Fault emptyPage() {
        return call -> PageFaults.empty(call.proceed(), false);
    }

    /**
     * Answers with no record, but tells rightly where to go on from.
     *
     * @return the fault
     */
    static Fault emptyPageWithMore() {
        return call -> PageFaults.empty(call.proceed(), true);
    }

    /**
     * Answers with the first records only and goes on after the whole page, so records go missing.
     *
     * @param keep records that stay
     * @return the fault
     */
    static Fault fewerRecords(int keep) {
        return call -> PageFaults.shortened(call.proceed(), keep);
    }

    /**
     * Answers with the page, but tells that it is the last although it is not.
     *
     * @return the fault
     */
    static Fault endsEarly() {
        return call -> PageFaults.ended(call.proceed());
    }

    /**
     * Answers rightly, but takes the records out; where to go on from stays.
     *
     * @param list the name of the list in the page's JSON that holds the records
     * @return the fault
     */
    static Fault emptied(String list) {
        return call -> PageFaults.emptied(call.proceed(), list);
    }

    /**
     * Answers rightly, but with the records in reverse order.
     *
     * @param list the name of the list in the page's JSON that holds the records
     * @return the fault
     */
    static Fault reversed(String list) {
        return call -> PageFaults.reversed(call.proceed(), list);
    }

    /**
     * Answers rightly, but with half of the body, whose length is told so that HTTP finds nothing missing.
     *
     * @return the fault
     */
    static Fault halved() {
        return call -> {
            Answer answer = call.proceed();
            return answer.withBody(Arrays.copyOf(answer.body(), answer.body().length / 2));
        };
    }
}

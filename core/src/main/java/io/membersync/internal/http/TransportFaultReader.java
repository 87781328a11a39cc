package io.membersync.internal.http;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.internal.http.Attempt.Repetition;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Turns an exchange without a whole answer into a fault, and tells whether the request can have reached the registry.
 */
final class TransportFaultReader {

    private TransportFaultReader() {}

    /**
     * Judges a failure.
     *
     * @param what what was tried, for the message
     * @param failure what the client threw
     * @return the fault
     */
    static Attempt.Failed read(String what, IOException failure) {
        if (failure instanceof BodyTooLargeException) {
            return failed(Fault.UNREADABLE, what + " was answered with " + failure.getMessage(), null, false);
        }
        if (failure instanceof UnknownHostException || failure.getCause() instanceof UnresolvedAddressException) {
            return failed(Fault.NETWORK, what + " was not sent: the host's name is unknown", failure, true);
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return failed(
                    Fault.NETWORK, what + " was not sent: the host did not accept a connection in time", failure, true);
        }
        if (failure instanceof ConnectException) {
            return failed(Fault.NETWORK, what + " was not sent: the host refused the connection", failure, true);
        }
        if (failure instanceof SSLException) {
            return tls(what, failure);
        }
        // Its message may repeat bytes of the answer, so only its kind is told.
        String kind = failure.getClass().getSimpleName();
        return failed(Fault.NETWORK, what + " got no whole answer: the connection broke (" + kind + ")", null, false);
    }

    private static Attempt.Failed tls(String what, IOException failure) {
        if (isNameMismatch(failure)) {
            String message = what + " was not sent: the host's certificate is made out to another name";
            return Attempt.Failed.withoutAnswer(
                    new RegistryException(Fault.ENDPOINT, message, null, failure), Repetition.USELESS);
        }
        boolean unsent = failure instanceof SSLHandshakeException;
        return failed(
                Fault.NETWORK,
                what + (unsent ? " was not sent" : " got no whole answer") + ": the encrypted connection failed (TLS)",
                failure,
                unsent);
    }

    // The JDK has no class of its own for this; its other certificate failures are subclasses.
    private static boolean isNameMismatch(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause.getClass() == CertificateException.class
                    && (message.startsWith("No subject alternative") || message.startsWith("No name matching"))) {
                return true;
            }
        }
        return false;
    }

    static Attempt.Failed failed(Fault fault, String message, @Nullable Throwable cause, boolean unsent) {
        Repetition repetition =
                fault != Fault.NETWORK ? Repetition.USELESS : unsent ? Repetition.ALWAYS : Repetition.WHEN_REPEATABLE;
        return Attempt.Failed.withoutAnswer(new RegistryException(fault, message, null, cause), repetition);
    }
}

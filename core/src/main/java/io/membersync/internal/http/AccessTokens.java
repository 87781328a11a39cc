package io.membersync.internal.http;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one credential, shared by everything that uses it. Of all threads that need a new one, one asks for
 * it; the others go on with the old one while it lasts, and else wait for the same answer. Safe for many threads.
 */
final class AccessTokens {

    private static final Duration MARGIN = Duration.ofMinutes(5);

    /**
     * A token. Never printed.
     *
     * @param value what is sent
     * @param renewAt from when on a new one is asked for
     * @param expiresAt from when on it is worth nothing
     */
    record Token(String value, Instant renewAt, Instant expiresAt) {

        /** Makes a token that is renewed 5 minutes before it expires; a short-lived one after 80 % of its life. */
        static Token lasting(String value, Instant from, Duration life) {
            Duration fifth = life.dividedBy(5);
            Instant expiresAt = from.plus(life);
            return new Token(value, expiresAt.minus(fifth.compareTo(MARGIN) < 0 ? fifth : MARGIN), expiresAt);
        }

        @Override
        public String toString() {
            return "Token[•••••]";
        }
    }

    private final InstantSource time;
    private final AtomicReference<@Nullable Token> current = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<Token>> flight = new AtomicReference<>();

    AccessTokens(InstantSource time) {
        this.time = time;
    }

    /**
     * Gives the token to send now.
     *
     * @param fetch asks the authority for a new one; called only where one is needed and nobody else asks
     * @param patience the longest wait for somebody else's answer
     * @return the token
     * @throws RegistryException when there is none; all who waited for the same answer get the same failure
     * @throws InterruptedException when the thread is to stop
     */
    Token current(Supplier<Token> fetch, Duration patience) throws InterruptedException {
        while (true) {
            Optional<Token> fresh = heldBefore(Token::renewAt);
            if (fresh.isPresent()) {
                return fresh.get();
            }
            CompletableFuture<Token> mine = new CompletableFuture<>();
            CompletableFuture<Token> others = flight.compareAndExchange(null, mine);
            if (others == null) {
                return land(mine, fetch);
            }
            Optional<Token> lasting = heldBefore(Token::expiresAt);
            if (lasting.isPresent()) {
                return lasting.get();
            }
            Optional<Token> shared = await(others, patience);
            if (shared.isPresent()) {
                return shared.get();
            }
        }
    }

    /** Drops a token that the registry refused, unless a newer one has taken its place. */
    void refuse(Token refused) {
        current.compareAndSet(refused, null);
    }

    private Optional<Token> heldBefore(java.util.function.Function<Token, Instant> end) {
        return Optional.ofNullable(current.get()).filter(token -> time.instant().isBefore(end.apply(token)));
    }

    private Token land(CompletableFuture<Token> mine, Supplier<Token> fetch) {
        try {
            // Somebody may have landed between the look at the token and the start.
            Token token = heldBefore(Token::renewAt).orElseGet(fetch);
            current.set(token);
            mine.complete(token);
            return token;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            flight.set(null);
        }
    }

    private static Optional<Token> await(CompletableFuture<Token> flight, Duration patience)
            throws InterruptedException {
        try {
            return Optional.of(flight.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw new RegistryException(
                    Fault.NETWORK,
                    "No access token came within " + patience.toMillis() + " ms from the sign-in service");
        } catch (CancellationException stopped) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RegistryException failure) {
                throw failure;
            }
            // Whoever asked was stopped or broke; that is no answer to anybody else.
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "AccessTokens[•••••]";
    }
}

package io.membersync.internal.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Gathers a body up to a limit, so that no answer takes more memory than that. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private static final int UNANNOUNCED = 8 * 1024;

    /** An announced length is only a promise, so that no more than this is set aside on its word. */
    private static final int MOST_AT_ONCE = 4 * 1024 * 1024;

    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final int limit;
    private final boolean cutting;
    private byte[] bytes;
    private int size;
    private Flow.@Nullable Subscription subscription;

    private BoundedBody(int limit, boolean cutting, OptionalLong announced) {
        this.limit = limit;
        this.cutting = cutting;
        long expected = Math.min(Math.max(0, announced.orElse(UNANNOUNCED)), MOST_AT_ONCE);
        this.bytes = new byte[(int) Math.min(expected, limit)];
    }

    /**
     * {@return a body that fails when it grows over the limit}
     *
     * @param limit the most bytes
     * @param announced the length that the answer's head tells
     */
    static BoundedBody refusingOver(int limit, OptionalLong announced) {
        return new BoundedBody(limit, false, announced);
    }

    /**
     * {@return a body that is cut at the limit: enough to read what went wrong}
     *
     * @param limit the most bytes
     * @param announced the length that the answer's head tells
     */
    static BoundedBody cutAt(int limit, OptionalLong announced) {
        return new BoundedBody(limit, true, announced);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            int taken = Math.min(part.remaining(), limit - size);
            if (size + taken > bytes.length) {
                long doubled = Math.max(bytes.length * 2L, size + taken);
                bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, limit));
            }
            part.get(bytes, size, taken);
            size += taken;
            if (part.hasRemaining()) {
                stop();
                return;
            }
        }
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private byte[] gathered() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void stop() {
        if (cutting) {
            whole.complete(gathered());
        } else {
            whole.completeExceptionally(new BodyTooLargeException(limit));
        }
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(gathered());
    }
}

package io.membersync.internal.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Gathers a body up to a limit, so that no answer takes more memory than that. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int limit;
    private final boolean cutting;
    private Flow.@Nullable Subscription subscription;

    private BoundedBody(int limit, boolean cutting) {
        this.limit = limit;
        this.cutting = cutting;
    }

    /** {@return a body that fails when it grows over the limit} */
    static BoundedBody refusingOver(int limit) {
        return new BoundedBody(limit, false);
    }

    /** {@return a body that is cut at the limit: enough to read what went wrong} */
    static BoundedBody cutAt(int limit) {
        return new BoundedBody(limit, true);
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
            int taken = Math.min(part.remaining(), limit - bytes.size());
            byte[] chunk = new byte[taken];
            part.get(chunk);
            bytes.write(chunk, 0, taken);
            if (part.hasRemaining()) {
                stop();
                return;
            }
        }
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private void stop() {
        if (cutting) {
            whole.complete(bytes.toByteArray());
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
        whole.complete(bytes.toByteArray());
    }
}

package io.membersync.enginetests.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A child process with the class path of the tests. For one thread. */
final class Child implements AutoCloseable {

    private static final String SAYS = "> ";
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Process process;
    private final BlockingQueue<Optional<String>> output = new LinkedBlockingQueue<>();
    private final List<String> said = new ArrayList<>();
    private final List<String> noise = new ArrayList<>();
    private boolean silent;

    private Child(Process process) {
        this.process = process;
        Thread reader = new Thread(this::readOutput, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a class's {@code main}, in a virtual machine with options of its own. */
    static Child start(List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        try {
            return new Child(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void readOutput() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(Optional.of(line));
            }
        } catch (IOException closed) {
            // The child is gone; what it said before has been read.
        }
        output.add(Optional.empty());
    }

    /**
     * Waits until the child says something.
     *
     * @return what it said; empty when it ended without
     */
    Optional<String> await(Predicate<String> wanted) throws InterruptedException {
        while (!silent) {
            Optional<String> line = output.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("The child said nothing for too long; before that: " + noise);
            }
            if (line.isEmpty()) {
                silent = true;
            } else if (line.get().startsWith(SAYS)) {
                String words = line.get().substring(SAYS.length());
                said.add(words);
                if (wanted.test(words)) {
                    return Optional.of(words);
                }
            } else {
                noise.add(line.get());
            }
        }
        return Optional.empty();
    }

    /** Waits for a line that any other program prints, one that does not speak as the children of these tests do. */
    String line(String beginning) throws InterruptedException {
        while (true) {
            Optional<String> line = output.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (line == null || line.isEmpty()) {
                throw new AssertionError("The child never printed what was waited for: " + noise);
            }
            if (line.get().startsWith(beginning)) {
                return line.get();
            }
            noise.add(line.get());
        }
    }

    /** The same, where the child has to say it. */
    String expect(Predicate<String> wanted) throws InterruptedException {
        return await(wanted).orElseThrow(() -> new AssertionError("The child ended early: " + said + noise));
    }

    /** Lets the child go on for a moment, or until it ends. */
    void letGoOn(Duration moment) throws InterruptedException {
        boolean ended = process.waitFor(moment.toNanos(), TimeUnit.NANOSECONDS);
        if (ended) {
            throw new AssertionError("The child ended by itself: " + said + noise);
        }
    }

    /** Kills the child as the operating system does, without asking it, and reads what it had said until then. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        await(words -> false);
    }

    /** All that it has said so far. */
    List<String> said() {
        return said;
    }

    /** What else it has printed, warnings of the library among them. */
    List<String> noise() {
        return noise;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

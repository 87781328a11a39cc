package io.membersync.examples.host.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Builds addresses of pages, with what was chosen on them. What is null or blank is left out. Not for several threads. */
final class Address {

    private final UriComponentsBuilder parts;

    private Address(String path) {
        this.parts = UriComponentsBuilder.fromPath(path);
    }

    static Address of(String path) {
        return new Address(path);
    }

    Address with(String name, @Nullable Object value) {
        filled(value == null ? null : value.toString())
                .ifPresent(text -> parts.queryParam(name, UriUtils.encode(text, "UTF-8")));
        return this;
    }

    /** {@return the text, unless there is nothing in it} */
    static Optional<String> filled(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }

    @Override
    public String toString() {
        return parts.build(true).toUriString();
    }
}

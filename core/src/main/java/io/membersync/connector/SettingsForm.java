package io.membersync.connector;

import java.util.List;
import java.util.Objects;

/**
 * What an administrator fills in for a member system, beside endpoint and credentials. Immutable.
 *
 * @param credential what kind of credential the system takes
 * @param settings further settings, in the order of the form; may be empty
 */
public record SettingsForm(CredentialKind credential, List<Setting> settings) {

    /** Kinds of credential. */
    public enum CredentialKind {
        /** None. */
        NONE,
        /** An API key. */
        API_KEY,
        /** An OAuth 2.0 client by secret or certificate, or an API key where a gateway in front of the system wants one. */
        OAUTH_CLIENT
    }

    /**
     * One setting.
     *
     * @param key its key
     * @param label what the form calls it
     * @param required whether it must be filled in
     * @param standard what holds when it is left empty; empty for nothing
     */
    public record Setting(String key, String label, boolean required, String standard) {
        /** Refuses nulls. */
        public Setting {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(standard, "standard");
        }
    }

    /** Copies the settings. */
    public SettingsForm {
        Objects.requireNonNull(credential, "credential");
        settings = List.copyOf(settings);
    }
}

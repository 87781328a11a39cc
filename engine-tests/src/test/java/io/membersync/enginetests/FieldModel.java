package io.membersync.enginetests;

import io.membersync.conflict.Rule;
import io.membersync.model.MemberField;
import java.util.Locale;

/**
 * One inbound field of one member under the three-way rules, worked out from nothing but the two sides and their last
 * agreement: no marks, hashes, pages or batches, and no code of the engine's. Values are plain texts, an empty one is
 * none.
 *
 * @param field the field
 * @param rule its rule
 * @param app the host's value
 * @param registry the registry's value as it was last read
 * @param agreed what both last agreed on
 * @param question what a person has to decide, as {@link #question(MemberField, String, String, String)} puts it; empty
 *     when there is nothing to decide
 */
record FieldModel(MemberField field, Rule rule, String app, String registry, Agreement agreed, String question) {

    /**
     * How both sides stood.
     *
     * @param app the host's half
     * @param registry the registry's half
     * @param apart whether they were left different by decision
     */
    record Agreement(String app, String registry, boolean apart) {}

    /** The field of a member that was just created from the registry. */
    static FieldModel created(MemberField field, Rule rule, String value) {
        return new FieldModel(field, rule, value, value, new Agreement(value, value, false), "");
    }

    FieldModel edited(String value) {
        return new FieldModel(field, rule, value, registry, agreed, question);
    }

    FieldModel read(String value) {
        return new FieldModel(field, rule, app, value, agreed, question);
    }

    /** Nothing comes in of it, and what was there when the protection began is gone. */
    FieldModel withheld(boolean news) {
        return new FieldModel(field, rule, news ? "" : app, "", new Agreement("", "", false), "");
    }

    FieldModel closed() {
        return new FieldModel(field, rule, app, registry, agreed, "");
    }

    /** The field after a run has looked at it. */
    FieldModel decided() {
        boolean appMoved = !same(app, agreed.app());
        boolean registryMoved = !same(registry, agreed.registry());
        if (!appMoved && !registryMoved) {
            return closed();
        } else if (same(app, registry)) {
            return kept(false);
        } else if (appMoved && registryMoved) {
            return conflict();
        }
        return registryMoved ? registryMoved() : appMoved();
    }

    private FieldModel registryMoved() {
        return agreed.apart() ? conflict() : taken();
    }

    private FieldModel appMoved() {
        if (agreed.apart()) {
            return kept(true);
        }
        return switch (rule) {
            case EXTERNAL_WINS -> taken();
            case APP_WINS, LATEST_WINS -> kept(true);
            case MANUAL_REVIEW -> asked();
        };
    }

    private FieldModel conflict() {
        return switch (rule) {
            case EXTERNAL_WINS -> taken();
            case APP_WINS -> kept(true);
            // The registry has one time for a whole record, so nobody knows which value is the later one.
            case LATEST_WINS, MANUAL_REVIEW -> asked();
        };
    }

    private FieldModel taken() {
        return new FieldModel(field, rule, registry, registry, new Agreement(registry, registry, false), "");
    }

    private FieldModel kept(boolean apart) {
        return new FieldModel(field, rule, app, registry, new Agreement(app, registry, apart), "");
    }

    private FieldModel asked() {
        return new FieldModel(field, rule, app, registry, agreed, question(field, app, registry, agreed.registry()));
    }

    private boolean same(String one, String other) {
        return canonical(field, one).equals(canonical(field, other));
    }

    /** {@return a question to a person, as text} */
    static String question(MemberField field, String app, String registry, String agreed) {
        return canonical(field, app) + " or " + canonical(field, registry) + ", was " + canonical(field, agreed);
    }

    private static String canonical(MemberField field, String value) {
        return field.kind() == MemberField.Kind.EMAIL ? value.toLowerCase(Locale.ROOT) : value;
    }
}

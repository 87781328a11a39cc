package io.membersync.conflict;

import io.membersync.model.FieldCategory;
import io.membersync.model.MemberField;
import java.util.Map;
import java.util.Objects;

/**
 * The rules in force for one organization: for single fields, for categories, and the platform defaults beneath.
 * Immutable.
 *
 * @param categories rules by category; what is missing follows {@link #platformDefault(FieldCategory)}
 * @param fields rules by field key; they win over their category's
 */
public record RuleSet(Map<FieldCategory, Rule> categories, Map<String, Rule> fields) {

    private static final RuleSet PLATFORM_DEFAULTS = new RuleSet(Map.of(), Map.of());

    /** Copies both maps. */
    public RuleSet {
        categories = Map.copyOf(categories);
        fields = Map.copyOf(fields);
    }

    /** {@return the rules of an organization that has chosen none} */
    public static RuleSet platformDefaults() {
        return PLATFORM_DEFAULTS;
    }

    /**
     * The platform's default for a category: membership status, role and affiliation external; contact details latest;
     * identity manual review; certification and activity app.
     *
     * @param category the category
     * @return its default rule
     */
    public static Rule platformDefault(FieldCategory category) {
        return switch (category) {
            case MEMBERSHIP_STATUS, ROLE, AFFILIATION -> Rule.EXTERNAL_WINS;
            case CONTACT_DETAILS -> Rule.LATEST_WINS;
            case IDENTITY -> Rule.MANUAL_REVIEW;
            case CERTIFICATION, ACTIVITY -> Rule.APP_WINS;
        };
    }

    /**
     * The rule in force for a field.
     *
     * @param field the field
     * @return its own rule, else its category's, else the platform default
     */
    public Rule ruleFor(MemberField field) {
        Rule own = fields.get(field.key());
        if (own != null) {
            return own;
        }
        Rule category = categories.get(field.category());
        return category != null ? category : platformDefault(field.category());
    }

    /**
     * Gives these rules with another for one category.
     *
     * @param category the category
     * @param rule its rule
     * @return a new set
     */
    public RuleSet with(FieldCategory category, Rule rule) {
        Map<FieldCategory, Rule> more = new java.util.EnumMap<>(FieldCategory.class);
        more.putAll(categories);
        more.put(category, Objects.requireNonNull(rule, "rule"));
        return new RuleSet(more, fields);
    }

    /**
     * Gives these rules with another for one field.
     *
     * @param field the field
     * @param rule its rule
     * @return a new set
     */
    public RuleSet with(MemberField field, Rule rule) {
        Map<String, Rule> more = new java.util.HashMap<>(fields);
        more.put(field.key(), Objects.requireNonNull(rule, "rule"));
        return new RuleSet(categories, more);
    }

    /**
     * Tells where a field's rule comes from.
     *
     * @param field the field
     * @return its own rule, its category's, or the platform default
     */
    public Ground groundOf(MemberField field) {
        if (fields.containsKey(field.key())) {
            return Ground.FIELD;
        }
        return categories.containsKey(field.category()) ? Ground.CATEGORY : Ground.PLATFORM_DEFAULT;
    }

    /** Where a rule comes from. */
    public enum Ground {
        /** The organization chose it for the field. */
        FIELD,
        /** The organization chose it for the field's category. */
        CATEGORY,
        /** The platform's default for the category. */
        PLATFORM_DEFAULT,
        /** The field only goes out, so the app wins whatever is chosen. */
        DIRECTION
    }
}

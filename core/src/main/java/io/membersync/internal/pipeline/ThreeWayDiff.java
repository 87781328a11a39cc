package io.membersync.internal.pipeline;

import io.membersync.diff.AgreedPair;
import io.membersync.diff.Difference;
import io.membersync.diff.FieldDiff;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.Optional;

/**
 * Step 6: compares one field three ways. A side has moved when it differs from its own half of the agreement; the sides
 * are alike when they mean the same.
 *
 * <table>
 * <caption>The truth table; a dash stands for either</caption>
 * <tr><th>agreement</th><th>app moved</th><th>registry moved</th><th>alike</th><th>difference</th></tr>
 * <tr><td>there</td><td>no</td><td>no</td><td>-</td><td>NONE</td></tr>
 * <tr><td>there</td><td>-</td><td>-</td><td>yes</td><td>BOTH_ALIKE</td></tr>
 * <tr><td>there</td><td>yes</td><td>no</td><td>no</td><td>APP_MOVED</td></tr>
 * <tr><td>there</td><td>no</td><td>yes</td><td>no</td><td>REGISTRY_MOVED</td></tr>
 * <tr><td>there</td><td>yes</td><td>yes</td><td>no</td><td>BOTH_APART</td></tr>
 * <tr><td>none</td><td>-</td><td>-</td><td>yes</td><td>BOTH_ALIKE</td></tr>
 * <tr><td>none</td><td>-</td><td>-</td><td>no</td><td>BOTH_APART</td></tr>
 * <tr><td>none</td><td>-</td><td>says nothing</td><td>-</td><td>NONE</td></tr>
 * </table>
 */
final class ThreeWayDiff {

    private ThreeWayDiff() {}

    /**
     * Compares a field.
     *
     * @param field the field
     * @param app the app's value
     * @param agreed the last agreement, if there is one
     * @param said what the registry says now; empty when it says nothing or cannot be read, and then stands where it
     *     last stood
     */
    static FieldDiff compare(
            MemberField field, FieldValue app, Optional<AgreedPair> agreed, Optional<FieldValue> said) {
        Optional<FieldValue> known = said.or(() -> agreed.map(AgreedPair::registry));
        FieldValue registry = known.orElseGet(FieldValue::nothing);
        if (known.isEmpty()) {
            return new FieldDiff(field, Difference.NONE, app, agreed, registry);
        }
        boolean appMoved = agreed.isEmpty() || !field.same(app, agreed.get().app());
        boolean registryMoved =
                agreed.isEmpty() || !field.same(registry, agreed.get().registry());
        return new FieldDiff(
                field, difference(appMoved, registryMoved, field.same(app, registry)), app, agreed, registry);
    }

    private static Difference difference(boolean appMoved, boolean registryMoved, boolean alike) {
        if (!appMoved && !registryMoved) {
            return Difference.NONE;
        } else if (alike) {
            return Difference.BOTH_ALIKE;
        } else if (appMoved && registryMoved) {
            return Difference.BOTH_APART;
        }
        return appMoved ? Difference.APP_MOVED : Difference.REGISTRY_MOVED;
    }
}

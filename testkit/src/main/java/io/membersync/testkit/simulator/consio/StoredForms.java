package io.membersync.testkit.simulator.consio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.StoredForm;
import java.util.List;
import java.util.function.UnaryOperator;

/** The forms of its own in which a tidy registry keeps what clients write. */
final class StoredForms {

    private static final List<String> NAMES = List.of("fornavn", "etternavn", "adresse1", "epost");

    private StoredForms() {}

    static void apply(ObjectNode member) {
        NAMES.forEach(name -> change(member, name, StoredForm::tidy));
        change(member, "poststed", StoredForm::place);
        change(member, "mobil", StoredForm::phone);
        // As people write days, whichever way they came.
        change(member, "fodselsdato", day -> day.replaceAll("^(\\d{4})-(\\d{2})-(\\d{2})$", "$3.$2.$1"));
    }

    private static void change(ObjectNode member, String field, UnaryOperator<String> form) {
        if (member.path(field).isTextual()) {
            member.put(field, form.apply(member.path(field).textValue()));
        }
    }
}

package io.membersync.spring.host;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Edits that do not always come to their end. */
@Service
public class Imports {

    private final Members members;

    Imports(Members members) {
        this.members = members;
    }

    /** Changes an address and then fails. */
    @Transactional
    public void failAfterChanging(String id, String email) {
        members.changeEmail(id, email);
        throw new IllegalStateException("The import broke off");
    }
}

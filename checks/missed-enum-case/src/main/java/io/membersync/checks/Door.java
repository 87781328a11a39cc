package io.membersync.checks;

final class Door {

    enum State {
        OPEN,
        CLOSED
    }

    private int passed;

    int pass(State state) {
        switch (state) {
            case OPEN:
                passed++;
        }
        return passed;
    }
}

package io.membersync.enginetests;

/** Norwegian phone numbers as people type them in tests. */
final class Phones {

    private Phones() {}

    /** {@return the number as the host has to have it} */
    static String international(String typed) {
        String digits = typed.replaceAll("\\D", "");
        return "+47" + digits.substring(digits.length() - 8);
    }
}

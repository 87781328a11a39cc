package io.membersync.examples.demo;

/** Placeholder: says that the demo is still to be written. */
final class Demo {

    private Demo() {}

    public static void main(String[] arguments) {
        System.out.println("MemberSync demo: not written yet.");
    }
}

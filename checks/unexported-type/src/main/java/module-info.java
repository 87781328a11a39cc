/** Exports a method whose result nobody outside can name. */
module io.membersync.checks {
    requires static transitive org.jspecify;

    exports io.membersync.checks;
}

package io.membersync.checks;

final class Crooked {
  private Crooked( ) { }
}

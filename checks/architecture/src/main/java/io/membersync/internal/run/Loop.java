package io.membersync.internal.run;

/** Stands for the shell around the pipeline. */
public record Loop() {}

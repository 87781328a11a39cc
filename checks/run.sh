#!/usr/bin/env bash
# Proves that the build's rules bite: builds one tiny violation of each and expects it to fail for
# that reason, and a clean module that must pass. A rule that lets its violation through fails here.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf target ./*/target
mkdir target
log=target/checks.log

mvn -B -ntp -fae verify >"$log" 2>&1 || true

# what Maven printed while it built one module, and why it says at the end that the module failed
section() {
    awk -v module="$1" '
        /^\[INFO\] Building .* \[[0-9]+\/[0-9]+\]$/ {inside = ($3 == module)}
        /^\[INFO\] Reactor Summary/ {inside = 0}
        /^\[ERROR\] Failed to execute goal/ {inside = index($0, " on project " module ":") > 0}
        inside' "$log"
}

result=0

bad() {
    echo "FAILED $1" >&2
    result=1
}

grep -Eq '^\[INFO\] clean \.+ SUCCESS' "$log" || bad "clean: the module without a violation did not build, see checks/$log"

# expect MODULE TEXT...: the module failed, and said each of the texts
expect() {
    local module=$1 text said
    shift
    said=$(section "$module")
    grep -Eq "^\[INFO\] $module \.+ FAILURE" "$log" || bad "$module: built although it breaks a rule"
    for text in "$@"; do
        if grep -Fq -- "$text" <<<"$said"; then
            echo "ok     $module: $text"
        else
            bad "$module: did not say '$text'"
        fi
    done
}

expect missing-javadoc 'no comment'
expect null-dereference '[NullAway] dereferenced expression'
expect missed-enum-case '[MissingCasesInEnumSwitch]'
expect raw-type 'found raw type'
expect unexported-type 'in module io.membersync.checks is not exported'
expect bad-format 'format violations' 'Crooked.java'
expect unused-dependency 'Unused declared dependencies' 'org.slf4j:slf4j-api'
expect diverging-dependencies 'Dependency convergence error'
expect architecture \
    'ArchitectureTest.aPackageUsesOnlyWhatStandsLeftOfIt:' \
    'ArchitectureTest.everyPackageIsNullMarked:' \
    'ArchitectureTest.exportedPackagesShowNothingInternal:' \
    'ArchitectureTest.nothingUsesTheBasePackage:' \
    'ArchitectureTest.packagesFormNoCycle:' \
    'ArchitectureTest.thePipelineReadsNoClock:' \
    'ArchitectureTest.thePipelineUsesNoWorldOutside:'

exit $result

#!/usr/bin/env bash
# Publishes the library into a folder, builds this application with nothing else of the project, starts it against
# a registry, and waits until the registry's guests are in its own table. Leaves nothing behind but target folders.
set -euo pipefail
cd "$(dirname "$0")"

known=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
work=$(mktemp -d)
processes=()
end() {
    [ ${#processes[@]} = 0 ] || kill "${processes[@]}" 2>/dev/null || true
    rm -rf "$work"
    # What Maven notes there of every deployment, wherever it went.
    [ ! -d "$known/io/membersync" ] || find "$known/io/membersync" -name 'maven-metadata-published.xml*' -delete
}
trap end EXIT

# waits half a minute for line $2 in file $1
await() {
    for _ in $(seq 60); do
        grep -q -- "$2" "$1" 2>/dev/null && return 0
        sleep 0.5
    done
    echo "FAILED: '$2' did not come:" >&2
    tail -n 40 "$1" >&2
    return 1
}

echo "== publish"
mvn -B -ntp -q -f ../../pom.xml -pl bom,spring-boot-starter -am -DskipTests -Dcheckstyle.skip -Dmaven.javadoc.skip \
    -Dmaven.install.skip -Dbuild.folder=target/published \
    "-DaltDeploymentRepository=published::default::file://$work/published" deploy

# Our artifacts come from that folder alone; what the user's repository has of others need not be fetched again.
cat >"$work/settings.xml" <<END
<settings>
  <profiles>
    <profile>
      <id>stranger</id>
      <repositories>
        <repository><id>published</id><url>file://$work/published</url><snapshots><enabled>true</enabled></snapshots></repository>
        <repository><id>known</id><url>file://$known</url><snapshots><enabled>false</enabled></snapshots></repository>
      </repositories>
      <pluginRepositories>
        <pluginRepository><id>known</id><url>file://$known</url><snapshots><enabled>false</enabled></snapshots></pluginRepository>
      </pluginRepositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>stranger</activeProfile></activeProfiles>
</settings>
END

echo "== build"
mvn -B -ntp -q -s "$work/settings.xml" "-Dmaven.repo.local=$work/repository" clean process-classes

echo "== run"
java Registry.java >"$work/registry" &
processes+=($!)
await "$work/registry" http
MEMBER_SYNC_KEY=$(head -c 32 /dev/urandom | base64) java -cp "target/classes:target/lib/*" \
    com.example.stranger.Stranger "--registry=$(cat "$work/registry")" >"$work/log" 2>&1 &
processes+=($!)
await "$work/log" 'Guests: \[Nordmann, Hansen, Ødegård\]'
echo "== the guests have come"

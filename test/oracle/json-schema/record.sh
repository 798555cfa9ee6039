#!/bin/sh
# Records what the Java validator says of cases.json. Wants a JDK (17 or later) and Maven.
set -eu
cd "$(dirname "$0")"
jars=$(mktemp -d)
trap 'rm -rf "$jars"' EXIT
mvn -q -B dependency:copy-dependencies -DoutputDirectory="$jars"
java -cp "$jars/*" Record.java

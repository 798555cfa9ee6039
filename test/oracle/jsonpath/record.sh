#!/bin/sh
# Records what both releases of Jayway's JsonPath make of cases.json. Wants a JDK (17 or later) and Maven.
set -eu
cd "$(dirname "$0")"
jars=$(mktemp -d)
trap 'rm -rf "$jars"' EXIT
for version in 2.10.0 2.4.0; do
  mvn -q -B dependency:copy-dependencies -Djsonpath.version="$version" -DoutputDirectory="$jars/$version"
  java -cp "$jars/$version/*" Record.java "answers-$version.json"
done

#!/bin/sh
# Renders cases/*.json with Apache Velocity 1.7 and 2.4 and writes answers/*.json. Wants a JDK and Maven.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for version in 1.7 2.4; do
  mvn -q -P "$version" dependency:copy-dependencies -DoutputDirectory="$work/$version/jars"
  javac -nowarn -Xlint:none -d "$work/$version/classes" -cp "$work/$version/jars/*" Render.java
  set --
  for file in cases/*.json; do
    name=$(basename "$file" .json)
    set -- "$@" "$file" "answers/$name.$version.json"
  done
  java -cp "$work/$version/classes:$work/$version/jars/*" Render "$version" data.json "$@"
done

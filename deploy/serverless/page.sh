#!/bin/sh
# Collects the files of the page as the program's own server names them, into the folder $1, and puts them into the bucket $2, if
# there is one. CloudFront asks for each of them again: without that it would show an old page for a day.
#   sh deploy/serverless/page.sh target/page <PageBucketName>
set -eu
cd "$(dirname "$0")/../.."
to=${1:?usage: page.sh <folder> [<bucket>]}
[ -d local/target/lib ] || ./mvnw -q -Dquick package
rm -rf "$to"
mkdir -p "$to"
cp -R web/target/classes/web/. "$to"
for jar in local/target/lib/*.jar; do
  unzip -l "$jar" | grep -q META-INF/resources/webjars/ || continue
  unpacked=$(mktemp -d)
  unzip -q "$jar" 'META-INF/resources/webjars/*' -d "$unpacked"
  for library in "$unpacked"/META-INF/resources/webjars/*; do
    mkdir -p "$to/webjars/$(basename "$library")"
    cp -R "$library"/*/. "$to/webjars/$(basename "$library")" # without its version
  done
  rm -rf "$unpacked"
done
echo "the page is in $to"
[ -z "${2:-}" ] || aws s3 sync --delete --cache-control no-cache "$to" "s3://$2"

/// The small HTTP server that stands where API Gateway stands on AWS.
@NullMarked
package dev.prosa.ingest.http;

import org.jspecify.annotations.NullMarked;

/// What a caller is told when a request is not served.
@NullMarked
package dev.prosa.ingest.problem;

import org.jspecify.annotations.NullMarked;

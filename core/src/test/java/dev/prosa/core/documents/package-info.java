/// `docs/openapi.yaml` and `docs/asyncapi.yaml`, as the tests of all modules hold them against what
/// is said.
@NullMarked
package dev.prosa.core.documents;

import org.jspecify.annotations.NullMarked;

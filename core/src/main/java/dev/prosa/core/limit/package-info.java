/// How much a user, a tenant and a model may take, and what they took.
@NullMarked
package dev.prosa.core.limit;

import org.jspecify.annotations.NullMarked;

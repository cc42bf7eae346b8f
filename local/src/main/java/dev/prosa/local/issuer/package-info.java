/// Tokens for trials on one machine, where nobody else issues any.
@NullMarked
package dev.prosa.local.issuer;

import org.jspecify.annotations.NullMarked;

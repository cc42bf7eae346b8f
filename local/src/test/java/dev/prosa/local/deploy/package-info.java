/// What is deployed: that it fits the program, as far as that can be seen without a cluster or an
/// account.
@NullMarked
package dev.prosa.local.deploy;

import org.jspecify.annotations.NullMarked;

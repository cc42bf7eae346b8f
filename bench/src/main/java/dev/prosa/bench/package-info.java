/// Measures Prosa from outside, as a client: load, and a direct call to the same model beside it.
@NullMarked
package dev.prosa.bench;

import org.jspecify.annotations.NullMarked;

/// Breaks a whole Prosa of real processes in every way that its promises name, and has its journal
/// judged afterwards.
@NullMarked
package dev.prosa.bench.chaos;

import org.jspecify.annotations.NullMarked;

/// What every port promises, checked on its double and on the real technology.
@NullMarked
package dev.prosa.local.contract;

import org.jspecify.annotations.NullMarked;

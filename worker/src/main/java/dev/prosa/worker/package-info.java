/// Takes pokes, asks a model, and delivers the reply.
@NullMarked
package dev.prosa.worker;

import org.jspecify.annotations.NullMarked;

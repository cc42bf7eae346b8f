@NullMarked
package dev.prosa.web;

import org.jspecify.annotations.NullMarked;

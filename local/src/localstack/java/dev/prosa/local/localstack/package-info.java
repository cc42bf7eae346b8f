/// The contracts of the ports and a chat, on an AWS emulator in a container.
@NullMarked
package dev.prosa.local.localstack;

import org.jspecify.annotations.NullMarked;
